package io.millwright.supplychain.internal.classic;

/**
 * The Theta method: the standard one (Assimakopoulos and Nikolopoulos 2000, as simple exponential
 * smoothing with half the slope of a line, Hyndman and Billah 2003), and the dynamic optimised one
 * (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016), whose line follows the series.
 */
public final class Theta {

  private static final double LEAST_ALPHA = 0.1;

  private Theta() {}

  /**
   * The standard method.
   *
   * @param level what simple exponential smoothing says of the series
   */
  static Fit standard(double[] y, Fit level, int horizon) {
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
  static Fit dynamic(double[] y, Fit simple, int horizon) {
    if (y.length < 4) {
      return standard(y, simple, horizon);
    }
    Linear states = new Linear(y);
    Lines lines = new Lines(y, horizon);
    double alpha = Search.golden(a -> fit(y, a, lines, states), LEAST_ALPHA, 0.99, 19, 18);
    fit(y, alpha, lines, states);
    double w = states.b;
    double level = states.a;
    double error = 0;
    double left = 1;
    double[] forecast = new double[horizon];
    for (int t = 0; t < y.length + horizon; t++) {
      double said = level + w * lines.pull(alpha, left, t);
      double v = said;
      if (t < y.length) {
        v = y[t];
        error += Math.abs(v - said);
      } else {
        forecast[t - y.length] = said;
      }
      level += alpha * (v - level);
      left *= 1 - alpha;
      lines.add(t, v);
    }
    return new Fit(forecast, error / y.length);
  }

  private static double fit(double[] y, double alpha, Lines lines, Linear states) {
    double squares = states.run(alpha, lines.intercepts, lines.slopes).solve(y[0], 0.5, 1e-3, 1e-6);
    if (states.b >= 0 && states.b <= 1) {
      return squares;
    }
    double w = states.b < 0 ? 0 : 1;
    states.solve(y[0], w, 1e-3, 1e12);
    states.b = w;
    return states.squares();
  }

  /** The lines of least squares through all values before each period. */
  private static final class Lines {
    private final double[] intercepts;
    private final double[] slopes;
    private double mean;

    Lines(double[] y, int horizon) {
      intercepts = new double[y.length + horizon + 1];
      slopes = new double[y.length + horizon + 1];
      for (int t = 0; t < y.length; t++) {
        add(t, y[t]);
      }
    }

    /** Moves the line on by the value of a period. */
    void add(int t, double v) {
      int n = t + 1;
      if (n == 1) {
        mean = v;
        intercepts[1] = v;
        return;
      }
      slopes[n] = ((n - 2) * slopes[t] + 6.0 / n * (v - mean)) / (n + 1);
      mean += (v - mean) / n;
      intercepts[n] = mean - (n + 1) / 2.0 * slopes[n];
    }

    /**
     * What the line adds to the level at full weight.
     *
     * @param left what is left of the level of the beginning
     * @param t how many values are known
     */
    double pull(double alpha, double left, int t) {
      return left * intercepts[t] + (1 - left * (1 - alpha)) / alpha * slopes[t];
    }
  }
}
