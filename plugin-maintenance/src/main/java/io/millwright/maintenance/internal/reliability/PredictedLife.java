package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.plan.LifeDistribution;
import java.util.Arrays;

/**
 * A law through predicted quantiles: the logarithm of the cumulative hazard is linear in that of
 * time between them and beyond the first and last, as in Weibull's law.
 */
final class PredictedLife implements LifeDistribution {

  private static final double[] PROBABILITIES = {
    0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98
  };

  private static final int STEPS = 2000;

  /** Quantiles nearer than this, relatively, are the same: the limit of what a model tells. */
  private static final double APART = 1e-6;

  private final double[] logTime;
  private final double[] logHazard;
  private final double mean;

  private PredictedLife(double[] logTime, double[] logHazard) {
    this.logTime = logTime;
    this.logHazard = logHazard;
    double sum = 0;
    for (int s = 0; s < STEPS; s++) {
      sum += quantile((s + 0.5) / STEPS) / STEPS;
    }
    mean = sum;
  }

  static PredictedLife of(Uncertainties uncertainty) {
    double[] quantiles = uncertainty.quantiles(PROBABILITIES);
    double[] times = new double[quantiles.length];
    double[] hazards = new double[quantiles.length];
    int n = 0;
    for (int i = 0; i < quantiles.length; i++) {
      double time = quantiles[i];
      // What stands still at an end is a limit, not a step of the law.
      boolean last = i + 1 < quantiles.length && quantiles[i + 1] <= time * (1 + APART);
      if (time > 0
          && time < Double.POSITIVE_INFINITY
          && !last
          && (i == 0 || time > quantiles[i - 1] * (1 + APART))) {
        times[n] = Math.log(time);
        hazards[n++] = Math.log(-Math.log1p(-PROBABILITIES[i]));
      }
    }
    if (n < 2) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "the predicted life has "
              + n
              + " quantiles that differ, of "
              + Arrays.toString(quantiles)
              + "\nMaybe it is only known to be long: leave the machine without a prediction");
    }
    return new PredictedLife(Arrays.copyOf(times, n), Arrays.copyOf(hazards, n));
  }

  private static double line(double[] x, double[] y, double at) {
    int k = Arrays.binarySearch(x, at);
    k = Math.max(0, Math.min(x.length - 2, k >= 0 ? k : -k - 2));
    return y[k] + (y[k + 1] - y[k]) * (at - x[k]) / (x[k + 1] - x[k]);
  }

  @Override
  public double cdf(double time) {
    return time <= 0 ? 0 : -Math.expm1(-Math.exp(line(logTime, logHazard, Math.log(time))));
  }

  @Override
  public double survival(double time) {
    return time <= 0 ? 1 : Math.exp(-Math.exp(line(logTime, logHazard, Math.log(time))));
  }

  @Override
  public double quantile(double probability) {
    return probability <= 0
        ? 0
        : Math.exp(line(logHazard, logTime, Math.log(-Math.log1p(-probability))));
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double hazard(double time) {
    double x = Math.log(time);
    int k = Arrays.binarySearch(logTime, x);
    k = Math.max(0, Math.min(logTime.length - 2, k >= 0 ? k : -k - 2));
    double slope = (logHazard[k + 1] - logHazard[k]) / (logTime[k + 1] - logTime[k]);
    return slope / time * Math.exp(line(logTime, logHazard, x));
  }
}
