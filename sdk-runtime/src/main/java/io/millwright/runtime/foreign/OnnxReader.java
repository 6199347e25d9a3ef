package io.millwright.runtime.foreign;

import io.millwright.api.foreign.ForeignLayer;
import io.millwright.api.foreign.Port;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the parts of an ONNX model that tell what it is (onnx.proto3 of ONNX, messages ModelProto,
 * GraphProto, NodeProto, TensorProto, ValueInfoProto). Weights are counted, not read. Not
 * thread-safe.
 */
final class OnnxReader {

  private static final int DEEPEST = 40;
  private static final int MOST_NODES = 1 << 20;
  private static final int MOST_DIMENSIONS = 64;
  private static final Set<String> KNOWN =
      Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc");
  private static final List<String> TYPES =
      List.of(
          "unknown",
          "float32",
          "uint8",
          "int8",
          "uint16",
          "int16",
          "int32",
          "int64",
          "string",
          "bool",
          "float16",
          "float64",
          "uint32",
          "uint64",
          "complex64",
          "complex128",
          "bfloat16");

  private final List<Port> declared = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final List<ForeignLayer> layers = new ArrayList<>();
  private final Set<String> initialised = new HashSet<>();
  private final Set<String> external = new LinkedHashSet<>();
  private final Set<String> domains = new LinkedHashSet<>();
  private final TreeMap<String, Long> opsets = new TreeMap<>();
  private String producer = "";
  private long version;
  private long weights;
  private long nodes;
  private boolean graph;

  private OnnxReader() {}

  /**
   * What a model holds.
   *
   * @param external the places of weights outside of the file, as the file names them
   */
  record Content(
      String description,
      List<Port> inputs,
      List<Port> outputs,
      List<ForeignLayer> layers,
      long weights,
      List<String> external,
      List<String> foreignDomains) {}

  /**
   * Reads a model.
   *
   * @throws Wire.Malformed when the bytes are none
   */
  static Content read(ByteBuffer bytes) {
    OnnxReader reader = new OnnxReader();
    reader.model(Wire.of(bytes));
    return reader.content();
  }

  private Content content() {
    if (!graph || version < 1 || opsets.isEmpty()) {
      throw new Wire.Malformed("no graph with a version and a set of operators");
    }
    List<Port> inputs = declared.stream().filter(p -> !initialised.contains(p.name())).toList();
    if (outputs.isEmpty() || layers.isEmpty()) {
      throw new Wire.Malformed("a graph without nodes or outputs");
    }
    return new Content(
        "ONNX version "
            + version
            + ", operators "
            + opsets
            + (producer.isBlank() ? "" : ", by " + producer),
        inputs,
        List.copyOf(outputs),
        List.copyOf(layers),
        weights,
        List.copyOf(external),
        domains.stream().filter(d -> !KNOWN.contains(d)).toList());
  }

