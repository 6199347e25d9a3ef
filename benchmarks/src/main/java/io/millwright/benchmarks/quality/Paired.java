package io.millwright.benchmarks.quality;

import java.util.Arrays;

/** Compares two risks of the same rows, in standard errors of the difference. */
final class Paired {

  private static final double TINY = 1e-12;

  private Paired() {}

  static double loss(boolean[] failed, double[] risk) {
    double sum = 0;
    for (int i = 0; i < risk.length; i++) {
      sum += loss(failed[i], risk[i]);
    }
    return sum / risk.length;
  }

  private static double loss(boolean failed, double risk) {
    return -Math.log(Math.max(TINY, failed ? risk : 1 - risk));
  }

  /** By how many standard errors the first has the larger log loss. */
  static double loss(boolean[] failed, double[] one, double[] other) {
    double[] d = new double[one.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = loss(failed[i], one[i]) - loss(failed[i], other[i]);
    }
    return mean(d) / Math.max(TINY, Math.sqrt(variance(d) / d.length));
  }

  static double auc(boolean[] failed, double[] risk) {
    return mean(places(failed, risk)[0]);
  }

  /** By how many standard errors the second has the larger area (DeLong and others 1988). */
  static double auc(boolean[] failed, double[] one, double[] other) {
    double[][] a = places(failed, one);
    double[][] b = places(failed, other);
    double variance = 0;
    for (int side = 0; side < 2; side++) {
      double[] d = new double[a[side].length];
      for (int i = 0; i < d.length; i++) {
        d[i] = b[side][i] - a[side][i];
      }
      variance += variance(d) / d.length;
    }
    return (mean(b[0]) - mean(a[0])) / Math.max(TINY, Math.sqrt(variance));
  }

  /** For each failed row the share of others below it, and for each other the share above. */
  private static double[][] places(boolean[] failed, double[] risk) {
    int bad = 0;
    for (boolean f : failed) {
      bad += f ? 1 : 0;
    }
    double[] high = new double[bad];
    double[] low = new double[failed.length - bad];
    int h = 0;
    int l = 0;
    for (int i = 0; i < failed.length; i++) {
      if (failed[i]) {
        high[h++] = risk[i];
      } else {
        low[l++] = risk[i];
      }
    }
    double[] sortedHigh = high.clone();
    double[] sortedLow = low.clone();
    Arrays.sort(sortedHigh);
    Arrays.sort(sortedLow);
    double[] above = Arrays.stream(high).map(v -> below(sortedLow, v)).toArray();
    double[] under = Arrays.stream(low).map(v -> 1 - below(sortedHigh, v)).toArray();
    return new double[][] {above, under};
  }

  /** The share of sorted values below one, ties counting half. */
  private static double below(double[] sorted, double value) {
    return (first(sorted, value, false) + first(sorted, value, true)) / (2.0 * sorted.length);
  }

  /** How many values are smaller, or not larger. */
  private static int first(double[] sorted, double value, boolean ties) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (sorted[middle] < value || (ties && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double mean(double[] d) {
    return Arrays.stream(d).average().orElse(Double.NaN);
  }

  private static double variance(double[] d) {
    double mean = mean(d);
    return Arrays.stream(d).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, d.length - 1);
  }
}
