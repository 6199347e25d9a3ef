package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the level of a course changes, seen afterwards: the exact optimum of squared error with a
 * penalty for each change, by pruned dynamic programming (PELT, Killick et al. 2012). Thread-safe
 * and deterministic.
 */
public final class ChangePoints {

  private static final int LEAST = 4;

  /** For normal noise: the deviation is the median of absolute differences over this. */
  private static final double DIFFERENCES = 0.6744897501960817 * Math.sqrt(2);

  private ChangePoints() {}

  /**
   * Finds changes of level with a penalty from the data: 3 log n noise variances, the noise by the
   * median of differences, so that a change does not count as noise, and doubled where readings
   * that follow each other are alike.
   *
   * @param course the values in order; finite, or NaN, which is left out
   * @return the places, from 0, at which a new level begins, ascending
   */
  public static List<Integer> ofLevel(double[] course) {
    int[] places =
        java.util.stream.IntStream.range(0, course.length)
            .filter(i -> Double.isFinite(course[i]))
            .toArray();
    int n = places.length;
    if (n < 2 * LEAST) {
      return List.of();
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = course[places[i]];
    }
    double[] steps = new double[n - 1];
    for (int i = 1; i < n; i++) {
      steps[i - 1] = Math.abs(x[i] - x[i - 1]);
    }
    double noise = Moments.median(steps) / DIFFERENCES;
    if (!(noise > 0)) {
      noise = Math.sqrt(Moments.variance(steps) / 2);
    }
    if (!(noise > 0)) {
      return List.of();
    }
    List<Integer> first = changes(x, 3 * Math.log(n) * noise * noise, LEAST);
    double inflation = memory(x, first);
    List<Integer> found =
        inflation > 1.2
            ? changes(x, 3 * Math.log(n) * noise * noise * inflation * inflation, LEAST)
            : first;
    return found.stream().map(i -> places[i]).toList();
  }

  /** How much alike neighbours are within the levels found: (1 + r) / (1 - r). */
  private static double memory(double[] x, List<Integer> changes) {
    double product = 0;
    double square = 0;
    int from = 0;
    for (int k = 0; k <= changes.size(); k++) {
      int to = k < changes.size() ? changes.get(k) : x.length;
      double mean = 0;
      for (int i = from; i < to; i++) {
        mean += x[i] / (to - from);
      }
      for (int i = from; i < to; i++) {
        square += (x[i] - mean) * (x[i] - mean);
        if (i > from) {
          product += (x[i] - mean) * (x[i - 1] - mean);
        }
      }
      from = to;
    }
    double r = square > 0 ? Math.max(0, Math.min(0.95, product / square)) : 0;
    return (1 + r) / (1 - r);
  }

  /**
   * Finds changes of level.
   *
   * @param course the values in order, finite
   * @param penalty the price of a change, in squared units of the values, above 0
   * @param least the shortest level, at least 1
   * @return the places, from 0, at which a new level begins, ascending
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for a value that is not finite,
   *     {@link ErrorCode#BAD_OPTION} for a penalty or length out of range
   */
  public static List<Integer> changes(double[] course, double penalty, int least) {
    if (!(penalty > 0) || least < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "penalty " + penalty + ", least " + least + "\nMaybe use ofLevel, which chooses them");
    }
    int n = course.length;
    double[] sums = new double[n + 1];
    double[] squares = new double[n + 1];
    double origin = n > 0 ? course[0] : 0;
    for (int i = 0; i < n; i++) {
      double v = course[i] - origin;
      if (!Double.isFinite(v)) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "value " + i + " is " + course[i] + "\nMaybe leave out what is missing");
      }
      sums[i + 1] = sums[i] + v;
      squares[i + 1] = squares[i] + v * v;
    }
    double[] best = new double[n + 1];
    int[] before = new int[n + 1];
    java.util.Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    int[] until = new int[n + 1];
    java.util.Arrays.fill(until, Integer.MAX_VALUE);
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int end = least; end <= n; end++) {
      for (int start : starts) {
        if (end - start >= least) {
          double cost = best[start] + cost(sums, squares, start, end) + penalty;
          if (cost < best[end]) {
            best[end] = cost;
            before[end] = start;
          }
        }
      }
      List<Integer> kept = new ArrayList<>();
      for (int start : starts) {
        // A worse start than this end stays until a level that begins here may be long enough.
        if (until[start] == Integer.MAX_VALUE
            && end - start >= least
            && best[start] + cost(sums, squares, start, end) > best[end] + 1e-9 * penalty) {
          until[start] = end + least;
        }
        if (end < until[start]) {
          kept.add(start);
        }
      }
      kept.add(end);
      starts = kept;
    }
    if (!Double.isFinite(best[n])) {
      return List.of();
    }
    List<Integer> changes = new ArrayList<>();
    for (int at = before[n]; at > 0; at = before[at]) {
      changes.add(at);
    }
    Collections.reverse(changes);
    return changes;
  }

  private static double cost(double[] sums, double[] squares, int from, int to) {
    double sum = sums[to] - sums[from];
    return squares[to] - squares[from] - sum * sum / (to - from);
  }
}
