package io.millwright.quality;

/**
 * The constants of control charts for subgroups of normally distributed readings, computed from
 * their definitions.
 *
 * @param size the readings of a subgroup
 * @param c4 the mean of their standard deviation (divisor n - 1), for sigma 1
 * @param d2 the mean of their range, for sigma 1
 * @param d3 the standard deviation of their range, for sigma 1
 */
public record ChartConstants(int size, double c4, double d2, double d3) {

  /** How exact the constants of moving ranges over two are. */
  public enum Digits {
    /** As computed: d2 = 1.1283792. */
    EXACT,
    /**
     * As books print them: limits at the mean and 2.66 mean ranges, ranges up to 3.267 mean ranges,
     * and a standard deviation of capability with 1.128. For comparison with charts drawn by hand;
     * it differs from the exact ones by up to 0.05 %.
     */
    PRINTED
  }

  /**
   * Limits of means by mean standard deviations.
   *
   * @return 3 / (c4 sqrt(n))
   */
  public double a3() {
    return 3 / (c4 * Math.sqrt(size));
  }

  /**
   * Limits of means by mean ranges.
   *
   * @return 3 / (d2 sqrt(n))
   */
  public double a2() {
    return 3 / (d2 * Math.sqrt(size));
  }

  /**
   * The lower limit of standard deviations, by their mean.
   *
   * @return max(0, 1 - 3 sqrt(1 - c4^2) / c4)
   */
  public double b3() {
    return Math.max(0, 1 - 3 * Math.sqrt(1 - c4 * c4) / c4);
  }

  /**
   * The upper limit of standard deviations, by their mean.
   *
   * @return 1 + 3 sqrt(1 - c4^2) / c4
   */
  public double b4() {
    return 1 + 3 * Math.sqrt(1 - c4 * c4) / c4;
  }

  /**
   * The lower limit of ranges, by their mean.
   *
   * @return max(0, 1 - 3 d3 / d2)
   */
  public double lowRange() {
    return Math.max(0, 1 - 3 * d3 / d2);
  }

  /**
   * The upper limit of ranges, by their mean (D4 in tables).
   *
   * @return 1 + 3 d3 / d2
   */
  public double highRange() {
    return 1 + 3 * d3 / d2;
  }
}
