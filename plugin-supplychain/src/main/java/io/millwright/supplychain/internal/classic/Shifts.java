package io.millwright.supplychain.internal.classic;

import java.util.Arrays;

/**
 * Finds where a series jumped to another level and stayed there, and moves what came before to the
 * level of today, so that methods and bands see one series. A jump is a step far beyond the usual
 * ones, between two stretches that differ as much; a walk has no such step. Steps are taken beside
 * those of the same phase in other cycles, levels beside those a cycle before, so that a season
 * hides nothing. In series with two seasons none is sought.
 */
public final class Shifts {

  private static final int SIDE = 8;
  private static final int LEAST_SIDE = 4;
  private static final int LEAST = 16;
  private static final int MOST = 3;
  private static final double FAR_STEP = 3.5;
  private static final double FAR_LEVEL = 3;
  private static final double FAR_CYCLE = 2.5;
  private static final double MOST_FLANK = 1.0 / 3;
  private static final int LEAST_CYCLE = 7;
  private static final double LEAST_PART = 0.6;
  private static final double MOST_PART = 1.7;
  private static final double DEVIATION = 1.4826;

  private Shifts() {}

  /**
   * The series at its last level; the same array when it never jumped.
   *
   * @param y the series without gaps or outliers
   * @param lengths the lengths of seasons that may be there
   */
  public static double[] removed(double[] y, int... lengths) {
    // Of two seasons, one inside the other, few cycles of the longer one are seen, and a day that
    // runs otherwise looks like a jump.
    if (lengths.length > 1) {
      return y;
    }
    int season = lengths.length == 1 && y.length >= 2 * lengths[0] ? lengths[0] : 0;
    double[] moved = y;
    for (int i = 0; i < MOST && y.length >= LEAST; i++) {
      double[] steps = steps(moved, season);
      int at = jump(moved, steps, season);
      at = at < 0 && season > 0 ? jumpOverCycles(moved, season) : at;
      if (at < 0) {
        break;
      }
      moved = moved(moved, steps, at, season);
    }
    return moved;
  }

  /** Each step, less the median of those at the same phase of the cycles around. */
  private static double[] steps(double[] y, int season) {
    double[] steps = new double[y.length];
    for (int t = 1; t < y.length; t++) {
      steps[t] = y[t] - y[t - 1];
    }
    if (season == 0) {
      return steps;
    }
    double[] beside = new double[4];
    double[] own = steps.clone();
    for (int t = 1; t < y.length; t++) {
      int n = 0;
      for (int k = -2; k <= 2; k++) {
        int at = t + k * season;
        if (k != 0 && at >= 1 && at < y.length) {
          beside[n++] = steps[at];
        }
      }
      own[t] -= n > 0 ? Outliers.median(beside, n) : 0;
    }
    return own;
  }

  /** The period of the largest jump, or -1. */
  private static int jump(double[] y, double[] steps, int season) {
    double usual = DEVIATION * median(steps, 1, steps.length);
    if (!(usual > 0)) {
      return -1;
    }
    double drift = season > 0 && y.length >= 3 * season ? drift(y, season) : 0;
    int best = -1;
    double most = FAR_LEVEL * usual / Math.sqrt(2);
    for (int t = Math.max(LEAST_SIDE, season); t <= y.length - LEAST_SIDE; t++) {
      if (Math.abs(steps[t]) > FAR_STEP * usual) {
        double by = by(y, t, season) - drift;
        double part = by / steps[t];
        if (Math.abs(by) > most && part > LEAST_PART && part < MOST_PART) {
          most = Math.abs(by);
          best = t;
        }
      }
    }
    return best;
  }

