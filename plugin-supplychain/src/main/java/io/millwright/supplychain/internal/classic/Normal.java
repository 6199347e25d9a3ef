package io.millwright.supplychain.internal.classic;

/** The standard normal distribution. */
public final class Normal {

  private static final double ROOT = Math.sqrt(2 * Math.PI);

  private Normal() {}

  /** The density. */
  public static double density(double z) {
    return Math.exp(-z * z / 2) / ROOT;
  }

  /**
   * The probability below z, by a series of Taylor near 0 and a continued fraction of Laplace in
   * the tails (Abramowitz and Stegun 26.2.10, 26.2.14); relative error below 1e-12.
   */
  public static double cumulative(double z) {
    double x = Math.abs(z);
    if (x > 38) {
      return z < 0 ? 0 : 1;
    }
    double tail;
    if (x < 3) {
      double term = x;
      double sum = x;
      for (int k = 1; k < 200 && Math.abs(term) > 1e-17 * sum; k++) {
        term *= x * x / (2 * k + 1);
        sum += term;
      }
      tail = 0.5 - density(x) * sum;
    } else {
      double fraction = x;
      for (int k = 120; k >= 1; k--) {
        fraction = x + k / fraction;
      }
      tail = density(x) / fraction;
    }
    return z < 0 ? tail : 1 - tail;
  }

  /** The quantile: a rational start (Hastings 1955), then Newton's steps on the logarithm. */
  public static double quantile(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "probability is " + probability + ", but must lie between 0 and 1, both excluded");
    }
    boolean upper = probability > 0.5;
    double p = upper ? 1 - probability : probability;
    double t = Math.sqrt(-2 * Math.log(p));
    double z =
        -(t
            - (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 6; i++) {
      double below = cumulative(z);
      double step = (Math.log(below) - Math.log(p)) * below / density(z);
      z -= step;
      if (Math.abs(step) < 1e-14) {
        break;
      }
    }
    return upper ? -z : z;
  }

  /** E[(Z - z)+]: the standard loss. */
  public static double loss(double z) {
    return density(z) - z * cumulative(-z);
  }
}
