package io.millwright.runtime.foreign;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Inner tensors of an ONNX model as its outputs: protobuf merges what stands behind a message into
 * it, so a second {@code graph} with nothing but outputs, appended to the file's bytes, adds them.
 */
public final class OnnxTaps {

  private static final int GRAPH = 7;
  private static final int OUTPUT = 12;
  private static final int NAME = 1;

  private OnnxTaps() {}

  /**
   * What is to be appended to a model.
   *
   * @param tensors the names of tensors
   * @return some twenty bytes for each
   */
  public static byte[] suffix(List<String> tensors) {
    if (tensors.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    for (String tensor : tensors) {
      ByteArrayOutputStream info = new ByteArrayOutputStream();
      field(info, NAME, tensor.getBytes(StandardCharsets.UTF_8));
      field(graph, OUTPUT, info.toByteArray());
    }
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    field(model, GRAPH, graph.toByteArray());
    return model.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] content) {
    varint(out, number << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left > 0x7f) {
      out.write(left & 0x7f | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }
}
