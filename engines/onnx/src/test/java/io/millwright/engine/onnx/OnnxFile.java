package io.millwright.engine.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX models by hand, so that the tests need no other library. */
final class OnnxFile {

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private long opset = 13;

  static ByteArrayOutputStream message() {
    return new ByteArrayOutputStream();
  }

  static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
    varint(out, (long) field << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  static void text(ByteArrayOutputStream out, int field, String content) {
    bytes(out, field, content.getBytes(StandardCharsets.UTF_8));
  }

  OnnxFile opset(long version) {
    opset = version;
    return this;
  }

  OnnxFile node(String operator, String domain, String name, String output, String... inputs) {
    ByteArrayOutputStream node = message();
    for (String input : inputs) {
      text(node, 1, input);
    }
    text(node, 2, output);
    text(node, 3, name);
    text(node, 4, operator);
    if (!domain.isEmpty()) {
      text(node, 7, domain);
    }
    bytes(graph, 1, node.toByteArray());
    return this;
  }

  OnnxFile weights(String name, float[] values, long... shape) {
    ByteArrayOutputStream tensor = message();
    for (long n : shape) {
      number(tensor, 1, n);
    }
    number(tensor, 2, 1);
    text(tensor, 8, name);
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    bytes(tensor, 9, raw.array());
    bytes(graph, 5, tensor.toByteArray());
    return this;
  }

  OnnxFile outside(String name, String place, long... shape) {
    ByteArrayOutputStream tensor = message();
    for (long n : shape) {
      number(tensor, 1, n);
    }
    number(tensor, 2, 1);
    text(tensor, 8, name);
    ByteArrayOutputStream entry = message();
    text(entry, 1, "location");
    text(entry, 2, place);
    bytes(tensor, 13, entry.toByteArray());
    number(tensor, 14, 1);
    bytes(graph, 5, tensor.toByteArray());
    return this;
  }

  private static byte[] port(String name, long... shape) {
    ByteArrayOutputStream sizes = message();
    for (long n : shape) {
      ByteArrayOutputStream dimension = message();
      if (n < 0) {
        text(dimension, 2, "n");
      } else {
        number(dimension, 1, n);
      }
      bytes(sizes, 1, dimension.toByteArray());
    }
    ByteArrayOutputStream tensor = message();
    number(tensor, 1, 1);
    bytes(tensor, 2, sizes.toByteArray());
    ByteArrayOutputStream type = message();
    bytes(type, 1, tensor.toByteArray());
    ByteArrayOutputStream info = message();
    text(info, 1, name);
    bytes(info, 2, type.toByteArray());
    return info.toByteArray();
  }

  OnnxFile input(String name, long... shape) {
    bytes(graph, 11, port(name, shape));
    return this;
  }

  OnnxFile output(String name, long... shape) {
    bytes(graph, 12, port(name, shape));
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream model = message();
    number(model, 1, 8);
    text(model, 2, "by hand");
    ByteArrayOutputStream whole = message();
    text(whole, 2, "g");
    whole.writeBytes(graph.toByteArray());
    bytes(model, 7, whole.toByteArray());
    ByteArrayOutputStream operators = message();
    number(operators, 2, opset);
    bytes(model, 8, operators.toByteArray());
    return model.toByteArray();
  }

  /** relu(x W + b) V, with two inputs, three hidden units and one output. */
  static OnnxFile perceptron() {
    return new OnnxFile()
        .input("x", -1, 2)
        .weights("W", new float[] {1, -2, 0.5f, 3, 1, -1}, 2, 3)
        .weights("b", new float[] {0.5f, 0, -0.25f}, 3)
        .weights("V", new float[] {2, -1, 4}, 3, 1)
        .node("MatMul", "", "first", "h", "x", "W")
        .node("Add", "", "bias", "hb", "h", "b")
        .node("Relu", "", "act", "r", "hb")
        .node("MatMul", "", "last", "y", "r", "V")
        .output("y", -1, 1);
  }

  /** The same in Java. */
  static float[] hidden(float a, float b) {
    return new float[] {
      Math.max(0, a + 3 * b + 0.5f), Math.max(0, -2 * a + b), Math.max(0, 0.5f * a - b - 0.25f)
    };
  }

  static float answer(float a, float b) {
    float[] r = hidden(a, b);
    return 2 * r[0] - r[1] + 4 * r[2];
  }
}
