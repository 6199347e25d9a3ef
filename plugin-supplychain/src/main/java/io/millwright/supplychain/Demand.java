package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/** Demand of one period, or per unit of time, that is the same in all and independent. */
public sealed interface Demand {

  /**
   * The expected demand.
   *
   * @return the mean
   */
  double mean();

  /**
   * Normal.
   *
   * @param mean the mean, positive
   * @param deviation the standard deviation, positive
   */
  record Normal(double mean, double deviation) implements Demand {
    /** Checks. */
    public Normal {
      positive("mean", mean);
      positive("deviation", deviation);
    }
  }

  /**
   * Poisson.
   *
   * @param mean the mean, positive
   */
  record Poisson(double mean) implements Demand {
    /** Checks. */
    public Poisson {
      positive("mean", mean);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the demand's " + name + " is " + value + ", but must be positive");
    }
  }
}
