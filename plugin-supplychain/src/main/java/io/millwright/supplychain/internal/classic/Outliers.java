package io.millwright.supplychain.internal.classic;

import java.util.Arrays;

/**
 * Finds values that lie far from everything near them: from the values before and after, and, where
 * there is a season, from the same phase of other cycles too, so that peaks that return are none.
 * Distances are measured by medians, so that what is looked for does not hide itself (Hampel 1974).
 */
public final class Outliers {

  /**
   * So many median distances from all others make an outlier; at the end, where nothing follows.
   */
  private static final double FAR = 6;

  private static final double FAR_AT_END = 10;

  /** A share of the usual size that is never far. */
  private static final double NEAR = 0.03;

  /** More than this share are no slips but the nature of the series. */
  private static final double MOST = 0.1;

  private static final int SIDE = 5;
  private static final int LEAST = 10;
  private static final double DEVIATION = 1.4826;

  private Outliers() {}

  /**
   * Which values are outliers.
   *
   * @param y the series without gaps
   * @param lengths the lengths of seasons that may be there
   */
  public static boolean[] of(double[] y, int... lengths) {
    boolean[] far = new boolean[y.length];
    if (y.length < LEAST || !suspects(y)) {
      return far;
    }
    Arrays.fill(far, true);
    keep(far, y, lengths);
    if (any(far) && Seasons.isPositive(y)) {
      double[] logs = new double[y.length];
      for (int t = 0; t < y.length; t++) {
        logs[t] = Math.log(y[t]);
      }
      keep(far, logs, lengths);
    }
    int count = 0;
    for (boolean f : far) {
      count += f ? 1 : 0;
    }
    return count <= Math.max(1, MOST * y.length) ? far : new boolean[y.length];
  }

  /** A quick look: whether any step is much larger than the usual one. */
  private static boolean suspects(double[] y) {
    double[] steps = new double[y.length - 1];
    double most = 0;
    for (int t = 1; t < y.length; t++) {
      steps[t - 1] = Math.abs(y[t] - y[t - 1]);
      most = Math.max(most, steps[t - 1]);
    }
    return most > 4 * median(steps, steps.length);
  }

  private static boolean any(boolean[] far) {
    for (boolean f : far) {
      if (f) {
        return true;
      }
    }
    return false;
  }

  /** Takes out what is near on this scale. */
  private static void keep(boolean[] far, double[] y, int[] lengths) {
    double[] sizes = new double[y.length];
    boolean logs = false;
    for (int t = 0; t < y.length; t++) {
      sizes[t] = Math.abs(y[t]);
      logs |= y[t] < 0;
    }
    double least = logs ? NEAR : NEAR * median(sizes, sizes.length);
    double[] beside = new double[y.length];
    double[] buffer = new double[2 * SIDE];
    for (int t = 0; t < y.length; t++) {
      beside[t] = Math.min(side(y, t, -1, buffer), side(y, t, 1, buffer));
    }
    take(far, beside, least);
    for (int length : lengths) {
      if (y.length >= 2 * length && any(far)) {
        take(far, cycles(y, length), least);
      }
    }
  }

  private static void take(boolean[] far, double[] distances, double least) {
    double usual = Math.max(least / 2, DEVIATION * median(distances, distances.length));
    for (int t = 0; t < far.length; t++) {
      far[t] &= distances[t] > (t == far.length - 1 ? FAR_AT_END : FAR) * usual;
    }
  }

  /** The distance from the median of the next values on one side; infinite at the ends. */
  private static double side(double[] y, int t, int direction, double[] buffer) {
    int n = 0;
    for (int k = 1; k <= SIDE && t + direction * k >= 0 && t + direction * k < y.length; k++) {
      buffer[n++] = y[t + direction * k];
    }
    return n == 0 || (direction < 0 && n < 3)
        ? Double.POSITIVE_INFINITY
        : Math.abs(y[t] - median(buffer, n));
  }

  /** The distance from the nearest of the same phase in the cycles around, levels taken out. */
  private static double[] cycles(double[] y, int length) {
    double[] rest = new double[y.length];
    double[] window = new double[Math.min(y.length, length + 1)];
    for (int t = 0; t < y.length; t++) {
      int from = Math.max(0, Math.min(t - length / 2, y.length - window.length));
      System.arraycopy(y, from, window, 0, window.length);
      rest[t] = y[t] - median(window.clone(), window.length);
    }
    double[] distances = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int k = -2; k <= 2; k++) {
        int at = t + k * length;
        if (k != 0 && at >= 0 && at < y.length) {
          nearest = Math.min(nearest, Math.abs(rest[t] - rest[at]));
        }
      }
      distances[t] = nearest;
    }
    return distances;
  }

  /** The median of the first values, found without sorting them all (Hoare 1961). */
  static double median(double[] values, int n) {
    double[] x = Arrays.copyOf(values, n);
    int middle = n / 2;
    int low = 0;
    int high = n - 1;
    while (low < high) {
      double pivot = x[middle];
      int i = low;
      int j = high;
      while (i <= j) {
        while (x[i] < pivot) {
          i++;
        }
        while (pivot < x[j]) {
          j--;
        }
        if (i <= j) {
          double swapped = x[i];
          x[i++] = x[j];
          x[j--] = swapped;
        }
      }
      low = j < middle ? i : low;
      high = middle < i ? j : high;
    }
    if (n % 2 == 1) {
      return x[middle];
    }
    double below = x[0];
    for (int k = 1; k < middle; k++) {
      below = Math.max(below, x[k]);
    }
    return (below + x[middle]) / 2;
  }
}
