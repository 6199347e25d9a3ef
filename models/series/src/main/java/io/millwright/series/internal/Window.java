package io.millwright.series.internal;

import java.util.Arrays;

/**
 * A history as the network sees it: patches of its latest periods, and patches of the seasons that
 * the periods ahead would have if nothing changed. Numbers are distances from the latest level over
 * the size of the history's changes, drawn together by the inverse hyperbolic sine, so that series
 * of all sizes look alike. Not thread-safe.
 */
public final class Window {

  /** The periods of one patch. */
  public static final int PATCH = 8;

  /** The patches of the past. */
  public static final int PAST = 24;

  /** The patches ahead. */
  public static final int AHEAD = 6;

  /** The numbers of a patch of the past: values, values without season, the share that is known. */
  public static final int PAST_WIDTH = 2 * PATCH + 1;

  private static final int TRAITS = 8;

  /** The numbers of a patch ahead: two views of the season, and traits of the whole history. */
  public static final int AHEAD_WIDTH = 2 * PATCH + TRAITS;

  /** The periods that one run of the network foretells. */
  public static final int STEPS = PATCH * AHEAD;

  /** The size of an input. */
  public static final int INPUTS = PAST * PAST_WIDTH + AHEAD * AHEAD_WIDTH;

  private static final int MOST_CYCLES = 5;
  private static final int WEEK = 7;
  private static final double FAR = 8;
  private static final int LAG = 8;
  private static final double ROUNDING = 1e-12;
  private static final double LEAST_SCALE = 1e-5;
  private static final int LEVEL_PERIODS = 8;
  private static final double LEVEL_MEMORY = 0.6;

  private final double[] known;
  private final double[] y;
  private final double[] adjusted;
  private final Cycles season;
  private final Cycles other;
  private final int[] lengths;
  private final double level;
  private final double scale;

  private Window(double[] history, int[] lengths) {
    known = history;
    y = filled(history, lengths);
    int n = y.length;
    this.lengths = Arrays.stream(lengths).filter(l -> l >= 2 && n >= 2 * l).sorted().toArray();
    int count = this.lengths.length;
    int longest = count == 0 ? 1 : this.lengths[count - 1];
    season = Cycles.of(y, longest, MOST_CYCLES);
    // Beside a longer one the shortest as the latest days show it, otherwise the last cycle alone.
    other = count > 1 ? Cycles.of(y, this.lengths[0], WEEK) : Cycles.of(y, longest, 1);
    adjusted = new double[n];
    for (int t = 0; t < n; t++) {
      adjusted[t] = season.out(y[t], t - n);
    }
    double sum = 0;
    double weights = 0;
    double weight = 1;
    for (int t = n - 1; t >= Math.max(0, n - LEVEL_PERIODS); t--) {
      sum += weight * adjusted[t];
      weights += weight;
      weight *= LEVEL_MEMORY;
    }
    level = sum / weights;
    double size = 0;
    for (int t = Math.max(0, n - PAST * PATCH); t < n; t++) {
      size = Math.max(size, Math.abs(adjusted[t]));
    }
    double change = (changes(1) + changes(LAG)) / 2;
    // Below what rounding leaves of a season, nothing changed.
    scale = change > ROUNDING * size ? Math.max(change, LEAST_SCALE * size) : 0;
  }

  /**
   * Looks at a history.
   *
   * @param history the values, NaN where missing; at least one known
   * @param seasons the lengths of seasons that may be there
   */
  public static Window of(double[] history, int... seasons) {
    return new Window(history, seasons);
  }

  /** The mean absolute change over some periods. */
  private double changes(int lag) {
    int n = adjusted.length;
    int from = Math.max(0, n - PAST * PATCH);
    int step = Math.max(1, Math.min(lag, (n - from) / 2));
    double sum = 0;
    for (int t = from + step; t < n; t++) {
      sum += Math.abs(adjusted[t] - adjusted[t - step]);
    }
    return sum / Math.max(1, n - from - step);
  }

