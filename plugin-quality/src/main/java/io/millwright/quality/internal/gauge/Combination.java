package io.millwright.quality.internal.gauge;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * Intervals of linear combinations of independent mean squares by modified large samples: exact
 * when all of them but one have no degrees of freedom left to err (Graybill and Wang 1980 for sums;
 * Ting, Burdick, Graybill, Jeyaratnam and Lu 1990 for differences).
 */
final class Combination {

  private final double[] ms;
  private final int[] free;
  private final double alpha;

  Combination(double[] ms, int[] free, double level) {
    this.ms = ms;
    this.free = free;
    alpha = (1 - level) / 2;
  }

  /** Estimate and the ends of its interval, none below 0. */
  double[] of(double[] weights) {
    double value = 0;
    double low = 0;
    double high = 0;
    for (int i = 0; i < ms.length; i++) {
      double part = weights[i] * ms[i];
      value += part;
      double g = 1 - 1 / perFree(1 - alpha, free[i]);
      double h = 1 / perFree(alpha, free[i]) - 1;
      low += square((weights[i] > 0 ? g : h) * part);
      high += square((weights[i] > 0 ? h : g) * part);
      for (int j = 0; j < ms.length; j++) {
        if (weights[i] > 0 && weights[j] < 0) {
          double cross = part * -weights[j] * ms[j];
          low += lowCross(free[i], free[j]) * cross;
          high += highCross(free[i], free[j]) * cross;
        }
      }
    }
    return new double[] {
      Math.max(0, value),
      Math.max(0, value - Math.sqrt(Math.max(0, low))),
      Math.max(0, value + Math.sqrt(Math.max(0, high)))
    };
  }

  /** A quantile of chi-square by its degrees of freedom. */
  private static double perFree(double p, int n) {
    return new ChiSquaredDistribution(n).inverseCumulativeProbability(p) / n;
  }

  private double lowCross(int n, int m) {
    double f = new FDistribution(n, m).inverseCumulativeProbability(1 - alpha);
    double g = 1 - 1 / perFree(1 - alpha, n);
    double h = 1 / perFree(alpha, m) - 1;
    return (square(f - 1) - square(g * f) - square(h)) / f;
  }

  private double highCross(int n, int m) {
    double f = new FDistribution(n, m).inverseCumulativeProbability(alpha);
    double h = 1 / perFree(alpha, n) - 1;
    double g = 1 - 1 / perFree(1 - alpha, m);
    return (square(1 - f) - square(h * f) - square(g)) / f;
  }

  private static double square(double v) {
    return v * v;
  }
}
