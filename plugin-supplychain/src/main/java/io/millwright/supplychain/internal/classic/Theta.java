package io.millwright.supplychain.internal.classic;

/**
 * The Theta method: the standard one (Assimakopoulos and Nikolopoulos 2000, as simple exponential
 * smoothing with half the slope of a line, Hyndman and Billah 2003), and the dynamic optimised one
 * (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016), whose line follows the series.
 */
public final class Theta {

  private static final double LEAST_ALPHA = 0.1;

  private Theta() {}

  /** The standard method. */
  public static Fit standard(double[] y, int horizon) {
    Fit level = Smoothing.simple(y, horizon);
    int n = y.length;
    if (n < 3) {
      return level;
    }
    double mean = 0;
    double slope = 0;
    for (int t = 0; t < n; t++) {
      mean += y[t] / n;
    }
    for (int t = 0; t < n; t++) {
      slope += (t - (n - 1) / 2.0) * (y[t] - mean);
    }
    slope *= 12.0 / n / (n * (double) n - 1);
    double[] forecast = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      forecast[h] = level.mean()[h] + slope / 2 * (h + 1);
    }
    return new Fit(forecast, level.error());
  }

  /**
   * The dynamic optimised method. The one-step forecast is linear in the first level and in w = 1 -
   * 1/theta, so for each smoothing parameter both follow by least squares, and the search is on a
   * line.
   */
  public static Fit dynamic(double[] y, int horizon) {
    if (y.length < 4) {
      return standard(y, horizon);
    }
    Linear states = new Linear(y.length);
    double alpha = Search.golden(a -> fit(y, a, states), LEAST_ALPHA, 0.99, 19, 18);
    fit(y, alpha, states);
    double w = states.b;
    double level = states.a;
    Line line = new Line();
    double error = 0;
    double[] forecast = new double[horizon];
    for (int t = 0; t < y.length + horizon; t++) {
      double said = level + w * line.pull(alpha, t);
      double v = said;
      if (t < y.length) {
        v = y[t];
        error += Math.abs(v - said);
      } else {
        forecast[t - y.length] = said;
      }
      level += alpha * (v - level);
      line.add(v);
    }
    return new Fit(forecast, error / y.length);
  }

  private static double fit(double[] y, double alpha, Linear states) {
    states.clear();
    Line line = new Line();
    double level = 0;
    double begin = 1;
    for (int t = 0; t < y.length; t++) {
      // The first two periods do not yet have a line.
      if (t >= 2) {
        states.add(y[t] - level, -begin, -line.pull(alpha, t));
      }
      level += alpha * (y[t] - level);
      begin *= 1 - alpha;
      line.add(y[t]);
    }
    double squares = states.solve(y[0], 0.5, 1e-3, 1e-6);
    if (states.b >= 0 && states.b <= 1) {
      return squares;
    }
    double w = states.b < 0 ? 0 : 1;
    states.solve(y[0], w, 1e-3, 1e12);
    states.b = w;
    return states.squares();
  }

  /** The line of least squares through the values so far, moved on value by value. */
  private static final class Line {
    private int n;
    private double mean;
    private double intercept;
    private double slope;

    void add(double v) {
      n++;
      if (n == 1) {
        mean = v;
        intercept = v;
        slope = 0;
        return;
      }
      slope = ((n - 2) * slope + 6.0 / n * (v - mean)) / (n + 1);
      mean += (v - mean) / n;
      intercept = mean - (n + 1) / 2.0 * slope;
    }

    /** What the line adds to the level at full weight, {@code t} values being known. */
    double pull(double alpha, int t) {
      if (t == 0) {
        return 0;
      }
      double left = Math.pow(1 - alpha, t);
      return left * intercept + (1 - left * (1 - alpha)) / alpha * slope;
    }
  }
}
