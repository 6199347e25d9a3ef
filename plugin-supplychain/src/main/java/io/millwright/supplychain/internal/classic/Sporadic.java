package io.millwright.supplychain.internal.classic;

/**
 * Methods for demand that comes now and then: they smooth the size of a demand and how often one
 * comes apart. Smoothing parameters make the squared one-step errors least.
 */
public final class Sporadic {

  private static final double LEAST = 0.01;
  private static final double MOST = 0.5;

  private Sporadic() {}

  /**
   * Croston (1972): smoothed size over smoothed interval, both moved on when something is sold.
   *
   * @param unbiased whether to take the share out by which the quotient is too large (Syntetos and
   *     Boylan 2005)
   */
  public static Fit croston(double[] y, int horizon, boolean unbiased) {
    double alpha = Search.golden(a -> croston(y, a, unbiased)[1], LEAST, MOST, 11, 10);
    double[] found = croston(y, alpha, unbiased);
    return Fit.flat(found[0], horizon, found[2] / y.length);
  }

  /** The forecast after the last value, the squared and the absolute one-step errors. */
  private static double[] croston(double[] y, double alpha, boolean unbiased) {
    double factor = unbiased ? 1 - alpha / 2 : 1;
    double size = 0;
    double interval = 1;
    int since = 1;
    boolean begun = false;
    double squares = 0;
    double absolute = 0;
    for (double v : y) {
      double e = v - (begun ? factor * size / interval : 0);
      squares += e * e;
      absolute += Math.abs(e);
      if (v > 0) {
        if (begun) {
          size += alpha * (v - size);
          interval += alpha * (since - interval);
        } else {
          size = v;
          interval = since;
          begun = true;
        }
        since = 1;
      } else {
        since++;
      }
    }
    return new double[] {begun ? factor * size / interval : 0, squares, absolute};
  }

  /**
   * Teunter, Syntetos and Babai (2011): smoothed size times smoothed probability, which is moved on
   * in every period, so that a forecast fades when nothing is sold any more.
   */
  public static Fit fading(double[] y, int horizon) {
    double[] best =
        Search.simplex(
                p ->
                    p[0] >= LEAST && p[0] <= MOST && p[1] >= LEAST && p[1] <= MOST
                        ? fading(y, p[0], p[1])[1]
                        : Double.POSITIVE_INFINITY,
                new double[] {0.1, 0.1},
                new double[] {0.1, 0.1},
                60)
            .at();
    double[] found = fading(y, best[0], best[1]);
    return Fit.flat(found[0], horizon, found[2] / y.length);
  }

  private static double[] fading(double[] y, double alpha, double beta) {
    double size = 0;
    double probability = 0;
    int known = 0;
    boolean begun = false;
    double squares = 0;
    double absolute = 0;
    for (double v : y) {
      known++;
      double e = v - probability * size;
      squares += e * e;
      absolute += Math.abs(e);
      if (!begun) {
        if (v > 0) {
          size = v;
          probability = 1.0 / known;
          begun = true;
        }
        continue;
      }
      probability += beta * ((v > 0 ? 1 : 0) - probability);
      if (v > 0) {
        size += alpha * (v - size);
      }
    }
    return new double[] {probability * size, squares, absolute};
  }
}
