package io.millwright.api.learn;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network that somebody trained elsewhere, with what its file does not say: which columns it
 * takes, in which units, and what its outputs mean. The network gets the columns' numbers as they
 * are, in float32, in the order of the schema: {@code [count, columns]}, or {@code [count, window,
 * columns]} with a window; it must give {@code [count, 1]} or {@code [count]} for a quantity and
 * {@code [count, labels]} for classes.
 *
 * <p>A TorchScript file or a SavedModel is a program that its engine runs: open only files that you
 * would run. (A bundle of this SDK holds no program, and neither does an ONNX file.)
 */
public final class OpaqueModel {

  private final Format format;
  private final Path file;
  private final Schema inputs;
  private final int window;
  private final Answer answer;

  private OpaqueModel(Builder from) {
    window = from.window;
    format = Objects.requireNonNull(from.format, "format");
    file = Objects.requireNonNull(from.file, "file");
    inputs = Objects.requireNonNull(from.inputs, "inputs");
    answer = Objects.requireNonNull(from.answer, "answer");

    Checks.atLeast("window", window, 0);
    if (inputs.size() == 0
        || inputs.columns().stream().anyMatch(c -> c.type() != ColumnType.NUMBER)) {
      throw new IllegalArgumentException("inputs " + inputs + " are not numbers, at least one");
    }
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return what kind of file it is, which decides the engine} */
  public Format format() {
    return format;
  }

  /** {@return the ONNX or TorchScript file, or the folder of the SavedModel} */
  public Path file() {
    return file;
  }

  /** {@return the columns, all of them numbers} */
  public Schema inputs() {
    return inputs;
  }

  /**
   * {@return how many of the newest rows the network sees together, oldest first, the first row
   * repeated where there are fewer; 0 for independent records}
   */
  public int window() {
    return window;
  }

  /** {@return what its outputs mean} */
  public Answer answer() {
    return answer;
  }

  /** Kinds of files. */
  public enum Format {
    /** A TorchScript file, as {@code torch.jit.save} writes it; needs PyTorch. */
    TORCH_SCRIPT,
    /** A TensorFlow SavedModel with one input and one output; needs TensorFlow. */
    SAVED_MODEL,
    /** An ONNX file with one input, whose first output is the answer; needs ONNX Runtime. */
    ONNX
  }

  /** What outputs mean. */
  public sealed interface Answer {}

  /**
   * One number.
   *
   * @param unit its unit
   * @param low the least answer, which lower outputs are raised to; negative infinity for no limit
   * @param high the largest answer; positive infinity for no limit
   */
  public record Quantity(Unit unit, double low, double high) implements Answer {
    /** Checks. */
    public Quantity {
      Objects.requireNonNull(unit, "unit");
      if (!(low < high)) {
        throw new IllegalArgumentException("limits from " + low + " to " + high);
      }
    }
  }

  /**
   * One number for each class.
   *
   * @param labels the classes, in the order of the outputs
   * @param scores whether the outputs are logits or probabilities
   */
  public record Classes(List<String> labels, Scores scores) implements Answer {
    /** Checks and copies. */
    public Classes {
      labels = List.copyOf(labels);
      Objects.requireNonNull(scores, "scores");
      if (labels.size() < 2 || labels.stream().distinct().count() < labels.size()) {
        throw new IllegalArgumentException(
            "labels " + labels + " are not two or more, all different");
      }
    }
  }

  /** What the outputs of classes are. */
  public enum Scores {
    /** Logarithms of odds, as a network without softmax at its end gives them. */
    LOGITS,
    /** Probabilities. */
    PROBABILITIES
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpaqueModel that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "OpaqueModel[format="
        + format
        + ", file="
        + file
        + ", inputs="
        + inputs
        + ", window="
        + window
        + ", answer="
        + answer
        + "]";
  }

  private List<Object> parts() {
    return List.of(format, file, inputs, window, answer);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable Format format;
    private @Nullable Path file;
    private @Nullable Schema inputs;
    private int window;
    private @Nullable Answer answer;

    private Builder() {}

    /**
     * Sets {@link OpaqueModel#format}.
     *
     * @param value what kind of file it is, which decides the engine
     * @return this
     */
    public Builder format(Format value) {
      format = Objects.requireNonNull(value, "format");
      return this;
    }

    /**
     * Sets {@link OpaqueModel#file}.
     *
     * @param value the TorchScript file, or the folder of the SavedModel
     * @return this
     */
    public Builder file(Path value) {
      file = Objects.requireNonNull(value, "file");
      return this;
    }

    /**
     * Sets {@link OpaqueModel#inputs}.
     *
     * @param value the columns, all of them numbers
     * @return this
     */
    public Builder inputs(Schema value) {
      inputs = Objects.requireNonNull(value, "inputs");
      return this;
    }

    /**
     * Sets {@link OpaqueModel#window}.
     *
     * @param value how many of the newest rows the network sees together, oldest first, the first
     *     row repeated where there are fewer; 0 for independent records
     * @return this
     */
    public Builder window(int value) {
      window = value;
      return this;
    }

    /**
     * Sets {@link OpaqueModel#answer}.
     *
     * @param value what its outputs mean
     * @return this
     */
    public Builder answer(Answer value) {
      answer = Objects.requireNonNull(value, "answer");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public OpaqueModel build() {
      return new OpaqueModel(this);
    }
  }
}
