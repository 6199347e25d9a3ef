package io.millwright.quality.internal.spc;

import io.millwright.quality.ChartConstants;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Gamma;

/** Computes the constants of control charts from their definitions. */
public final class Constants {

  /** Beyond this many deviations nothing is left of a normal distribution in double precision. */
  private static final double END = 9;

  private static final int POINTS = 360;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Constants() {}

  /**
   * All constants of a size.
   *
   * @param size at least 2
   * @return c4, d2 and d3
   */
  public static ChartConstants of(int size) {
    double mean = meanRange(size);
    return new ChartConstants(
        size, c4(size), mean, Math.sqrt(meanSquaredRange(size) - mean * mean));
  }

  /** sqrt(2 / (n - 1)) Gamma(n / 2) / Gamma((n - 1) / 2). */
  static double c4(int n) {
    return Math.sqrt(2.0 / (n - 1))
        * Math.exp(Gamma.logGamma(n / 2.0) - Gamma.logGamma((n - 1) / 2.0));
  }

  /**
   * The integral of 1 - F^n - (1 - F)^n over the line (Tippett 1925). The trapezoid rule is exact
   * to rounding for so smooth an integrand that vanishes at both ends.
   *
   * @param n the size, at least 2
   * @return d2
   */
  public static double meanRange(int n) {
    double step = 2 * END / POINTS;
    double sum = 0;
    for (int i = 0; i <= POINTS; i++) {
      double f = NORMAL.cumulativeProbability(-END + i * step);
      sum += 1 - Math.pow(f, n) - Math.pow(1 - f, n);
    }
    return sum * step;
  }

  /** d2 of moving ranges over two. */
  static double meanRange(ChartConstants.Digits digits) {
    return digits == ChartConstants.Digits.PRINTED ? 1.128 : meanRange(2);
  }

  /**
   * Twice the integral of w (1 - P(range at most w)), by Simpson's rule on the grid of the inner
   * integral, n times that of f (F(x + w) - F(x))^(n-1).
   */
  private static double meanSquaredRange(int n) {
    double step = 2 * END / POINTS;
    double[] f = new double[2 * POINTS + 1];
    double[] density = new double[POINTS + 1];
    for (int i = 0; i < f.length; i++) {
      f[i] = NORMAL.cumulativeProbability(-END + i * step);
    }
    for (int i = 0; i <= POINTS; i++) {
      density[i] = NORMAL.density(-END + i * step);
    }
    double sum = 0;
    for (int k = 0; k <= POINTS; k++) {
      double within = 0;
      for (int i = 0; i <= POINTS; i++) {
        within += density[i] * Math.pow(Math.max(0, f[i + k] - f[i]), n - 1.0);
      }
      double weight = k == 0 || k == POINTS ? 1 : k % 2 == 1 ? 4 : 2;
      sum += weight * k * step * (1 - Math.min(1, n * within * step));
    }
    return 2 * sum * step / 3;
  }
}
