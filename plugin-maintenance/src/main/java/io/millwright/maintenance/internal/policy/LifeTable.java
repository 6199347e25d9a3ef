package io.millwright.maintenance.internal.policy;

import io.millwright.api.plan.LifeDistribution;
import java.util.Arrays;

/**
 * The cumulative hazard of a law of life as a table, linear between the logarithms of both, which
 * is exact for Weibull: draws and risks cost a search in a table instead of a law. Immutable.
 */
final class LifeTable {

  private static final int CELLS = 600;

  private final double[] logTime;
  private final double[] logHazard;

  LifeTable(LifeDistribution life) {
    double low = Math.log(Math.max(life.quantile(1e-7), Double.MIN_NORMAL));
    double high = Math.log(life.quantile(1 - 1e-12));
    double[] times = new double[CELLS + 1];
    double[] hazards = new double[CELLS + 1];
    double last = Double.NEGATIVE_INFINITY;
    int n = 0;
    for (int k = 0; k <= CELLS; k++) {
      double t = low + (high - low) * k / CELLS;
      double h = Math.log(-Math.log(life.survival(Math.exp(t))));
      // Where the law stands still there is nothing to draw between.
      if (h > last && h < Double.POSITIVE_INFINITY) {
        times[n] = t;
        hazards[n++] = h;
        last = h;
      }
    }
    logTime = Arrays.copyOf(times, n);
    logHazard = Arrays.copyOf(hazards, n);
  }

  /** Minus the logarithm of the probability of living longer. */
  double hazard(double time) {
    return time <= 0 ? 0 : Math.exp(line(logTime, logHazard, Math.log(time)));
  }

  double survival(double time) {
    return Math.exp(-hazard(time));
  }

  /** The density of failures at a time. */
  double density(double time) {
    if (time <= 0) {
      return 0;
    }
    double x = Math.log(time);
    int k = cell(logTime, x);
    double slope = (logHazard[k + 1] - logHazard[k]) / (logTime[k + 1] - logTime[k]);
    double h = Math.exp(logHazard[k] + slope * (x - logTime[k]));
    return h * slope / time * Math.exp(-h);
  }

  /** The age at failure of a unit that lives at an age, for a standard exponential draw. */
  double failure(double age, double exponential) {
    return Math.exp(line(logHazard, logTime, Math.log(hazard(age) + exponential)));
  }

  private static int cell(double[] x, double at) {
    int k = Arrays.binarySearch(x, at);
    k = k >= 0 ? k : -k - 2;
    return Math.max(0, Math.min(x.length - 2, k));
  }

  private static double line(double[] x, double[] y, double at) {
    int k = cell(x, at);
    return y[k] + (y[k + 1] - y[k]) * (at - x[k]) / (x[k + 1] - x[k]);
  }
}
