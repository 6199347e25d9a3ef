package io.millwright.api.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Learns the {@link LocalScale} from held-out errors, with few degrees of freedom: bins of equal
 * weight along the prediction, smoothed and drawn to the overall mean.
 */
final class ScaleFitter {

  /** A bin holds at least this many samples. */
  private static final int PER_BIN = 25;

  private static final int MOST_BINS = 12;

  /** As many samples' worth of the overall mean are added to each bin. */
  private static final double PRIOR = 10;

  /**
   * No error is expected to be smaller than this share of the mean one: a size near 0 would make
   * scores explode.
   */
  private static final double LEAST = 0.05;

  private static final int FOLDS = 5;

  private ScaleFitter() {}

  static LocalScale fit(double[] predicted, double[] truth, double[] weights) {
    int n = predicted.length;
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      errors[i] = Math.abs(truth[i] - predicted[i]);
    }
    double overall = mean(errors, weights);
    int bins = Math.min(MOST_BINS, n / PER_BIN);
    if (overall == 0 || bins < 2) {
      return LocalScale.constant();
    }
    List<Double> knots = new ArrayList<>();
    List<Double> sizes = new ArrayList<>();
    for (int[] bin : bins(predicted, bins)) {
      knots.add(mean(pick(predicted, bin), pick(weights, bin)));
      sizes.add(shrunk(mean(pick(errors, bin), pick(weights, bin)), overall, bin.length));
    }
    return new LocalScale(knots, smooth(sizes), LEAST * overall);
  }

  /** For every sample the size learnt from the other groups. */
  static double[] crossFitted(double[] predicted, double[] truth, Groups groups) {
    int folds = Math.min(FOLDS, groups.count());
    double[] sizes = new double[predicted.length];
    if (folds < 2) {
      Arrays.fill(sizes, 1);
      return sizes;
    }
    LocalScale all = fit(predicted, truth, groups.weights());
    for (int fold = 0; fold < folds; fold++) {
      int[] others = groups.samples(folds, fold, false);
      LocalScale scale =
          all.predictions().isEmpty()
              ? all
              : fit(pick(predicted, others), pick(truth, others), pick(groups.weights(), others));
      if (scale.predictions().isEmpty()) {
        // A constant of 1 is in no proportion to sizes in the unit of the quantity.
        scale = all;
      }
      for (int i : groups.samples(folds, fold, true)) {
        sizes[i] = scale.of(predicted[i]);
      }
    }
    return sizes;
  }

  /** Runs of equal length along a value; equal values stay together. */
  static List<int[]> bins(double[] along, int bins) {
    Integer[] order = new Integer[along.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> along[i]));
    List<int[]> runs = new ArrayList<>();
    int from = 0;
    for (int b = 1; b <= bins; b++) {
      int to = Math.max(from, (int) ((long) along.length * b / bins));
      while (to > from && to < along.length && along[order[to]] == along[order[to - 1]]) {
        to++;
      }
      if (to - from >= Math.min(PER_BIN / 2, along.length)) {
        int[] run = new int[to - from];
        for (int i = from; i < to; i++) {
          run[i - from] = order[i];
        }
        runs.add(run);
        from = to;
      }
    }
    return runs;
  }

  private static double shrunk(double mean, double prior, int count) {
    return (mean * count + prior * PRIOR) / (count + PRIOR);
  }

  private static List<Double> smooth(List<Double> values) {
    List<Double> smoothed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double left = values.get(Math.max(0, i - 1));
      double right = values.get(Math.min(values.size() - 1, i + 1));
      smoothed.add((left + 2 * values.get(i) + right) / 4);
    }
    return smoothed;
  }

  private static double mean(double[] values, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
      total += weights[i];
    }
    return sum / total;
  }

  private static double[] pick(double[] values, int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
  }
}