  private void model(Wire in) {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> version = in.number();
        case 2, 3 -> producer = (producer + " " + in.text()).trim();
        case 7 -> {
          graph = true;
          graph(in.message(DEEPEST), true);
        }
        case 8 -> opset(in.message(DEEPEST));
        case 20 -> training(in.message(DEEPEST));
        case 25 -> function(in.message(DEEPEST));
        default -> in.skip();
      }
    }
  }

  private void opset(Wire in) {
    String domain = "";
    long number = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.text();
        case 2 -> number = in.number();
        default -> in.skip();
      }
    }
    domains.add(domain);
    opsets.put(domain.isEmpty() ? "ai.onnx" : domain, number);
  }

  private void training(Wire in) {
    while (in.next()) {
      switch (in.field()) {
        case 1, 2 -> graph(in.message(DEEPEST), false);
        default -> in.skip();
      }
    }
  }

  private void function(Wire in) {
    while (in.next()) {
      if (in.field() == 7) {
        node(in.message(DEEPEST), false);
      } else {
        in.skip();
      }
    }
  }

  private void graph(Wire in, boolean main) {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> node(in.message(DEEPEST), main);
        case 5 -> tensor(in.message(DEEPEST), main);
        case 11 -> port(in.message(DEEPEST), main ? declared : new ArrayList<>());
        case 12 -> port(in.message(DEEPEST), main ? outputs : new ArrayList<>());
        case 15 -> sparse(in.message(DEEPEST), main);
        default -> in.skip();
      }
    }
  }

  private void sparse(Wire in, boolean main) {
    while (in.next()) {
      switch (in.field()) {
        case 1, 2 -> tensor(in.message(DEEPEST), main);
        default -> in.skip();
      }
    }
  }

  private void count() {
    nodes++;
    if (nodes > MOST_NODES) {
      throw new Wire.Malformed("more than " + MOST_NODES + " nodes and weights");
    }
  }

  private void node(Wire in, boolean main) {
    count();
    String name = "";
    String operator = "";
    List<String> given = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 2 -> {
          String output = in.text();
          if (!output.isEmpty()) {
            given.add(output);
            count();
          }
        }
        case 3 -> name = in.text();
        case 4 -> operator = in.text();
        case 5 -> attribute(in.message(DEEPEST));
        case 7 -> domains.add(in.text());
        default -> in.skip();
      }
    }
    if (main) {
      layers.add(new ForeignLayer(name, operator, given));
    }
  }

  private void attribute(Wire in) {
    while (in.next()) {
      switch (in.field()) {
        case 5, 10 -> tensor(in.message(DEEPEST), false);
        case 6, 11 -> graph(in.message(DEEPEST), false);
        case 22, 23 -> sparse(in.message(DEEPEST), false);
        default -> in.skip();
      }
    }
  }

  private void tensor(Wire in, boolean main) {
    count();
    List<Long> shape = new ArrayList<>();
    String name = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> in.numbers(shape, MOST_DIMENSIONS);
        case 8 -> name = in.text();
        case 13 -> entry(in.message(DEEPEST));
        default -> in.skip();
      }
    }
    long size = 1;
    for (long n : shape) {
      if (n < 0 || (n > 0 && size > Long.MAX_VALUE / n)) {
        throw new Wire.Malformed("weights \"" + name + "\" of shape " + shape);
      }
      size *= n;
    }
    if (weights > Long.MAX_VALUE - size) {
      throw new Wire.Malformed("weights \"" + name + "\" of shape " + shape);
    }
    weights += size;
    if (main) {
      initialised.add(name);
    }
  }

  private void entry(Wire in) {
    String key = "";
    String value = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    if (key.equals("location")) {
      external.add(value);
    }
  }

  private void port(Wire in, List<Port> into) {
    count();
    String name = "";
    String type = TYPES.get(0);
    List<Long> shape = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> {
          Wire kind = in.message(DEEPEST);
          while (kind.next()) {
            if (kind.field() == 1 && kind.delimited()) {
              type = tensorType(kind.message(DEEPEST), shape);
            } else {
              kind.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    into.add(new Port(name, type, shape));
  }

  private static String tensorType(Wire in, List<Long> shape) {
    String type = TYPES.get(0);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          long number = in.number();
          type = number >= 0 && number < TYPES.size() ? TYPES.get((int) number) : "type " + number;
        }
        case 2 -> {
          Wire sizes = in.message(DEEPEST);
          while (sizes.next()) {
            if (sizes.field() == 1) {
              dimension(sizes.message(DEEPEST), shape);
            } else {
              sizes.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    return type;
  }

  private static void dimension(Wire in, List<Long> shape) {
    long size = Port.ANY;
    while (in.next()) {
      if (in.field() == 1) {
        size = in.number();
      } else {
        in.skip();
      }
    }
    shape.add(size < 1 ? Port.ANY : size);
    if (shape.size() > MOST_DIMENSIONS) {
      throw new Wire.Malformed("more than " + MOST_DIMENSIONS + " dimensions");
    }
  }
}
