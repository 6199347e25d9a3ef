package io.millwright.runtime.privacy;

import org.hipparchus.special.Gamma;

/**
 * The privacy that differentially private training gives (Abadi et al. 2016): the moments of the
 * Gaussian mechanism on a random sample (Mironov, Talwar and Zhang 2019) added up over steps, at
 * integer orders from 2 to 256, and turned into an epsilon for a delta.
 */
public final class RenyiAccountant {

  private static final int MOST_ORDER = 256;

  private RenyiAccountant() {}

  /**
   * The Rényi divergence of one step.
   *
   * @param rate the share of rows that a step samples, 0 to 1
   * @param noise the standard deviation of the noise over the clipping norm
   * @param order the order, at least 2
   * @return the divergence
   */
  public static double divergence(double rate, double noise, int order) {
    if (!(rate >= 0 && rate <= 1) || !(noise > 0) || order < 2) {
      throw new IllegalArgumentException(
          "sampling rate " + rate + ", noise " + noise + ", order " + order);
    }
    if (rate == 0) {
      return 0;
    }
    if (rate == 1) {
      return order / (2 * noise * noise);
    }
    double sum = Double.NEGATIVE_INFINITY;
    for (int k = 0; k <= order; k++) {
      double choose =
          Gamma.logGamma(order + 1.0) - Gamma.logGamma(k + 1.0) - Gamma.logGamma(order - k + 1.0);
      double term =
          choose
              + (order - k) * Math.log1p(-rate)
              + k * Math.log(rate)
              + ((double) k * k - k) / (2 * noise * noise);
      double high = Math.max(sum, term);
      sum = high + Math.log(Math.exp(sum - high) + Math.exp(term - high));
    }
    return Math.max(0, sum) / (order - 1);
  }

  /**
   * The epsilon of a training.
   *
   * @param rate the share of rows that a step samples, 0 to 1
   * @param noise the standard deviation of the noise over the clipping norm
   * @param steps how many steps
   * @param delta the probability that the promise does not hold, such as 1e-5
   * @return epsilon; infinite without noise enough
   */
  public static double epsilon(double rate, double noise, long steps, double delta) {
    if (!(delta > 0 && delta < 1) || steps < 0) {
      throw new IllegalArgumentException(steps + " steps, delta " + delta);
    }
    double best = Double.POSITIVE_INFINITY;
    for (int order = 2; order <= MOST_ORDER; order++) {
      double at = steps * divergence(rate, noise, order) - Math.log(delta) / (order - 1);
      best = Math.min(best, at);
    }
    return best;
  }
}