  /** A missing value is that of the shortest season's neighbouring cycle, or lies on a line. */
  static double[] filled(double[] values, int... seasons) {
    double[] y = values.clone();
    int length = Arrays.stream(seasons).filter(l -> l >= 2).min().orElse(0);
    for (int t = 0; t < y.length && length > 0; t++) {
      if (Double.isNaN(values[t])) {
        double before = t >= length ? y[t - length] : Double.NaN;
        double after = t + length < y.length ? values[t + length] : Double.NaN;
        y[t] = Double.isNaN(before) ? after : Double.isNaN(after) ? before : (before + after) / 2;
      }
    }
    int last = -1;
    for (int t = 0; t <= y.length; t++) {
      if (t < y.length && Double.isNaN(y[t])) {
        continue;
      }
      for (int k = last + 1; k < t; k++) {
        if (last < 0) {
          y[k] = t < y.length ? y[t] : 0;
        } else {
          double end = t < y.length ? y[t] : y[last];
          y[k] = y[last] + (end - y[last]) * (k - last) / (t - last);
        }
      }
      last = t;
    }
    return y;
  }

  /** Whether the history never changed, so that there is nothing to say. */
  public boolean isFlat() {
    return !(scale > 0);
  }

  /** The history without gaps. */
  double[] values() {
    return y;
  }

  /**
   * Lays the input out.
   *
   * @param into where to
   * @param at the first of {@link #INPUTS} places
   */
  public void input(float[] into, int at) {
    Arrays.fill(into, at, at + INPUTS, 0);
    int n = y.length;
    for (int i = 0; i < PAST * PATCH; i++) {
      int t = n - PAST * PATCH + i;
      if (t >= 0) {
        int place = at + i / PATCH * PAST_WIDTH + i % PATCH;
        into[place] = drawn(y[t] - level);
        into[place + PATCH] = drawn(adjusted[t] - level);
        into[at + i / PATCH * PAST_WIDTH + 2 * PATCH] += Double.isNaN(known[t]) ? 0 : 1f / PATCH;
      }
    }
    int begin = at + PAST * PAST_WIDTH;
    float[] traits = traits();
    for (int h = 0; h < STEPS; h++) {
      int place = begin + h / PATCH * AHEAD_WIDTH + h % PATCH;
      into[place] = drawn(season.in(level, h) - level);
      into[place + PATCH] = drawn(other.in(level, h) - level);
    }
    for (int k = 0; k < AHEAD; k++) {
      System.arraycopy(traits, 0, into, begin + k * AHEAD_WIDTH + 2 * PATCH, TRAITS);
    }
  }

  private float[] traits() {
    int n = y.length;
    int longest = lengths.length == 0 ? 1 : lengths[lengths.length - 1];
    int zeros = 0;
    int from = Math.max(0, n - PAST * PATCH);
    for (int t = from; t < n; t++) {
      zeros += y[t] == 0 ? 1 : 0;
    }
    double size = Math.abs(level) / scale;
    return new float[] {
      (float) (Math.log(n) / 3 - 1),
      season.any() ? 1 : -1,
      season.multiplied() ? 1 : -1,
      lengths.length > 1 ? 1 : -1,
      (float) (Math.log(longest) / 3),
      (float) (Math.min(MOST_CYCLES, n / longest) / (double) MOST_CYCLES),
      (float) Math.min(2, Math.log1p(size) / 3),
      (float) zeros / (n - from)
    };
  }

  private float drawn(double distance) {
    return isFlat() ? 0 : (float) Math.max(-FAR, Math.min(FAR, asinh(distance / scale)));
  }

  private static double asinh(double x) {
    return Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
  }

  /**
   * What the network should say of a value.
   *
   * @param h the period, 0 for the first ahead
   */
  public float target(double value, int h) {
    return drawn(season.out(value, h) - level);
  }

  /** The value that the network says. */
  public double value(double said, int h) {
    return season.in(level + scale * Math.sinh(Math.max(-FAR, Math.min(FAR, said))), h);
  }
}
