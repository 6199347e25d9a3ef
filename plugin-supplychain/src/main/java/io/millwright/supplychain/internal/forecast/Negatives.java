package io.millwright.supplychain.internal.forecast;

import java.util.Arrays;

/**
 * What demand does not do: fall below zero. The few values below zero of a history that is
 * otherwise never below: goods that came back, a credit note, a slip of the sign; no demand.
 * Quantities that cross zero by nature do so often, or come near it first.
 */
final class Negatives {

  private static final double FEW = 0.05;

  private static final int LEAST = 6;

  /** So large a share of the way from the middle to the lowest of the others is no tail of them. */
  private static final double APART = 0.5;

  private static final double SAME = 1e-6;

  private Negatives() {}

  /**
   * The same values with NaN for those below zero, if any of them are slips; else the same array.
   */
  static double[] without(double[] values) {
    double[] others = Arrays.stream(values).filter(v -> v >= 0).sorted().toArray();
    double[] below = Arrays.stream(values).filter(v -> v < 0).toArray();
    int known = others.length + below.length;
    if (below.length == 0 || known < LEAST || below.length > Math.max(1, FEW * known)) {
      return values;
    }
    double highest = Arrays.stream(below).max().orElse(0);
    double gap = others[0] - highest;
    boolean whole = Arrays.stream(values).allMatch(v -> Double.isNaN(v) || v == Math.rint(v));
    if (!whole && gap <= APART * (others[others.length / 2] - others[0])) {
      return values;
    }
    return Arrays.stream(values).map(v -> v < 0 ? Double.NaN : v).toArray();
  }

  /**
   * What was moved to the level of today without falling below zero where it never was: where a
   * stretch would, all that were moved are multiplied, not shifted.
   *
   * @param clean the values as they were
   * @param moved the same, each stretch shifted by an amount of its own
   */
  static double[] scaled(double[] clean, double[] moved) {
    if (Arrays.stream(clean).anyMatch(v -> v < 0) || Arrays.stream(moved).allMatch(v -> v >= 0)) {
      return moved;
    }
    double[] scaled = moved.clone();
    for (int from = 0; from < clean.length; ) {
      double by = moved[from] - clean[from];
      int to = from + 1;
      while (to < clean.length && Math.abs(moved[to] - clean[to] - by) <= SAME * Math.abs(by)) {
        to++;
      }
      double[] stretch = Arrays.copyOfRange(clean, from, to);
      double level = Arrays.stream(stretch).average().orElse(0);
      for (int t = from; t < to && by != 0; t++) {
        scaled[t] = level > 0 ? clean[t] * Math.max(0, level + by) / level : 0;
      }
      from = to;
    }
    return scaled;
  }
}
