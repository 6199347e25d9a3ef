package io.millwright.api.foreign;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a model file that was trained elsewhere holds, read without running any of it (model
 * signature and metadata).
 *
 * @param file the file, or the folder of a SavedModel
 * @param format its kind, told by its content and not by its name
 * @param digest the SHA-256 of its content: of one file the one that {@code sha256sum} prints; with
 *     files beside it, of one line "name blank SHA-256" for each, ordered by name
 * @param bytes the size on disk, files beside it included
 * @param description producer and version of the format, for people
 * @param inputs what it takes; empty where the file does not say
 * @param outputs what it gives; empty where the file does not say
 * @param layers the nodes of its graph in their order; empty where the format hides them
 * @param weights how many numbers its weights have; 0 where the file does not say
 * @param warnings what makes the file a risk or keeps it from being opened, for people
 */
public record ForeignFile(
    Path file,
    Format format,
    String digest,
    long bytes,
    String description,
    List<Port> inputs,
    List<Port> outputs,
    List<ForeignLayer> layers,
    long weights,
    List<String> warnings) {

  /** Kinds of files. */
  public enum Format {
    /** A graph of ONNX: data, not a program; operators come from the runtime alone. */
    ONNX,
    /** A TorchScript file: a program. */
    TORCH_SCRIPT,
    /** A TensorFlow SavedModel: a graph that may read and write files. */
    SAVED_MODEL;

    /**
     * Whether opening such a file runs what it says.
     *
     * @return false for data
     */
    public boolean program() {
      return this != ONNX;
    }
  }

  /** Checks and copies. */
  public ForeignFile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(description, "description");
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    layers = List.copyOf(layers);
    warnings = List.copyOf(warnings);
  }

  /**
   * The names of all inner tensors, in the order in which they are computed.
   *
   * @return the outputs of all layers
   */
  public List<String> tensors() {
    return layers.stream().flatMap(l -> l.outputs().stream()).toList();
  }
}
