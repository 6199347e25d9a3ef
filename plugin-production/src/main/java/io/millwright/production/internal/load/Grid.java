package io.millwright.production.internal.load;

import io.millwright.production.LoadSeries;
import java.util.List;

/** A load as arrays, its gaps filled for use as history, with the features of a target. */
final class Grid {

  private static final int SLOT_LAGS = 7;
  private static final int WEEKS = 4;

  final double[] y;
  final double[] filled;
  final double[][] known;
  final int day;
  final int week;
  private final long start;

  Grid(LoadSeries series) {
    y = series.load().toArray();
    start = series.load().start();
    List<Integer> seasons = series.load().frequency().seasons();
    day = seasons.isEmpty() ? 1 : seasons.get(0);
    week = seasons.isEmpty() ? 1 : seasons.get(seasons.size() - 1);
    known =
        series.known().stream()
            .map(k -> k.values().stream().mapToDouble(v -> v).toArray())
            .toArray(double[][]::new);
    filled = y.clone();
    double last = 0;
    for (double v : y) {
      if (!Double.isNaN(v)) {
        last = v;
        break;
      }
    }
    for (int t = 0; t < y.length; t++) {
      if (Double.isNaN(filled[t])) {
        filled[t] = t >= week ? filled[t - week] : t >= day ? filled[t - day] : last;
      }
      last = filled[t];
    }
  }

  /** The least history that a target at a distance needs. */
  static int history(int day, int week, int ahead) {
    int back = (ahead + week - 1) / week * week + (WEEKS - 1) * week;
    int slots = (ahead + day - 1) / day * day + SLOT_LAGS * day;
    return Math.max(Math.max(back, slots) + 2, ahead + Math.max(day, 16) + week + 2);
  }

  int history(int ahead) {
    return history(day, week, ahead);
  }

  /** The mean of the same place of the last weeks that are known. */
  double weeks(int t, int ahead) {
    int first = (ahead + week - 1) / week * week;
    double sum = 0;
    for (int k = 0; k < WEEKS; k++) {
      sum += filled[t - first - k * week];
    }
    return sum / WEEKS;
  }

  double naive(int t, int ahead, int season) {
    return filled[t - (ahead + season - 1) / season * season];
  }

  double last(int t, int ahead) {
    return filled[t - ahead];
  }

  int features() {
    int calendar = (day > 1 ? 8 : 0) + (week > day ? week / day : 0);
    return 9 + SLOT_LAGS + WEEKS + 8 + calendar + 3 * known.length;
  }

  /** The features of a target, from what is known so many periods before it. */
  void features(int t, int ahead, double[] x) {
    int o = t - ahead;
    int at = 0;
    x[at++] = filled[o];
    x[at++] = filled[o - 1];
    x[at++] = filled[o - 2];
    x[at++] = filled[o - 3];
    x[at++] = mean(o, 4);
    x[at++] = mean(o, 16);
    x[at++] = mean(o, Math.max(2, day));
    x[at++] = filled[o] - filled[o - Math.max(1, day)];
    x[at++] = filled[o] - filled[o - Math.max(1, week)];
    int slot = (ahead + day - 1) / day * day;
    double sum = 0;
    for (int k = 0; k < SLOT_LAGS; k++) {
      x[at++] = filled[t - slot - k * day];
      sum += filled[t - slot - k * day];
    }
    int first = (ahead + week - 1) / week * week;
    for (int k = 0; k < WEEKS; k++) {
      x[at++] = filled[t - first - k * week];
    }
    double weeks = weeks(t, ahead);
    x[at++] = weeks;
    x[at++] = sum / SLOT_LAGS;
    x[at++] = around(t - slot, o);
    x[at++] = around(t - first, o);
    x[at++] = (around(t - first, o) + around(t - first - week, o)) / 2;
    // The level of the last day beside that of the same day of the weeks before.
    double usual = (mean(o - week, Math.max(2, day)) + mean(o, Math.max(2, day))) / 2;
    x[at++] = mean(o, Math.max(2, day)) - usual;
    x[at++] = weeks - filled[t - slot];
    x[at++] = Math.max(filled[t - first], filled[t - slot]);
    if (day > 1) {
      double phase = 2 * Math.PI * Math.floorMod(start + t, (long) day) / day;
      for (int k = 1; k <= 4; k++) {
        x[at++] = Math.sin(k * phase);
        x[at++] = Math.cos(k * phase);
      }
    }
    if (week > day) {
      int place = (int) (Math.floorMod(start + t, (long) week) / day);
      for (int k = 0; k < week / day; k++) {
        x[at++] = k == place ? 1 : 0;
      }
    }
    for (double[] column : known) {
      x[at++] = column[t];
      x[at++] = column[t] - column[t - slot];
      x[at++] = column[t] - column[o];
    }
  }

  private double mean(int end, int length) {
    double sum = 0;
    int n = 0;
    for (int i = Math.max(0, end - length + 1); i <= end; i++) {
      sum += filled[i];
      n++;
    }
    return n == 0 ? 0 : sum / n;
  }

  /** A few neighbours of a place, as far as they are known at the origin. */
  private double around(int t, int origin) {
    double sum = 0;
    int n = 0;
    for (int i = Math.max(0, t - 2); i <= Math.min(t + 2, origin); i++) {
      sum += filled[i];
      n++;
    }
    return n == 0 ? filled[t] : sum / n;
  }
}
