package io.millwright.api.learn;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A network that somebody trained elsewhere, with what its file does not say: which columns it
 * takes, in which units, and what its outputs mean. The network gets the columns' numbers as they
 * are, in float32, in the order of the schema: {@code [count, columns]}, or {@code [count, window,
 * columns]} with a window; it must give {@code [count, 1]} or {@code [count]} for a quantity and
 * {@code [count, labels]} for classes.
 *
 * <p>Such a file is a program that its engine runs: open only files that you would run. (A bundle
 * of this SDK holds no program.)
 *
 * @param format what kind of file it is, which decides the engine
 * @param file the TorchScript file, or the folder of the SavedModel
 * @param inputs the columns, all of them numbers
 * @param window how many of the newest rows the network sees together, oldest first, the first row
 *     repeated where there are fewer; 0 for independent records
 * @param answer what its outputs mean
 */
public record OpaqueModel(Format format, Path file, Schema inputs, int window, Answer answer) {

  /** Kinds of files. */
  public enum Format {
    /** A TorchScript file, as {@code torch.jit.save} writes it; needs PyTorch. */
    TORCH_SCRIPT,
    /** A TensorFlow SavedModel with one input and one output; needs TensorFlow. */
    SAVED_MODEL
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

  /** Checks. */
  public OpaqueModel {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(answer, "answer");
    Checks.atLeast("window", window, 0);
    if (inputs.size() == 0
        || inputs.columns().stream().anyMatch(c -> c.type() != ColumnType.NUMBER)) {
      throw new IllegalArgumentException("inputs " + inputs + " are not numbers, at least one");
    }
  }
}
