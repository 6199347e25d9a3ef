package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955): turns a strength into the
 * share of cases like it that came true. Between the blocks it is linear.
 */
final class Isotonic {

  /** So many cases a block has at least; fewer say too little. */
  private static final int LEAST = 200;

  /** Few cases make smaller blocks, or all would be one. */
  private static final int FEWEST = 30;

  private static final int BLOCKS = 40;

  private final double[] at;
  private final double[] share;

  private Isotonic(double[] at, double[] share) {
    this.at = at;
    this.share = share;
  }

  /**
   * A curve of given points.
   *
   * @throws IllegalArgumentException when they do not rise, or are no shares
   */
  static Isotonic of(double[] at, double[] share) {
    boolean sound = at.length == share.length && at.length > 0;
    for (int k = 0; sound && k < at.length; k++) {
      sound = Double.isFinite(at[k]) && share[k] >= 0 && share[k] <= 1;
      sound = sound && (k == 0 || at[k] >= at[k - 1] && share[k] >= share[k - 1]);
    }
    if (!sound) {
      throw new IllegalArgumentException("the calibration does not rise");
    }
    return new Isotonic(at, share);
  }

  double[] at() {
    return at.clone();
  }

  double[] shares() {
    return share.clone();
  }

  static Isotonic fit(double[] strength, double[] hit) {
    int n = strength.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(k -> strength[k]));
    int least = Math.max(FEWEST, Math.min(LEAST, n / BLOCKS));
    int groups = Math.max(1, n / least);
    double[] x = new double[groups];
    double[] y = new double[groups];
    double[] w = new double[groups];
    int size = 0;
    for (int b = 0; b < groups; b++) {
      int from = (int) ((long) b * n / groups);
      int to = (int) ((long) (b + 1) * n / groups);
      double sx = 0;
      double sy = 0;
      for (int k = from; k < to; k++) {
        sx += strength[order[k]];
        sy += hit[order[k]];
      }
      x[size] = sx;
      y[size] = sy;
      w[size] = to - from;
      size++;
      while (size > 1 && y[size - 2] * w[size - 1] >= y[size - 1] * w[size - 2]) {
        x[size - 2] += x[size - 1];
        y[size - 2] += y[size - 1];
        w[size - 2] += w[size - 1];
        size--;
      }
    }
    double[] at = new double[size];
    double[] share = new double[size];
    for (int k = 0; k < size; k++) {
      at[k] = w[k] > 0 ? x[k] / w[k] : 0;
      share[k] = w[k] > 0 ? y[k] / w[k] : 0;
    }
    return new Isotonic(at, share);
  }

  double of(double strength) {
    int k = Arrays.binarySearch(at, strength);
    if (k >= 0) {
      return share[k];
    }
    int above = -k - 1;
    if (above == 0) {
      return share[0];
    }
    if (above == at.length) {
      return share[above - 1];
    }
    double part = (strength - at[above - 1]) / (at[above] - at[above - 1]);
    return share[above - 1] + part * (share[above] - share[above - 1]);
  }
}
