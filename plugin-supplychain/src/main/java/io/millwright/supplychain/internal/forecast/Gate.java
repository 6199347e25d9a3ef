package io.millwright.supplychain.internal.forecast;

import java.util.Arrays;

/**
 * How much each method counts in the forecast of a series: shares that all series have in common,
 * moved by what kind of series it is and by each method's own errors at earlier origins of it
 * (feature-based averaging, Montero-Manso, Athanasopoulos, Hyndman and Talagala 2020, with a
 * multinomial logistic function in place of trees). Immutable.
 *
 * @param biases of each method, logarithms of shares
 * @param sharpness how much own errors decide
 * @param slopes of each trait, of each method: trait by trait
 */
record Gate(double[] biases, double sharpness, double[] slopes) {

  /** Own errors further apart than this, on logarithms, say nothing more. */
  private static final double MOST_APART = 3;

  /** Equal shares. */
  static Gate equal(int methods) {
    return new Gate(new double[methods], 0, new double[methods * Seen.TRAITS]);
  }

  /** One method alone. */
  static Gate only(int methods, int method) {
    double[] biases = new double[methods];
    Arrays.fill(biases, -100);
    biases[method] = 0;
    return new Gate(biases, 0, new double[methods * Seen.TRAITS]);
  }

  int size() {
    return biases.length;
  }

  /** Whether shares differ from series to series. */
  boolean isOwn() {
    return sharpness != 0 || Arrays.stream(slopes).anyMatch(s -> s != 0);
  }

  /**
   * The shares; their sum is 1.
   *
   * @param own the error of each method at earlier origins, or empty
   */
  double[] weights(double[] own, double[] traits) {
    int n = biases.length;
    double[] z = biases.clone();
    for (int f = 0; f < traits.length; f++) {
      for (int k = 0; k < n; k++) {
        z[k] += slopes[f * n + k] * traits[f];
      }
    }
    double[] apart = apart(own);
    for (int k = 0; k < apart.length; k++) {
      z[k] -= sharpness * apart[k];
    }
    return shares(z);
  }

  /** By how much own errors are larger than the least, on logarithms; empty without them. */
  static double[] apart(double[] own) {
    double least = own.length == 0 ? 0 : own[0];
    for (double e : own) {
      least = Math.min(least, e);
    }
    double[] apart = new double[least > 0 ? own.length : 0];
    for (int k = 0; k < apart.length; k++) {
      apart[k] = Math.min(MOST_APART, Math.log(own[k] / least));
    }
    return apart;
  }

  static double[] shares(double[] z) {
    double most = Double.NEGATIVE_INFINITY;
    for (double one : z) {
      most = Math.max(most, one);
    }
    double sum = 0;
    double[] shares = new double[z.length];
    for (int k = 0; k < z.length; k++) {
      shares[k] = Math.exp(z[k] - most);
      sum += shares[k];
    }
    for (int k = 0; k < z.length; k++) {
      shares[k] /= sum;
    }
    return shares;
  }
}
