package io.millwright.maintenance.internal.wear;

import java.util.Arrays;

/**
 * How one unit wore from its first to its last row: a rising curve of its wear by age. Ages count
 * from 1. Before and after the record the curve goes on as straight lines.
 *
 * @param levels the wear at each age, rising
 * @param noise how far single readings stray from the curve
 */
record WearPath(double[] levels, double noise) {

  /** A unit is looked at from this many readings on. */
  static final int LEAST = 5;

  /** The half width of the smoothing as a share of the record, and at the least. */
  private static final double WIDTH = 0.08;

  private static final int NARROWEST = 5;

  /** So that a curve rises everywhere, as a share of its whole rise. */
  private static final double RISE = 1e-6;

  /** The curve of readings of which a larger one is more worn; not known ones are NaN. */
  static WearPath of(double[] readings) {
    double[] known = filled(readings);
    double[] levels = smooth(known);
    double squares = 0;
    for (int i = 0; i < levels.length; i++) {
      squares += Math.pow(known[i] - levels[i], 2) / levels.length;
    }
    double rise = levels[levels.length - 1] - levels[0];
    double least = RISE * (rise > 0 ? rise : Math.max(1e-12, Math.abs(levels[0])));
    for (int i = 0; i < levels.length; i++) {
      levels[i] += least * i;
    }
    return new WearPath(levels, Math.sqrt(squares));
  }

  /** How worn the unit was at its failure. */
  double end() {
    return levels[levels.length - 1];
  }

  /** The age at failure. */
  int life() {
    return levels.length;
  }

  /** The age at which the unit was so worn; below 1 and beyond the record where it never was. */
  double age(double level) {
    int n = levels.length;
    if (level <= levels[0]) {
      return 1 - (levels[0] - level) / slope(0, n / 3);
    }
    if (level >= levels[n - 1]) {
      return n + (level - levels[n - 1]) / slope(n - 1 - n / 5, n - 1);
    }
    int at = Arrays.binarySearch(levels, level);
    if (at >= 0) {
      return at + 1;
    }
    int up = -at - 1;
    return up + (level - levels[up - 1]) / (levels[up] - levels[up - 1]);
  }

  /** How worn the unit was at an age. */
  double level(double age) {
    int n = levels.length;
    if (age <= 1) {
      return levels[0] - (1 - age) * slope(0, n / 3);
    }
    if (age >= n) {
      return levels[n - 1] + (age - n) * slope(n - 1 - n / 5, n - 1);
    }
    int low = (int) Math.floor(age);
    return levels[low - 1] + (age - low) * (levels[low] - levels[low - 1]);
  }

  /** The mean rise a cycle around an age. */
  double slopeAt(double age) {
    return (level(age + NARROWEST) - level(age - NARROWEST)) / (2 * NARROWEST);
  }

  private double slope(int from, int to) {
    int last = Math.max(from + 1, to);
    int first = last >= levels.length ? levels.length - 2 : from;
    last = Math.min(last, levels.length - 1);
    return (levels[last] - levels[first]) / (last - first);
  }

  /** Readings that are not known lie on a line between those that are. */
  static double[] filled(double[] readings) {
    double[] filled = readings.clone();
    int before = -1;
    for (int i = 0; i <= filled.length; i++) {
      if (i < filled.length && !Double.isFinite(filled[i])) {
        continue;
      }
      for (int k = before + 1; k < i; k++) {
        double share = (double) (k - before) / (i - before);
        filled[k] =
            before < 0
                ? filled[i]
                : i == filled.length
                    ? filled[before]
                    : filled[before] + share * (filled[i] - filled[before]);
      }
      before = i;
    }
    return filled;
  }

  /**
   * Local lines under tricube weights (Cleveland 1979), then the closest curve that never falls
   * (pooling adjacent violators, Ayer et al. 1955).
   */
  static double[] smooth(double[] readings) {
    int n = readings.length;
    int half = Math.max(NARROWEST, (int) Math.ceil(WIDTH * n));
    double[] smooth = new double[n];
    for (int i = 0; i < n; i++) {
      double weight = 0;
      double x = 0;
      double y = 0;
      double xx = 0;
      double xy = 0;
      for (int k = Math.max(0, i - half); k <= Math.min(n - 1, i + half); k++) {
        double d = k - i;
        double w = Math.pow(1 - Math.pow(Math.abs(d) / (half + 1), 3), 3);
        weight += w;
        x += w * d;
        y += w * readings[k];
        xx += w * d * d;
        xy += w * d * readings[k];
      }
      double variance = xx - x * x / weight;
      double slope = variance > 0 ? (xy - x * y / weight) / variance : 0;
      smooth[i] = (y - slope * x) / weight;
    }
    return rising(smooth);
  }

  private static double[] rising(double[] values) {
    double[] level = new double[values.length];
    int[] count = new int[values.length];
    int blocks = 0;
    for (double value : values) {
      level[blocks] = value;
      count[blocks++] = 1;
      while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
        int both = count[blocks - 2] + count[blocks - 1];
        level[blocks - 2] =
            (level[blocks - 2] * count[blocks - 2] + level[blocks - 1] * count[blocks - 1]) / both;
        count[blocks - 2] = both;
        blocks--;
      }
    }
    double[] rising = new double[values.length];
    int at = 0;
    for (int b = 0; b < blocks; b++) {
      Arrays.fill(rising, at, at + count[b], level[b]);
      at += count[b];
    }
    return rising;
  }
}
