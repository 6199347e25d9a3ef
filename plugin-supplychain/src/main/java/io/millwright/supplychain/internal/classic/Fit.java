package io.millwright.supplychain.internal.classic;

import java.util.Arrays;

/**
 * What a method says of one series.
 *
 * @param mean the forecasts of the next periods
 * @param error the mean absolute one-step error on the series itself, after the first periods
 */
public record Fit(double[] mean, double error) {

  /** A forecast that stays as it is. */
  static Fit flat(double value, int horizon, double error) {
    double[] mean = new double[horizon];
    Arrays.fill(mean, value);
    return new Fit(mean, error);
  }
}