  /**
   * The period of the largest jump that hides among noisy steps, but shows in the changes from
   * cycle to cycle: those of one whole cycle lie together, far from all others and from those right
   * before and after. A walk that strays comes and goes by and by; the few phases of a short cycle
   * lie together by chance.
   */
  private static int jumpOverCycles(double[] y, int season) {
    int n = y.length;
    if (season < LEAST_CYCLE || n < 4 * season) {
      return -1;
    }
    double[] changes = new double[n - season];
    for (int t = season; t < n; t++) {
      changes[t - season] = y[t] - y[t - season];
    }
    int from = farthest(changes, season);
    double[] window = Arrays.copyOfRange(changes, from, from + season);
    double[] others = new double[changes.length - season];
    System.arraycopy(changes, 0, others, 0, from);
    System.arraycopy(changes, from + season, others, from, others.length - from);
    double usual = Outliers.median(others, others.length);
    double by = Math.abs(Outliers.median(window, season) - usual);
    for (int k = 0; k < others.length; k++) {
      others[k] = Math.abs(others[k] - usual);
    }
    double spread = DEVIATION * Outliers.median(others, others.length);
    return by > FAR_CYCLE * spread && flank(changes, from, season, usual) < MOST_FLANK * by
        ? from + season
        : -1;
  }

  /** How far the changes half a cycle before and after one cycle lie from the usual ones. */
  private static double flank(double[] changes, int from, int season, double usual) {
    int first = Math.max(0, from - season / 2);
    int end = Math.min(changes.length, from + season + season / 2);
    double[] flank = new double[end - first - season];
    System.arraycopy(changes, first, flank, 0, from - first);
    System.arraycopy(changes, from + season, flank, from - first, end - from - season);
    return Math.abs(Outliers.median(flank, flank.length) - usual);
  }

  /** Where the mean over one cycle lies farthest from the median of all. */
  private static int farthest(double[] changes, int season) {
    double usual = Outliers.median(changes, changes.length);
    double sum = 0;
    double most = -1;
    int from = 0;
    for (int t = 0; t < changes.length; t++) {
      sum += changes[t] - usual - (t >= season ? changes[t - season] - usual : 0);
      if (t >= season - 1 && Math.abs(sum) > most) {
        most = Math.abs(sum);
        from = t - season + 1;
      }
    }
    return from;
  }

  private static double drift(double[] y, int season) {
    double[] changes = new double[y.length - season];
    for (int t = season; t < y.length; t++) {
      changes[t - season] = y[t] - y[t - season];
    }
    return Outliers.median(changes, changes.length);
  }

  /** By how much the level after a period lies above that before it. */
  private static double by(double[] y, int t, int season) {
    if (season == 0) {
      double[] after = Arrays.copyOfRange(y, t, Math.min(y.length, t + SIDE));
      double[] before = Arrays.copyOfRange(y, Math.max(0, t - SIDE), t);
      return Outliers.median(after, after.length) - Outliers.median(before, before.length);
    }
    double[] changes = new double[Math.min(season, y.length - t)];
    for (int j = 0; j < changes.length; j++) {
      changes[j] = y[t + j] - y[t + j - season];
    }
    return Outliers.median(changes, changes.length);
  }

  /** Moved by a factor where the steps grew with the level, by an addend otherwise. */
  private static double[] moved(double[] y, double[] steps, int at, int season) {
    int side = season > 0 ? season : SIDE;
    double[] before = Arrays.copyOfRange(y, Math.max(0, at - side), at);
    double from = Outliers.median(before, before.length);
    double by = by(y, at, season);
    boolean positive = from > 0 && from + by > 0 && Seasons.isPositive(y);
    double levels = positive ? Math.log((from + by) / from) : 0;
    double grew = Math.log(usual(steps, at + 1, steps.length) / usual(steps, 1, at));
    boolean factor = positive && Math.abs(grew - levels) < Math.abs(grew);
    double[] moved = y.clone();
    for (int t = 0; t < at; t++) {
      moved[t] = factor ? y[t] * (from + by) / from : y[t] + by;
    }
    return moved;
  }

  private static double usual(double[] steps, int from, int to) {
    return Math.max(1e-12, median(steps, from, Math.max(from + 1, to)));
  }

  /** The median size of some steps. */
  private static double median(double[] steps, int from, int to) {
    double[] sizes = new double[to - from];
    for (int t = from; t < to; t++) {
      sizes[t - from] = Math.abs(steps[t]);
    }
    return Outliers.median(sizes, sizes.length);
  }
}
