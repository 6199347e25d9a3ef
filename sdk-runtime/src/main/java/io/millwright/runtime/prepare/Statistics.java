package io.millwright.runtime.prepare;

import java.util.Arrays;

/** The few figures that steps learn. Arrays hold finite values only. */
final class Statistics {

  private Statistics() {}

  static double mean(double[] values) {
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += (values[i] - mean) / (i + 1);
    }
    return mean;
  }

  static double deviation(double[] values, double mean) {
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return values.length == 0 ? 0 : Math.sqrt(sum / values.length);
  }

  /** Linear between the order statistics (Hyndman and Fan 1996, definition 7). */
  static double quantile(double[] values, double p) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return quantileOfSorted(sorted, p);
  }

  static double quantileOfSorted(double[] sorted, double p) {
    double place = p * (sorted.length - 1);
    int i = (int) place;
    return i + 1 < sorted.length
        ? sorted[i] + (place - i) * (sorted[i + 1] - sorted[i])
        : sorted[i];
  }

  /**
   * The values without a few that would make up nearly all of their variance: a hundredth at the
   * most, without which the deviation is less than a tenth of what it was. All where there are none
   * such, or where the others do not vary.
   */
  static double[] undominated(double[] values) {
    if (values.length < 20) {
      return values;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double middle = quantileOfSorted(sorted, 0.5);
    int from = 0;
    int to = sorted.length;
    for (int out = Math.max(1, sorted.length / 100); out > 0; out--) {
      if (middle - sorted[from] > sorted[to - 1] - middle) {
        from++;
      } else {
        to--;
      }
    }
    double[] rest = Arrays.copyOfRange(sorted, from, to);
    return varies(rest) && deviation(values, mean(values)) > 10 * deviation(rest, mean(rest))
        ? rest
        : values;
  }

  /** Whether values differ by more than rounding. */
  static boolean varies(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    return high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  }
}
