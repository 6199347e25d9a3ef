package io.millwright.quality;

import java.util.OptionalDouble;

/**
 * How a gauge study is judged (options of a gauge repeatability and reproducibility study).
 *
 * @param level the level of the intervals
 * @param tolerance the width of the specification, to compare with; empty for none
 * @param mergeAbove the interaction is merged into repeatability when its p is above this: 0.25 by
 *     the practice of AIAG; 1 for never
 */
public record GaugePlan(double level, OptionalDouble tolerance, double mergeAbove) {

  /** Checks. */
  public GaugePlan {
    if (!(level > 0 && level < 1) || !(mergeAbove >= 0 && mergeAbove <= 1)) {
      throw new IllegalArgumentException(
          "level is " + level + " and mergeAbove " + mergeAbove + ", but must lie in 0 to 1");
    }
    if (tolerance.isPresent() && !(tolerance.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "the tolerance is " + tolerance.getAsDouble() + ", but must be above 0");
    }
  }

  /**
   * Intervals of 95 %, no tolerance, merging above 0.25.
   *
   * @return the plan
   */
  public static GaugePlan standard() {
    return new GaugePlan(0.95, OptionalDouble.empty(), 0.25);
  }
}
