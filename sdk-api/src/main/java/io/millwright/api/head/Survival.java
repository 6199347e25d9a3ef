package io.millwright.api.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Arithmetic of lives that are right-censored. */
final class Survival {

  private static final int KNOTS = 50;

  private Survival() {}

  /**
   * The concordance (Harrell et al. 1982): the share of pairs whose order in time is known that
   * stand in the order predicted; ties count half. NaN when no pair is comparable.
   */
  static double concordance(double[] time, boolean[] event, double[] predicted) {
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < time.length; i++) {
      if (!event[i]) {
        continue;
      }
      for (int j = 0; j < time.length; j++) {
        if (time[j] > time[i] || (j != i && time[j] == time[i] && !event[j])) {
          pairs++;
          right += predicted[j] > predicted[i] ? 1 : predicted[j] == predicted[i] ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }

  /** The product-limit estimate (Kaplan and Meier 1958) just after a time. */
  private static double[][] productLimit(double[] time, boolean[] event) {
    Integer[] order = new Integer[time.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> time[i]));
    List<double[]> steps = new ArrayList<>();
    double s = 1;
    for (int i = 0; i < order.length; ) {
      double t = time[order[i]];
      int risk = order.length - i;
      int died = 0;
      for (; i < order.length && time[order[i]] == t; i++) {
        died += event[order[i]] ? 1 : 0;
      }
      if (died > 0) {
        s *= 1 - (double) died / risk;
        steps.add(new double[] {t, s});
      }
    }
    return steps.toArray(new double[0][]);
  }

  /** Rising knots of a distribution with censoring: places, and the share up to each. */
  static double[][] distribution(double[] place, boolean[] event) {
    double[][] steps = productLimit(place, event);
    int n = Math.min(KNOTS, steps.length);
    double[] at = new double[n];
    double[] share = new double[n];
    for (int k = 0; k < n; k++) {
      double[] step = steps[(int) ((long) (k + 1) * steps.length / n) - 1];
      at[k] = step[0];
      share[k] = 1 - step[1];
    }
    return new double[][] {at, share};
  }

  /**
   * The Brier score of survival at some times, the mean over them, each sample weighed by the
   * inverse probability to be seen until then (Graf et al. 1999).
   */
  static double brier(double[] time, boolean[] event, List<SurvivalCurve> curves, double[] at) {
    boolean[] left = new boolean[event.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = !event[i];
    }
    double[][] seen = productLimit(time, left);
    double sum = 0;
    int n = 0;
    for (int k = 0; k < Math.max(1, at.length - 1); k++) {
      double score = 0;
      double weights = 0;
      for (int i = 0; i < time.length; i++) {
        double s = curves.get(i).at(at[k]);
        if (time[i] <= at[k] && event[i]) {
          double w = 1 / Math.max(1e-3, before(seen, time[i]));
          score += w * s * s;
          weights += w;
        } else if (time[i] > at[k]) {
          double w = 1 / Math.max(1e-3, before(seen, at[k]));
          score += w * (1 - s) * (1 - s);
          weights += w;
        }
      }
      if (weights > 0) {
        sum += score / weights;
        n++;
      }
    }
    return sum / n;
  }

  private static double before(double[][] steps, double time) {
    double s = 1;
    for (double[] step : steps) {
      if (step[0] >= time) {
        break;
      }
      s = step[1];
    }
    return s;
  }
}
