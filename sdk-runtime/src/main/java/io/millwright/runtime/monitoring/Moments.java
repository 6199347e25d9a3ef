package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** Small sums, and numbers of strangers checked. */
final class Moments {

  private Moments() {}

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return sum / values.length;
  }

  static double median(double[] values) {
    return quantile(values, 0.5);
  }

  /** Linear between the values in order. */
  static double quantile(double[] values, double probability) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = probability * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  static double[] numbers(SortedMap<String, List<Double>> all, String name, int length) {
    List<Double> values = all.get(name);
    if (values == null || values.isEmpty() || (length >= 0 && values.size() != length)) {
      throw bad(name, "has " + (values == null ? "no" : values.size() + "") + " numbers");
    }
    double[] array = values.stream().mapToDouble(v -> v).toArray();
    if (!Arrays.stream(array).allMatch(Double::isFinite)) {
      throw bad(name, "holds a number that is not finite");
    }
    return array;
  }

  static int whole(double value, String name, int low, int high) {
    if (value != Math.rint(value) || value < low || value > high) {
      throw bad(name, "holds " + value + ", outside " + low + " to " + high);
    }
    return (int) value;
  }

  static MillwrightException bad(String name, String why) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "the numbers \"" + name + "\" of a monitoring model: it " + why + "\nMaybe train it again");
  }
}
