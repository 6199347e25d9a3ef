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
    Linear states = new Linear(y.length);
    double alpha =
        Search.golden(a -> simple(y, a, states).solve(y[0], 0, 1e-3, 1), 0.001, 0.999, 21, 18);
    simple(y, alpha, states).solve(y[0], 0, 1e-3, 1);
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
    Linear states = new Linear(y.length);
    return Search.golden(a -> simple(y, a, states).solve(y[0], 0, 1e-3, 1), 0.001, 0.999, 15, 8);
  }

  private static Linear simple(double[] y, double alpha, Linear states) {
    states.clear();
    double level = 0;
    double begin = 1;
    for (double v : y) {
      states.add(v - level, -begin, 0);
      level += alpha * (v - level);
      begin *= 1 - alpha;
    }
    return states;
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
    Linear states = new Linear(y.length);
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
                  ? trend(y, p[0], p[0] * p[1], phi, states).solve(y[0], slope, 1e-3, 1e-1)
                  : Double.POSITIVE_INFINITY;
            },
            start,
            step,
            damped ? 120 : 90);
    double alpha = best[0];
    double beta = best[0] * best[1];
    double phi = damped ? best[2] : 1;
    trend(y, alpha, beta, phi, states).solve(y[0], slope, 1e-3, 1e-1);
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

  private static Linear trend(double[] y, double alpha, double beta, double phi, Linear states) {
    states.clear();
    double l = 0;
    double b = 0;
    double la = 1;
    double ba = 0;
    double lb = 0;
    double bb = 1;
    for (double v : y) {
      double said = l + phi * b;
      double e = v - said;
      double ea = -(la + phi * ba);
      double eb = -(lb + phi * bb);
      states.add(e, ea, eb);
      l = said + alpha * e;
      b = phi * b + beta * e;
      la = -ea + alpha * ea;
      ba = phi * ba + beta * ea;
      lb = -eb + alpha * eb;
      bb = phi * bb + beta * eb;
    }
    return states;
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
    Linear states = new Linear(y.length);
    double mean = 0;
    for (double v : y) {
      mean += v / y.length;
    }
    double begin = mean;
    double[] best =
        Search.simplex(
            p ->
                isStable(p[0], p[1])
                    ? complex(y, p[0], p[1], states).solve(y[0], begin, 1e-3, 1e-2)
                    : Double.POSITIVE_INFINITY,
            new double[] {1.3, 1.0},
            new double[] {0.2, 0.05},
            90);
    double p0 = best[0];
    double p1 = best[1];
    complex(y, p0, p1, states).solve(y[0], begin, 1e-3, 1e-2);
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

  private static Linear complex(double[] y, double p0, double p1, Linear states) {
    states.clear();
    double l = 0;
    double c = 0;
    double la = 1;
    double ca = 0;
    double lb = 0;
    double cb = 1;
    double keep = 1 - p0;
    double turn = 1 - p1;
    double gain = p0 - p1;
    double lift = p0 + p1;
    for (double v : y) {
      double e = v - l;
      states.add(e, -la, -lb);
      double nextL = l - turn * c + gain * e;
      c = l + keep * c + lift * e;
      l = nextL;
      double nextA = la - turn * ca - gain * la;
      ca = la + keep * ca - lift * la;
      la = nextA;
      double nextB = lb - turn * cb - gain * lb;
      cb = lb + keep * cb - lift * lb;
      lb = nextB;
    }
    return states;
  }
}
