package io.millwright.quality;

import java.util.Objects;

/**
 * What kind of control chart watches a process (options of a control chart). Sizes are numbers of
 * readings in a subgroup, taken at one moment; one reading is a subgroup of size 1.
 */
public sealed interface ChartPlan {

  /** The largest subgroup: beyond it a chart by standard deviation is no better for it. */
  int LARGEST_SIZE = 1000;

  /**
   * Single readings and their moving range over two, the I-MR chart (Montgomery 2013, section 6.4):
   * mean plus and minus 3 sigma, where sigma is the mean moving range divided by d2.
   *
   * @param rules which run rules watch the readings as well
   * @param digits whether the constants are exact, or as books print them
   */
  record Individuals(RunRules rules, ChartConstants.Digits digits) implements ChartPlan {
    /** Checks. */
    public Individuals {
      Objects.requireNonNull(rules, "rules");
      Objects.requireNonNull(digits, "digits");
    }

    /**
     * With exact constants.
     *
     * @param rules which run rules watch the readings as well
     */
    public Individuals(RunRules rules) {
      this(rules, ChartConstants.Digits.EXACT);
    }
  }

  /** By what the variation within subgroups is measured. */
  enum Spread {
    /** By their range: the x-bar/R chart. */
    RANGE,
    /** By their standard deviation: the x-bar/s chart. */
    DEVIATION
  }

  /**
   * Means and variation of subgroups, the x-bar/R and x-bar/s charts (Montgomery 2013, sections 6.2
   * and 6.3).
   *
   * @param size the readings of a subgroup, at least 2
   * @param spread range or standard deviation
   * @param rules which run rules watch the means as well
   */
  record Means(int size, Spread spread, RunRules rules) implements ChartPlan {
    /** Checks. */
    public Means {
      Objects.requireNonNull(spread, "spread");
      Objects.requireNonNull(rules, "rules");
      if (size < 2 || size > LARGEST_SIZE) {
        throw new IllegalArgumentException(
            "size is " + size + ", but must lie between 2 and " + LARGEST_SIZE);
      }
    }
  }

  /** What an attribute chart counts. */
  enum Attribute {
    /** The share of defective parts, the p chart. */
    P(true),
    /** The number of defective parts, the np chart. */
    NP(true),
    /** The number of defects, the c chart: of equal areas of opportunity. */
    C(false),
    /** The number of defects per unit inspected, the u chart. */
    U(false);

    private final boolean parts;

    Attribute(boolean parts) {
      this.parts = parts;
    }

    /**
     * Whether it counts parts, each good or defective, by the binomial law; defects follow
     * Poisson's.
     *
     * @return true for p and np
     */
    public boolean parts() {
      return parts;
    }

    /**
     * Whether it shows the count itself.
     *
     * @return true for np and c
     */
    public boolean whole() {
      return this == NP || this == C;
    }
  }

  /**
   * Counted parts or defects (Montgomery 2013, chapter 7), with limits at 3 sigma that follow the
   * number inspected.
   *
   * @param attribute what is counted
   * @param laney whether sigma is widened, or narrowed, by what varies between samples beyond
   *     binomial or Poisson: the p' and u' charts (Laney 2002), for large samples
   * @param rules which run rules watch as well
   */
  record Attributes(Attribute attribute, boolean laney, RunRules rules) implements ChartPlan {
    /** Checks. */
    public Attributes {
      Objects.requireNonNull(attribute, "attribute");
      Objects.requireNonNull(rules, "rules");
    }
  }

  /**
   * A chart that starts by itself, for short runs without a baseline (Quesenberry 1991, Q chart):
   * each reading is judged by those before it through Student's law, so that the charted score is
   * standard normal from the third reading on.
   *
   * @param rules which run rules watch the scores as well
   */
  record SelfStarting(RunRules rules) implements ChartPlan {
    /** Checks. */
    public SelfStarting {
      Objects.requireNonNull(rules, "rules");
    }
  }

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
   * @param head where both sums start, 0 or above and below {@code decision}: half of it is the
   *     fast initial response of Lucas and Crosier (1982)
   */
  record Cusum(int size, double allowance, double decision, double head) implements ChartPlan {
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
      if (!(head >= 0 && head < decision)) {
        throw new IllegalArgumentException(
            "head is " + head + ", but must lie between 0 and the decision, " + decision);
      }
    }

    /**
     * Allowance 0.5 and decision 5: finds a shift by one sigma after some ten readings, with a
     * false signal about every 465.
     *
     * @return the plan, for single readings
     */
    public static Cusum standard() {
      return new Cusum(1, 0.5, 5, 0);
    }
  }

  private static void checkSize(int size) {
    if (size < 1 || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "size is " + size + ", but must lie between 1 and " + LARGEST_SIZE);
    }
  }
}
