package io.millwright.runtime.bundle;

import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;
import java.util.List;
import java.util.Optional;

/** How outputs become answers, as data. */
public sealed interface TargetData {

  /**
   * A number: answer = offset + scale times output, cut to the limits.
   *
   * @param unit its unit
   * @param low the least answer; negative infinity for no limit
   * @param high the largest answer; positive infinity for no limit
   * @param offset added
   * @param scale multiplied, positive
   */
  record Quantity(Unit unit, double low, double high, double offset, double scale)
      implements TargetData {}

  /**
   * Classes.
   *
   * @param labels in the order of the outputs
   * @param threshold the decision threshold, when there is one
   */
  record Category(List<String> labels, Optional<ClassScores.Threshold> threshold)
      implements TargetData {
    /** Copies. */
    public Category {
      labels = List.copyOf(labels);
    }
  }
}
