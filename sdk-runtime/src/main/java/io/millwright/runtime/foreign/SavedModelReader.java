package io.millwright.runtime.foreign;

import io.millwright.api.foreign.ForeignLayer;
import io.millwright.api.foreign.Port;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the graph and the signatures of a SavedModel (saved_model.proto, graph.proto and
 * node_def.proto of TensorFlow). Not thread-safe.
 */
final class SavedModelReader {

  private static final int DEEPEST = 40;
  private static final int MOST_NODES = 1 << 20;

  /** Operators that read or write files, run Python or reach a network. */
  private static final Set<String> RISKY =
      Set.of(
          "ReadFile",
          "WriteFile",
          "MatchingFiles",
          "PyFunc",
          "PyFuncStateless",
          "EagerPyFunc",
          "PrintV2",
          "DebugIdentity",
          "DebugIdentityV2",
          "DebugIdentityV3",
          "Save",
          "SaveSlices",
          "Rpc",
          "TryRpc",
          "RpcCall",
          "RpcServer",
          "RpcClient",
          "RemoteCall",
          "SendTPUEmbedding",
          "BigtableClient",
          "WriteSummary",
          "CreateSummaryFileWriter",
          "FixedLengthRecordReader",
          "FixedLengthRecordReaderV2",
          "TFRecordReader",
          "TFRecordReaderV2",
          "TextLineReader",
          "TextLineReaderV2",
          "WholeFileReader",
          "WholeFileReaderV2",
          "LMDBReader",
          "TextLineDataset",
          "TFRecordDataset",
          "FixedLengthRecordDataset",
          "SnapshotDatasetV2",
          "SaveDataset",
          "LoadDataset",
          "CSVDataset",
          "SqlDataset",
          "AudioSummary",
          "InitializeTableFromTextFile",
          "WriteImageSummary");

  private final List<ForeignLayer> layers = new ArrayList<>();
  private final TreeMap<String, Port> inputs = new TreeMap<>();
  private final TreeMap<String, Port> outputs = new TreeMap<>();
  private final TreeSet<String> risky = new TreeSet<>();
  private String version = "";
  private boolean graph;
  private int nodes;

  private SavedModelReader() {}

  /**
   * What a SavedModel holds.
   *
   * @param risky its operators that read or write files, run Python or reach a network
   */
  record Content(
      String description,
      List<Port> inputs,
      List<Port> outputs,
      List<ForeignLayer> layers,
      List<String> risky) {}

  static Content read(ByteBuffer bytes) {
    SavedModelReader reader = new SavedModelReader();
    Wire in = Wire.of(bytes);
    while (in.next()) {
      if (in.field() == 2) {
        reader.meta(in.message(DEEPEST));
      } else {
        in.skip();
      }
    }
    if (!reader.graph) {
      throw new Wire.Malformed("no graph");
    }
    return new Content(
        "SavedModel" + (reader.version.isEmpty() ? "" : " of TensorFlow " + reader.version),
        List.copyOf(reader.inputs.values()),
        List.copyOf(reader.outputs.values()),
        List.copyOf(reader.layers),
        List.copyOf(reader.risky));
  }

  private void meta(Wire in) {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          Wire info = in.message(DEEPEST);
          while (info.next()) {
            if (info.field() == 5) {
              version = info.text();
            } else {
              info.skip();
            }
          }
        }
        case 2 -> graph(in.message(DEEPEST));
        case 5 -> signature(in.message(DEEPEST));
        default -> in.skip();
      }
    }
  }

  private void graph(Wire in) {
    graph = true;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> node(in.message(DEEPEST), true);
        case 2 -> {
          Wire library = in.message(DEEPEST);
          while (library.next()) {
            if (library.field() == 1) {
              function(library.message(DEEPEST));
            } else {
              library.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
  }

  private void function(Wire in) {
    while (in.next()) {
      if (in.field() == 3) {
        node(in.message(DEEPEST), false);
      } else {
        in.skip();
      }
    }
  }

  private void node(Wire in, boolean main) {
    nodes++;
    if (nodes > MOST_NODES) {
      throw new Wire.Malformed("more than " + MOST_NODES + " nodes");
    }
    String name = "";
    String operator = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> operator = in.text();
        default -> in.skip();
      }
    }
    if (RISKY.contains(operator)) {
      risky.add(operator);
    }
    if (main) {
      layers.add(new ForeignLayer(name, operator, List.of(name)));
    }
  }

  private void signature(Wire in) {
    while (in.next()) {
      if (in.field() != 2) {
        in.skip();
        continue;
      }
      Wire signature = in.message(DEEPEST);
      while (signature.next()) {
        switch (signature.field()) {
          case 1 -> port(signature.message(DEEPEST), inputs);
          case 2 -> port(signature.message(DEEPEST), outputs);
          default -> signature.skip();
        }
      }
    }
  }

  private static void port(Wire in, java.util.Map<String, Port> into) {
    String name = "";
    String type = "unknown";
    List<Long> shape = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> {
          Wire info = in.message(DEEPEST);
          while (info.next()) {
            switch (info.field()) {
              case 2 -> type = type(info.number());
              case 3 -> shape(info.message(DEEPEST), shape);
              default -> info.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    if (into.size() < MOST_NODES) {
      into.put(name, new Port(name, type, shape));
    }
  }

  private static void shape(Wire in, List<Long> shape) {
    while (in.next()) {
      if (in.field() != 2) {
        in.skip();
        continue;
      }
      Wire dimension = in.message(DEEPEST);
      long size = Port.ANY;
      while (dimension.next()) {
        if (dimension.field() == 1) {
          size = dimension.number();
        } else {
          dimension.skip();
        }
      }
      shape.add(size < 1 ? Port.ANY : size);
    }
  }

  private static String type(long number) {
    return switch ((int) number) {
      case 1 -> "float32";
      case 2 -> "float64";
      case 3 -> "int32";
      case 4 -> "uint8";
      case 7 -> "string";
      case 9 -> "int64";
      case 10 -> "bool";
      default -> "type " + number;
    };
  }
}
