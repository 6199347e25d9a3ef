package io.millwright.maintenance;

import java.util.Objects;

/**
 * How lives are fitted (options of life data analysis).
 *
 * @param law the law
 * @param level the level of the bounds, two-sided
 * @param resamples how many samples of the fitted law the goodness of fit is judged by; 0 for none,
 *     199 for usual work
 */
public record LifePlan(LifeLaw law, double level, int resamples) {

  /** Checks. */
  public LifePlan {
    Objects.requireNonNull(law, "law");
    if (!(level > 0 && level < 1) || resamples < 0 || resamples > 100_000) {
      throw new IllegalArgumentException(
          "level is "
              + level
              + " and resamples "
              + resamples
              + ", but must lie in (0, 1), and 0 to"
              + " 100000");
    }
  }

  /**
   * Bounds of 95 %, without goodness of fit.
   *
   * @param law the law
   * @return the plan
   */
  public static LifePlan of(LifeLaw law) {
    return new LifePlan(law, 0.95, 0);
  }
}
