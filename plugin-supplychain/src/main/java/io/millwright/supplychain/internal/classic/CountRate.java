package io.millwright.supplychain.internal.classic;

import java.util.Arrays;
import java.util.List;

/**
 * The rate of demand that comes now and then, learnt from all series at once: the logarithm of the
 * mean over the horizon is linear in the logarithms of rates with short and long memories (each
 * drawn to the rate of all series), of the time since the last demand and of its size. So articles
 * that fade, or have only just begun, are treated as articles like them fared. Fitted as a
 * generalised linear model of Poisson kind by Newton's method (Nelder and Wedderburn 1972) at
 * rolling origins.
 *
 * @param rate the mean of all series
 * @param slopes the weights of the features
 */
public record CountRate(double rate, double[] slopes) {

  private static final double[] KEEP = {0.5, 0.8, 0.92, 0.98};
  private static final double WEIGHT = 2;
  private static final int FEATURES = KEEP.length + 4;
  private static final int ORIGINS = 6;
  private static final int LEAST = 6;
  private static final double RIDGE = 3;

  /** So few series draw the slopes twice as strongly to a plain long memory. */
  private static final double FEW = 300;

  private static final int STEPS = 25;

  /** The number of slopes. */
  public static int size() {
    return FEATURES;
  }

  /** The expected demand of one period after a history; NaN is a missing period. */
  public double mean(double[] y) {
    return of(features(y, y.length, rate));
  }

  private double of(double[] x) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += slopes[k] * x[k];
    }
    return rate * Math.exp(Math.max(-12, Math.min(12, sum)));
  }

  private static double[] features(double[] y, int until, double rate) {
    double[] x = new double[FEATURES];
    double[] sum = new double[KEEP.length];
    double[] size = new double[KEEP.length];
    int since = 0;
    int known = 0;
    double last = 0;
    for (int t = 0; t < until; t++) {
      boolean missing = Double.isNaN(y[t]);
      for (int k = 0; k < KEEP.length; k++) {
        sum[k] = KEEP[k] * sum[k] + (missing ? 0 : y[t]);
        size[k] = KEEP[k] * size[k] + (missing ? 0 : 1);
      }
      known += missing ? 0 : 1;
      since++;
      if (!missing && y[t] > 0) {
        since = 0;
        last = y[t];
      }
    }
    x[0] = 1;
    for (int k = 0; k < KEEP.length; k++) {
      x[1 + k] = Math.log((WEIGHT * rate + sum[k]) / (WEIGHT + size[k]) / rate);
    }
    x[KEEP.length + 1] = Math.log1p(since) - 1;
    x[KEEP.length + 2] = Math.log1p(last);
    x[KEEP.length + 3] = Math.log1p(known) - 3;
    return x;
  }

  /**
   * Fits the slopes.
   *
   * @param histories counts, NaN where missing
   * @param horizon over how many periods means are wanted
   * @param unit how many pieces come together on average, of which each is no evidence of its own
   */
  public static CountRate fit(List<double[]> histories, int horizon, double unit) {
    double total = 0;
    double known = 0;
    for (double[] y : histories) {
      for (double v : y) {
        if (!Double.isNaN(v)) {
          total += v;
          known++;
        }
      }
    }
    double rate = known > 0 ? Math.max(1e-6, total / known) : 1e-6;
    double[][] rows = new double[histories.size() * ORIGINS][];
    double[] sums = new double[rows.length];
    double[] periods = new double[rows.length];
    int n = 0;
    for (double[] y : histories) {
      int step = Math.max(1, horizon / 4);
      for (int k = 0; k < ORIGINS; k++) {
        int origin = y.length - horizon - k * step;
        if (origin < LEAST) {
          break;
        }
        for (int t = origin; t < origin + horizon; t++) {
          if (!Double.isNaN(y[t])) {
            sums[n] += y[t];
            periods[n]++;
          }
        }
        if (periods[n] > 0) {
          rows[n++] = features(y, origin, rate);
        }
      }
    }
    CountRate model = new CountRate(rate, start());
    for (int i = 0; i < STEPS && n > 0; i++) {
      model = model.step(rows, sums, periods, n, unit * RIDGE * (1 + FEW / histories.size()));
    }
    return model;
  }

  /** Without any series to learn from, the long memories are the rate. */
  private static double[] start() {
    double[] slopes = new double[FEATURES];
    slopes[3] = 0.3;
    slopes[4] = 0.7;
    return slopes;
  }

  private CountRate step(double[][] rows, double[] sums, double[] periods, int n, double ridge) {
    double[][] h = new double[FEATURES][FEATURES + 1];
    double[] begin = start();
    for (int k = 0; k < FEATURES; k++) {
      h[k][k] = ridge;
      h[k][FEATURES] = ridge * (begin[k] - slopes[k]);
    }
    for (int i = 0; i < n; i++) {
      double m = periods[i] * of(rows[i]);
      double g = sums[i] - m;
      for (int k = 0; k < FEATURES; k++) {
        double x = rows[i][k];
        h[k][FEATURES] += g * x;
        for (int j = 0; j < FEATURES; j++) {
          h[k][j] += m * x * rows[i][j];
        }
      }
    }
    double[] move = solve(h);
    double longest = Arrays.stream(move).map(Math::abs).max().orElse(0);
    double damping = longest > 0.5 ? 0.5 / longest : 1;
    double[] next = slopes.clone();
    for (int k = 0; k < FEATURES; k++) {
      next[k] += damping * move[k];
    }
    return new CountRate(rate, next);
  }

  /** Gauss' elimination; the ridge makes the matrix positive definite, so no pivots are needed. */
  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int k = 0; k < n; k++) {
      for (int i = k + 1; i < n; i++) {
        double f = a[i][k] / a[k][k];
        for (int j = k; j <= n; j++) {
          a[i][j] -= f * a[k][j];
        }
      }
    }
    double[] x = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      double sum = a[k][n];
      for (int j = k + 1; j < n; j++) {
        sum -= a[k][j] * x[j];
      }
      x[k] = sum / a[k][k];
    }
    return x;
  }
}
