package io.millwright.quality;

/**
 * What kind of control chart watches a process. Sizes are numbers of readings in a subgroup, taken
 * at one moment; one reading is a subgroup of size 1.
 */
public sealed interface ChartPlan {

  /** The largest subgroup: beyond it a chart by standard deviation is no better for it. */
  int LARGEST_SIZE = 1000;

  /**
   * Single readings and their moving range over two, the I-MR chart (Montgomery 2013, section 6.4):
   * mean plus and minus 3 sigma, where sigma is the mean moving range divided by d2.
   *
   * @param runs whether the run rules of Western Electric watch the readings as well
   */
  record Individuals(boolean runs) implements ChartPlan {}

  /**
   * Means and standard deviations of subgroups, the x-bar/s chart (Montgomery 2013, section 6.3).
   *
   * @param size the readings of a subgroup, at least 2
   * @param runs whether the run rules of Western Electric watch the means as well
   */
  record Means(int size, boolean runs) implements ChartPlan {
    /** Checks. */
    public Means {
      if (size < 2 || size > LARGEST_SIZE) {
        throw new IllegalArgumentException(
            "size is " + size + ", but must lie between 2 and " + LARGEST_SIZE);
      }
    }
  }

  /**
   * Shares of defective parts, the p chart (Montgomery 2013, section 7.2), with limits that follow
   * the number inspected.
   *
   * @param runs whether the run rules of Western Electric watch the shares as well
   */
  record Shares(boolean runs) implements ChartPlan {}

  /**
   * Exponentially weighted moving average (Roberts 1959; Lucas and Saccucci 1990), for small
   * lasting shifts: z = weight x + (1 - weight) z, watched at {@code width} of its own standard
   * deviations.
   *
   * @param size the readings of a subgroup, at least 1
   * @param weight the weight of the newest mean, above 0 and at most 1
   * @param width the width of the limits in standard deviations of z
   * @param opening whether limits begin narrow, by the exact variance of the first z, or have their
   *     final width from the beginning, as published run lengths have
   */
  record Ewma(int size, double weight, double width, boolean opening) implements ChartPlan {
    /** Checks. */
    public Ewma {
      checkSize(size);
      if (!(weight > 0 && weight <= 1) || !(width > 0) || Double.isInfinite(width)) {
        throw new IllegalArgumentException(
            "weight is "
                + weight
                + " and width "
                + width
                + ", but must lie between 0 and 1, and above 0");
      }
    }

    /**
     * Weight 0.1 and width 2.814: a false signal about every 500 readings.
     *
     * @return the plan, for single readings
     */
    public static Ewma standard() {
      return new Ewma(1, 0.1, 2.814, true);
    }
  }

  /**
   * Cumulative sums to both sides (Page 1954), for small lasting shifts: what is more than {@code
   * allowance} off the centre adds up, and signals beyond {@code decision}; both in standard
   * deviations of the mean of a subgroup.
   *
   * @param size the readings of a subgroup, at least 1
   * @param allowance half of the shift that should be found fastest, above 0
   * @param decision the sum that signals, above 0
   */
  record Cusum(int size, double allowance, double decision) implements ChartPlan {
    /** Checks. */
    public Cusum {
      checkSize(size);
      if (!(allowance > 0) || !(decision > 0) || Double.isInfinite(allowance + decision)) {
        throw new IllegalArgumentException(
            "allowance is "
                + allowance
                + " and decision "
                + decision
                + ", but both must be above 0");
      }
    }

    /**
     * Allowance 0.5 and decision 5: finds a shift by one sigma after some ten readings, with a
     * false signal about every 465.
     *
     * @return the plan, for single readings
     */
    public static Cusum standard() {
      return new Cusum(1, 0.5, 5);
    }
  }

  private static void checkSize(int size) {
    if (size < 1 || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "size is " + size + ", but must lie between 1 and " + LARGEST_SIZE);
    }
  }
}
