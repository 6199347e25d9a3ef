package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.internal.classic.Fit;
import io.millwright.supplychain.internal.classic.Seasons;
import io.millwright.supplychain.internal.classic.Smoothing;

/**
 * What was seen in a series at some moment.
 *
 * @param fits what each method said
 * @param traits what kind of series it is, see {@link #TRAITS}
 * @param inside the mean absolute error of simple smoothing over the first periods, at many starts
 *     inside the series, its seasons and drift taken out; NaN when it is too short
 * @param alpha how much of a step lasts, from 0 for a series that stays at its level to 1 for one
 *     that walks: the parameter of simple smoothing without seasons and drift
 */
record Seen(Fit[] fits, double[] traits, double inside, double alpha) {

  /**
   * The traits: whether a season was found; whether it changes; how much of a step lasts; how
   * strongly values follow a line; how long the series is, on logarithms.
   */
  static final int TRAITS = 5;

  private static final int LEAST = 6;

  /** Looks. */
  static Seen of(double[] y, int[] lengths, Seasons seasons, Fit[] fits, int step) {
    double[] x = seasons.adjusted();
    int n = x.length;
    double drift = n > 1 ? (x[n - 1] - x[0]) / (n - 1) : 0;
    double[] flat = new double[n];
    for (int t = 0; t < n; t++) {
      flat[t] = x[t] - t * drift;
    }
    double alpha = n < LEAST ? 0.5 : Smoothing.alpha(flat);
    double cycle = lengths.length == 0 ? 8 : 4.0 * lengths[0];
    double[] traits = {
      seasons.any() ? 1 : -1,
      seasons.isChanging() ? 1 : -1,
      2 * alpha - 1,
      2 * line(x) - 1,
      Math.max(-1, Math.min(1, Math.log(n / cycle) / 1.5))
    };
    double inside = n < LEAST ? Double.NaN : seasons.inflation() * inside(flat, alpha, step);
    return new Seen(fits, traits, inside, alpha);
  }

  /** The absolute correlation with time. */
  private static double line(double[] x) {
    int n = x.length;
    double mean = 0;
    for (double v : x) {
      mean += v / n;
    }
    double both = 0;
    double squares = 0;
    double times = 0;
    for (int t = 0; t < n; t++) {
      double at = t - (n - 1) / 2.0;
      both += at * (x[t] - mean);
      squares += (x[t] - mean) * (x[t] - mean);
      times += at * at;
    }
    return squares > 0 && times > 0 ? Math.abs(both) / Math.sqrt(squares * times) : 0;
  }

  private static double inside(double[] flat, double alpha, int step) {
    int n = flat.length;
    double level = flat[0];
    double sum = 0;
    int count = 0;
    int reach = Math.min(step, n / 3);
    for (int t = 0; t + 1 < n; t++) {
      level += alpha * (flat[t] - level);
      if (t >= n / 4) {
        for (int h = 1; h <= reach && t + h < n; h += Math.max(1, reach / 4)) {
          sum += Math.abs(flat[t + h] - level);
          count++;
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count * several(alpha, step) / several(alpha, reach);
  }

  /**
   * How errors grow with the period, beside their mean over the first periods: as those of simple
   * smoothing (Hyndman et al. 2008, table 6.1).
   *
   * @param step over how many periods the mean goes
   */
  double[] growth(int step, int horizon) {
    double mean = several(step);
    double[] growth = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      growth[h] = Math.sqrt(1 + h * alpha * alpha) / mean;
    }
    return growth;
  }

  /** The same of the sums of the first periods. */
  double[] growthOfSums(int step, int horizon) {
    double mean = several(step);
    double[] growth = new double[horizon];
    double squares = 0;
    for (int h = 0; h < horizon; h++) {
      squares += (1 + alpha * h) * (1 + alpha * h);
      growth[h] = Math.sqrt(squares) / mean;
    }
    return growth;
  }

  /** How much larger errors over the first periods are than those of the next one. */
  double several(int step) {
    return several(alpha, step);
  }

  private static double several(double alpha, int step) {
    double sum = 0;
    for (int h = 0; h < step; h++) {
      sum += Math.sqrt(1 + h * alpha * alpha);
    }
    return step == 0 ? 1 : sum / step;
  }
}
