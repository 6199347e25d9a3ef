package io.millwright.api.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One example to learn from.
 *
 * @param group what it belongs to: a unit, a machine, a lot; samples of one group are never divided
 *     between training and judging
 * @param input the input
 * @param labels the true answers: either one, for the last row of the encoded input, or one for
 *     each row, where null means that the row is not to be learnt
 * @param <I> one input
 * @param <V> one answer
 */
public record Sample<I, V>(String group, I input, List<@Nullable V> labels) {

  /** Copies and checks. */
  public Sample {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(input, "input");
    labels = Collections.unmodifiableList(new ArrayList<>(labels));
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("a sample of group \"" + group + "\" has no label");
    }
  }

  /**
   * An example with one true answer.
   *
   * @param group what it belongs to
   * @param input the input
   * @param label the true answer
   * @param <I> one input
   * @param <V> one answer
   * @return the sample
   */
  public static <I, V> Sample<I, V> of(String group, I input, V label) {
    return new Sample<>(group, input, List.of(label));
  }
}
