package io.millwright.benchmarks.trust;

import io.millwright.runtime.watch.UnlabelledEstimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Windows drawn from rows that neither a model nor an estimator saw, with planted shifts of inputs:
 * rows are drawn with weights of exp(0.8 standard deviations of what shifts). Counts how often an
 * estimate is near the truth, and its interval holds it. Not thread-safe.
 */
final class UnlabelledWindows {

  private static final double STRENGTH = 0.8;

  private final Map<String, double[]> counts = new LinkedHashMap<>();

  /** A figure's estimate beside its truth. */
  void add(String what, UnlabelledEstimate said, double truth, double near) {
    add(what, said, Double.NaN, truth, near);
  }

  /**
   * The same, beside an estimate of one who knows the truths of all rows, but not of the window.
   */
  void add(String what, UnlabelledEstimate said, double knowing, double truth, double near) {
    double[] c = counts.computeIfAbsent(what, w -> new double[5]);
    c[0]++;
    c[1] += Math.abs(said.value() - truth) < near ? 1 : 0;
    c[2] += truth >= said.low() && truth <= said.high() ? 1 : 0;
    c[3] += said.known() ? 1 : 0;
    c[4] += Math.abs(knowing - truth) < near ? 1 : 0;
  }

  /** Prints a line for each figure. */
  void print() {
    counts.forEach(
        (what, c) ->
            System.out.printf(
                Locale.ROOT,
                "%-60s near %3.0f %%, interval %3.0f %%, said to be known %3.0f %%, chance alone"
                    + " %3.0f %% of %.0f%n",
                what,
                100 * c[1] / c[0],
                100 * c[2] / c[0],
                100 * c[3] / c[0],
                100 * c[4] / c[0],
                c[0]));
    counts.clear();
  }

  /** Log weights of rows: high values are drawn more often, or low ones. */
  static double[] weights(double[] values, boolean high) {
    double mean = Arrays.stream(values).average().orElse(0);
    double sd =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(1));
    double strength = high ? STRENGTH : -STRENGTH;
    return Arrays.stream(values).map(v -> sd > 0 ? strength * (v - mean) / sd : 0).toArray();
  }

  /** Rows drawn with weights, again and again. */
  static int[] draw(SplittableRandom random, double[] logWeight, int size) {
    double[] cumulative = new double[logWeight.length];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.exp(logWeight[i]);
      cumulative[i] = sum;
    }
    int[] rows = new int[size];
    for (int i = 0; i < rows.length; i++) {
      int at = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
      rows[i] = Math.min(cumulative.length - 1, at < 0 ? -at - 1 : at);
    }
    return rows;
  }

  /** The numbers below n in an order drawn by key. */
  static int[] order(int n, long key) {
    SplittableRandom random = new SplittableRandom(key);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[k];
      order[k] = t;
    }
    return order;
  }

  static double[] at(double[] values, int... rows) {
    return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }
}
