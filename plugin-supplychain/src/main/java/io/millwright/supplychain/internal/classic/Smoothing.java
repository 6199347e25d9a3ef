package io.millwright.supplychain.internal.classic;

/**
 * Exponential smoothing of a series without season: simple, with a trend, with a trend that fades
 * (Gardner and McKenzie 1985), and complex (Svetunkov, Kourentzes and Ord 2022). Smoothing
 * parameters and first states make the squared one-step errors least.
 */
public final class Smoothing {

  private Smoothing() {}

  /** Simple exponential smoothing. */
  public static Fit simple(double[] y, int horizon) {
    Linear states = new Linear(y);
    double alpha = Search.golden(a -> states.run(a).solve(y[0], 0, 1e-3, 1), 0.001, 0.999, 21, 18);
    states.run(alpha).solve(y[0], 0, 1e-3, 1);
    double level = states.a;
    double error = 0;
    for (double v : y) {
      error += Math.abs(v - level);
      level += alpha * (v - level);
    }
    return Fit.flat(level, horizon, error / y.length);
  }

  /** The parameter of simple exponential smoothing. */
  public static double alpha(double[] y) {
    Linear states = new Linear(y);
    return Search.golden(a -> states.run(a).solve(y[0], 0, 1e-3, 1), 0.001, 0.999, 15, 8);
  }

  /** Holt's linear trend. */
  public static Fit holt(double[] y, int horizon) {
    return trend(y, horizon, 1, 1);
  }

  /** A linear trend that fades. */
  public static Fit damped(double[] y, int horizon) {
    return trend(y, horizon, 0.8, 0.98);
  }

  private static Fit trend(double[] y, int horizon, double least, double most) {
    if (y.length < 4) {
      return simple(y, horizon);
    }
    Linear states = new Linear(y);
    double slope = slope(y);
    boolean damped = most > least;
    double[] start = damped ? new double[] {0.4, 0.2, 0.9} : new double[] {0.4, 0.2};
    double[] step = damped ? new double[] {0.3, 0.3, 0.06} : new double[] {0.3, 0.3};
    double[] best =
        Search.simplex(
                p -> {
                  double phi = damped ? p[2] : 1;
                  boolean inside =
                      p[0] > 0.001
                          && p[0] < 0.999
                          && p[1] > 0
                          && p[1] < 0.999
                          && phi >= least
                          && phi <= most;
                  return inside
                      ? trend(states, p[0], p[0] * p[1], phi).solve(y[0], slope, 1e-3, 1e-1)
                      : Double.POSITIVE_INFINITY;
                },
                start,
                step,
                damped ? 120 : 90)
            .at();
    double alpha = best[0];
    double beta = best[0] * best[1];
    double phi = damped ? best[2] : 1;
    trend(states, alpha, beta, phi).solve(y[0], slope, 1e-3, 1e-1);
    double level = states.a;
    double growth = states.b;
    double error = 0;
    for (double v : y) {
      double said = level + phi * growth;
      double e = v - said;
      error += Math.abs(e);
      level = said + alpha * e;
      growth = phi * growth + beta * e;
    }
    double[] mean = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      growth *= phi;
      level += growth;
      mean[h] = level;
    }
    return new Fit(mean, error / y.length);
  }

  /** States are what is foretold and its step; the first step fades before it counts. */
  private static Linear trend(Linear states, double alpha, double beta, double phi) {
    return states.run(phi, alpha + phi * beta, 0, phi, phi * beta, phi, phi);
  }

  /** The mean step over the first periods. */
  private static double slope(double[] y) {
    int n = Math.min(y.length - 1, 9);
    return (y[n] - y[0]) / n;
  }

  /** Complex exponential smoothing without season. */
  public static Fit complex(double[] y, int horizon) {
    if (y.length < 6) {
      return simple(y, horizon);
    }
    Linear states = new Linear(y);
    double mean = 0;
    for (double v : y) {
      mean += v / y.length;
    }
    double begin = mean;
    double[] best =
        Search.simplex(
                p ->
                    isStable(p[0], p[1])
                        ? complex(states, p[0], p[1]).solve(y[0], begin, 1e-3, 1e-2)
                        : Double.POSITIVE_INFINITY,
                new double[] {1.3, 1.0},
                new double[] {0.2, 0.05},
                90)
            .at();
    double p0 = best[0];
    double p1 = best[1];
    complex(states, p0, p1).solve(y[0], begin, 1e-3, 1e-2);
    double level = states.a;
    double potential = states.b;
    double error = 0;
    double[] forecast = new double[horizon];
    for (int t = 0; t < y.length + horizon; t++) {
      double e = t < y.length ? y[t] - level : 0;
      if (t < y.length) {
        error += Math.abs(e);
      } else {
        forecast[t - y.length] = level;
      }
      double next = level - (1 - p1) * potential + (p0 - p1) * e;
      potential = level + (1 - p0) * potential + (p0 + p1) * e;
      level = next;
    }
    return new Fit(forecast, error / y.length);
  }

  /** The region where the influence of old values dies out, from the paper's appendix. */
  private static boolean isStable(double p0, double p1) {
    return square(p0 - 2.5) + square(p1) > 1.25
        && square(p0 - 0.5) + square(p1 - 1) > 0.25
        && square(p0 - 1.5) + square(p1 - 0.5) < 1.5;
  }

  private static double square(double x) {
    return x * x;
  }

  private static Linear complex(Linear states, double p0, double p1) {
    return states.run(p1 - 1, p0 - p1, 1, 1 - p0, p0 + p1, 0, 1);
  }
}
