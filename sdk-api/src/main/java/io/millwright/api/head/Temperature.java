package io.millwright.api.head;

/**
 * Temperature scaling (Guo et al. 2017): logarithms of probabilities times one number, the inverse
 * temperature. The log loss is convex in it, so the point where its derivative is 0 is found by
 * halving. One sample more of {@code n + 2} counts as something else (the smoothed targets of Platt
 * 1999), so that samples that all happen to be right do not make certainties of guesses.
 */
final class Temperature {

  /**
   * Beyond these, a few held-out samples that all happen to be right, or all wrong, would make
   * certainties of guesses.
   */
  private static final double LEAST = 0.1;

  private static final double MOST = 10;
  private static final double TINY = 1e-12;

  /** How many standard errors of the gain a temperature must be worth. */
  private static final double CLEARLY = 2;

  private Temperature() {}

  static double[] apply(double[] raw, double inverse) {
    double[] p = new double[raw.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < p.length; k++) {
      p[k] = inverse * Math.log(Math.max(TINY, raw[k]));
      largest = Math.max(largest, p[k]);
    }
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(p[k] - largest);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /**
   * The inverse temperature that makes the log loss smallest; 1 where that is no better than the
   * probabilities as they are by more than chance, since few samples ask for some temperature
   * always.
   */
  static double fit(double[][] probabilities, int[] truth, double[] weights) {
    double inverse = smallest(probabilities, truth, weights);
    double sum = 0;
    double gain = 0;
    double squares = 0;
    for (int i = 0; i < truth.length; i++) {
      double d =
          Math.log(Math.max(TINY, apply(probabilities[i], inverse)[truth[i]]))
              - Math.log(Math.max(TINY, probabilities[i][truth[i]]));
      gain += weights[i] * d;
      squares += weights[i] * weights[i] * d * d;
      sum += weights[i];
    }
    return sum > 0 && gain > CLEARLY * Math.sqrt(squares) ? inverse : 1;
  }

  private static double smallest(double[][] probabilities, int[] truth, double[] weights) {
    double low = LEAST;
    double high = MOST;
    if (slope(probabilities, truth, weights, low) >= 0) {
      return low;
    }
    if (slope(probabilities, truth, weights, high) <= 0) {
      return high;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (slope(probabilities, truth, weights, middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * The derivative of the log loss: expected minus true logarithm, with some doubt of the truth.
   */
  private static double slope(
      double[][] probabilities, int[] truth, double[] weights, double inverse) {
    double slope = 0;
    double doubt = 1.0 / (truth.length + 2);
    for (int i = 0; i < truth.length; i++) {
      double[] p = apply(probabilities[i], inverse);
      double expected = 0;
      for (int k = 0; k < p.length; k++) {
        double seen = k == truth[i] ? 1 - doubt : doubt / Math.max(1, p.length - 1);
        expected += (p[k] - seen) * Math.log(Math.max(TINY, probabilities[i][k]));
      }
      slope += weights[i] * expected;
    }
    return slope;
  }
}
