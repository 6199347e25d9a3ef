package io.millwright.quality;

import java.util.List;

/**
 * What kind of control chart watches several related variables at once (options of a multivariate
 * control chart).
 */
public sealed interface MultivariatePlan {

  /**
   * Hotelling's T2 (1947; Montgomery 2013, section 11.3), for large shifts. Limits are exact for
   * normal readings: Beta in phase I, F in phase II, chi-square where mean and covariance are
   * given.
   *
   * @param size observations in a subgroup, at least 1; a reading holds the variables of one
   *     observation after those of the other
   * @param falseAlarm the probability of a false signal at one reading, between 0 and 1
   */
  record Hotelling(int size, double falseAlarm) implements MultivariatePlan {
    /** Checks. */
    public Hotelling {
      if (size < 1 || size > ChartPlan.LARGEST_SIZE) {
        throw new IllegalArgumentException(
            "size is " + size + ", but must lie between 1 and " + ChartPlan.LARGEST_SIZE);
      }
      probability(falseAlarm);
    }
  }

  /**
   * Multivariate exponentially weighted moving average (Lowry, Woodall, Champ and Rigdon 1992), for
   * small lasting shifts, with the covariance that the average reaches in the long run.
   *
   * @param weight the weight of the newest reading, above 0 and at most 1
   * @param limit the T2 of the average that signals; {@link MultivariateSpc#mewmaLimit} computes it
   *     from a run length
   */
  record Mewma(double weight, double limit) implements MultivariatePlan {
    /** Checks. */
    public Mewma {
      if (!(weight > 0 && weight <= 1) || !(limit > 0) || Double.isInfinite(limit)) {
        throw new IllegalArgumentException(
            "weight is "
                + weight
                + " and limit "
                + limit
                + ", but must lie between 0 and 1, and above 0");
      }
    }
  }

  /**
   * Profiles: each reading is a curve, measured at the same positions. A polynomial is fitted to
   * each; T2 watches its coefficients and the standard deviation about the curve is watched beside
   * it (Kang and Albin 2000; Williams, Woodall and Birch 2007).
   *
   * @param positions where each curve is measured; more of them than coefficients
   * @param degree the degree of the polynomial, 1 for straight lines, at most 5
   * @param falseAlarm the probability of a false signal of each of the two at one reading
   */
  record Profile(List<Double> positions, int degree, double falseAlarm)
      implements MultivariatePlan {
    /** Checks. */
    public Profile {
      positions = List.copyOf(positions);
      probability(falseAlarm);
      if (degree < 1 || degree > 5 || positions.stream().distinct().count() < degree + 2) {
        throw new IllegalArgumentException(
            "degree is "
                + degree
                + " with "
                + positions.stream().distinct().count()
                + " different positions, but must be 1 to 5, with at least two positions more");
      }
      if (!positions.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("positions must be finite: " + positions);
      }
    }
  }

  private static void probability(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException(
          "the probability of a false alarm is " + p + ", but must lie between 0 and 1");
    }
  }
}
