package io.millwright.quality;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How capability is judged (options of a capability study). Begin with {@link #between}, {@link
 * #upTo} or {@link #from}.
 *
 * @param lower the lower limit of specification; negative infinity for none
 * @param upper the upper limit of specification; positive infinity for none
 * @param target the target, for Cpm; empty for none
 * @param law what the readings are distributed as
 * @param size how many consecutive readings are a subgroup; 1 for single readings
 * @param level the level of the intervals
 * @param digits whether d2 of moving ranges is exact, or 1.128 as books print it
 */
public record CapabilityPlan(
    double lower,
    double upper,
    OptionalDouble target,
    Law law,
    int size,
    double level,
    ChartConstants.Digits digits) {

  /** What readings are distributed as. */
  public enum Law {
    /** Normal: indices by standard deviations. */
    NORMAL,
    /** Lognormal, fitted by maximum likelihood: indices by quantiles (ISO 22514-4). */
    LOGNORMAL,
    /** Weibull, fitted by maximum likelihood: indices by quantiles. */
    WEIBULL,
    /** Normal after the power transform of Box and Cox that fits best: indices by quantiles. */
    BOX_COX,
    /** None: indices by quantiles of the readings themselves, of which there must be 1,000. */
    EMPIRICAL
  }

  /** Checks. */
  public CapabilityPlan {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(digits, "digits");
    if (!(lower < upper) || (Double.isInfinite(lower) && Double.isInfinite(upper))) {
      throw new IllegalArgumentException(
          "the limits are "
              + lower
              + " and "
              + upper
              + ", but the lower must be less, and one of them finite");
    }
    if (target.isPresent() && !(target.getAsDouble() > lower && target.getAsDouble() < upper)) {
      throw new IllegalArgumentException(
          "the target is " + target.getAsDouble() + ", but must lie between the limits");
    }
    if (size < 1 || size > ChartPlan.LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "size is " + size + ", but must lie between 1 and " + ChartPlan.LARGEST_SIZE);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("the level is " + level + ", but must lie in (0, 1)");
    }
  }

  /**
   * Between two limits, normal single readings, intervals of 95 %.
   *
   * @param lower the lower limit
   * @param upper the upper limit
   * @return the plan
   */
  public static CapabilityPlan between(double lower, double upper) {
    return new CapabilityPlan(
        lower, upper, OptionalDouble.empty(), Law.NORMAL, 1, 0.95, ChartConstants.Digits.EXACT);
  }

  /**
   * With an upper limit only.
   *
   * @param upper the upper limit
   * @return the plan
   */
  public static CapabilityPlan upTo(double upper) {
    return between(Double.NEGATIVE_INFINITY, upper);
  }

  /**
   * With a lower limit only.
   *
   * @param lower the lower limit
   * @return the plan
   */
  public static CapabilityPlan from(double lower) {
    return between(lower, Double.POSITIVE_INFINITY);
  }

  /**
   * Another target.
   *
   * @param value the target, between the limits
   * @return the plan
   */
  public CapabilityPlan target(double value) {
    return new CapabilityPlan(lower, upper, OptionalDouble.of(value), law, size, level, digits);
  }

  /**
   * Another law.
   *
   * @param value the law
   * @return the plan
   */
  public CapabilityPlan law(Law value) {
    return new CapabilityPlan(lower, upper, target, value, size, level, digits);
  }

  /**
   * Subgroups.
   *
   * @param value how many consecutive readings are a subgroup
   * @return the plan
   */
  public CapabilityPlan subgroups(int value) {
    return new CapabilityPlan(lower, upper, target, law, value, level, digits);
  }

  /**
   * Another level.
   *
   * @param value the level of the intervals, between 0 and 1
   * @return the plan
   */
  public CapabilityPlan level(double value) {
    return new CapabilityPlan(lower, upper, target, law, size, value, digits);
  }

  /**
   * Other digits.
   *
   * @param value exact, or as books print them
   * @return the plan
   */
  public CapabilityPlan digits(ChartConstants.Digits value) {
    return new CapabilityPlan(lower, upper, target, law, size, level, value);
  }
}
