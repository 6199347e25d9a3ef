package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.head.Answer;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.prepare.Notes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Turns averaged outputs into outcomes by a model's head. Thread-safe.
 *
 * @param <V> one answer
 */
final class Answers<V> {

  private final FittedHead<?, V> head;
  private final ModelInfo info;
  private final int outputs;

  Answers(FittedHead<?, V> head, ModelInfo info) {
    this.head = head;
    this.info = info;
    this.outputs = head.outputs();
  }

  FittedHead<?, V> head() {
    return head;
  }

  /** The part of the averaged outputs that belongs to one input. */
  double[] part(double[] said, int row) {
    return said.length == outputs
        ? said
        : Arrays.copyOfRange(said, row * outputs, (row + 1) * outputs);
  }

  /**
   * The outcome of one input.
   *
   * @param said the averaged outputs of all inputs
   * @param inputs the prepared inputs
   * @param size the size of one
   * @param row which one
   * @param flags what is known of the input
   */
  Outcome<V> answer(double[] said, float[] inputs, int size, int row, Set<Flag> flags) {
    double[] own = part(said, row);
    for (int i = 0; i < outputs; i++) {
      double value = own[i];
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        return new Outcome.Abstention<>(
            ErrorCode.BAD_VALUE,
            List.of(
                new Finding(
                    ErrorCode.BAD_VALUE,
                    "output " + i,
                    "the network gave " + value,
                    "check the input for values far outside the training data.")),
            info);
      }
    }
    Answer<V> answer =
        head.answer(
            own,
            inputs.length == size
                ? inputs
                : Arrays.copyOfRange(inputs, row * size, (row + 1) * size));
    Set<Flag> all = flags;
    if (!answer.flags().isEmpty()) {
      all = EnumSet.copyOf(answer.flags());
      all.addAll(flags);
    }
    return new Outcome.Prediction<>(answer.value(), answer.uncertainty(), all, info);
  }

  /** The outcome of an input that cannot be answered. */
  Outcome<V> abstain(Notes notes) {
    List<Finding> findings = new ArrayList<>(notes.findings());
    if (findings.isEmpty()) {
      findings.add(
          new Finding(
              ErrorCode.MISSING_VALUE, "row", "holds no usable value", "check the data source."));
    }
    return new Outcome.Abstention<>(findings.get(0).code(), findings, info);
  }

  /** The outcome of an input without rows. */
  Outcome<V> empty() {
    return new Outcome.Abstention<>(
        ErrorCode.TOO_FEW_DATA,
        List.of(
            new Finding(
                ErrorCode.TOO_FEW_DATA, "input", "has no rows", "give at least one reading.")),
        info);
  }
}
