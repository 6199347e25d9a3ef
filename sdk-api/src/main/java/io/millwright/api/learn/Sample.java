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
 * @param labels what is known of the truth: nothing, one label for the last row of the encoded
 *     input, or one for each row, where null means that nothing is known of the row
 * @param <I> one input
 * @param <L> one label
 */
public record Sample<I, L>(String group, I input, List<@Nullable L> labels) {

  /** Copies and checks. */
  public Sample {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(input, "input");
    labels = Collections.unmodifiableList(new ArrayList<>(labels));
  }

  /**
   * An example with one label.
   *
   * @param group what it belongs to
   * @param input the input
   * @param label what is known of the truth
   * @param <I> one input
   * @param <L> one label
   * @return the sample
   */
  public static <I, L> Sample<I, L> of(String group, I input, L label) {
    return new Sample<>(group, input, List.of(label));
  }

  /**
   * An example without a label, for heads that need none.
   *
   * @param group what it belongs to
   * @param input the input
   * @param <I> one input
   * @param <L> one label
   * @return the sample
   */
  public static <I, L> Sample<I, L> unlabelled(String group, I input) {
    return new Sample<>(group, input, List.of());
  }
}
