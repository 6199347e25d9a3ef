package io.millwright.supplychain.internal.classic;

import java.util.Arrays;

/**
 * Finds where a series jumped to another level and stayed there, and moves what came before to the
 * level of today, so that methods and bands see one series. A jump is a step far beyond the usual
 * ones between two stretches whose medians differ as much; a walk has no such step.
 */
public final class Shifts {

  private static final int SIDE = 8;
  private static final int LEAST_SIDE = 4;
  private static final int LEAST = 16;
  private static final int MOST = 3;
  private static final double FAR_STEP = 3.5;
  private static final double FAR_LEVEL = 5;
  private static final double DEVIATION = 1.4826;

  private Shifts() {}

  /**
   * The series at its last level; the same array when it never jumped.
   *
   * @param y the series without gaps or outliers
   * @param lengths the lengths of seasons that may be there
   */
  public static double[] removed(double[] y, int... lengths) {
    double[] moved = y;
    for (int i = 0; i < MOST && y.length >= LEAST; i++) {
      double[] rest = Seasons.of(moved, lengths).adjusted();
      int at = jump(rest);
      if (at < 0) {
        break;
      }
      moved = moved(moved, rest, at);
    }
    return moved;
  }

  /** The period of the largest jump, or -1. */
  private static int jump(double[] x) {
    double[] steps = new double[x.length - 1];
    for (int t = 1; t < x.length; t++) {
      steps[t - 1] = Math.abs(x[t] - x[t - 1]);
    }
    double usual = DEVIATION * Outliers.median(steps, steps.length);
    if (!(usual > 0)) {
      return -1;
    }
    int best = -1;
    double most = FAR_LEVEL * usual / Math.sqrt(2);
    for (int t = LEAST_SIDE; t <= x.length - LEAST_SIDE; t++) {
      if (steps[t - 1] > FAR_STEP * usual) {
        double by = Math.abs(after(x, t) - before(x, t));
        if (by > most && by > 0.6 * steps[t - 1]) {
          most = by;
          best = t;
        }
      }
    }
    return best;
  }

  private static double before(double[] x, int t) {
    double[] part = Arrays.copyOfRange(x, Math.max(0, t - SIDE), t);
    return Outliers.median(part, part.length);
  }

  private static double after(double[] x, int t) {
    double[] part = Arrays.copyOfRange(x, t, Math.min(x.length, t + SIDE));
    return Outliers.median(part, part.length);
  }

  /** Moved by a factor where the steps grew with the level, by an addend otherwise. */
  private static double[] moved(double[] y, double[] rest, int at) {
    double from = before(rest, at);
    double to = after(rest, at);
    double levels = from > 0 && to > 0 ? Math.log(to / from) : 0;
    double steps = Math.log(step(rest, 1, at) / step(rest, at + 1, rest.length));
    boolean factor =
        Arrays.stream(y).allMatch(v -> v > 0) && Math.abs(levels + steps) < Math.abs(steps);
    double[] moved = y.clone();
    for (int t = 0; t < at; t++) {
      moved[t] = factor ? y[t] * to / from : y[t] + to - from;
    }
    return moved;
  }

  private static double step(double[] x, int from, int to) {
    double[] steps = new double[Math.max(1, to - from)];
    for (int t = from; t < to; t++) {
      steps[t - from] = Math.abs(x[t] - x[t - 1]);
    }
    return Math.max(1e-12, Outliers.median(steps, steps.length));
  }
}
