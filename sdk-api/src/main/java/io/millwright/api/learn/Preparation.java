package io.millwright.api.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is done to rows before a network sees them (preprocessing pipeline): steps in order. Each
 * step is fitted on training data only, is stored in the bundle, and works causally: what it gives
 * for a row depends on that row and earlier rows of the same sequence. Rows of independent records
 * are sequences of length one.
 *
 * @param steps the steps, first to last
 */
public record Preparation(List<Step> steps) {

  /** Copies. */
  public Preparation {
    steps = List.copyOf(steps);
  }

  /**
   * A preparation of some steps.
   *
   * @param steps the steps, first to last
   * @return the preparation
   */
  public static Preparation of(Step... steps) {
    return new Preparation(Arrays.asList(steps));
  }

  /**
   * Replaces missing values by the training median, encodes categories, scales to mean 0 and
   * variance 1.
   *
   * @return the preparation
   */
  public static Preparation standard() {
    return of(Step.Clean.standard(), new Step.Encode(), new Step.Scale(Step.Scaling.STANDARD, 0));
  }

  /**
   * The same with another step at its end.
   *
   * @param step the step
   * @return the new preparation
   */
  public Preparation then(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Preparation(longer);
  }
}
