package io.millwright.api.head;

import io.millwright.api.Uncertainty;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.ConfusionMatrix;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.RegressionMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of an evaluation by their names, the same wherever a model is judged. */
final class Figures {

  static final double LEVEL = 0.9;

  /** A figure for people. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(java.util.Locale.ROOT, "%.4g", value);
  }

  private Figures() {}

  /** Of a quantity, without intervals. */
  static Map<String, Double> quantity(double[] truth, double[] predicted) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rmse", RegressionMetrics.rmse(truth, predicted));
    figures.put("mae", RegressionMetrics.mae(truth, predicted));
    figures.put("r2", RegressionMetrics.r2(truth, predicted));
    figures.put("bias", RegressionMetrics.bias(truth, predicted));
    return figures;
  }

  /**
   * Adds what intervals are worth: cover, width, score.
   *
   * @param high the limit above which truths cannot be told apart, for the width of open intervals
   */
  static void intervals(
      Map<String, Double> figures,
      double[] truth,
      List<Uncertainty> given,
      double low,
      double high) {
    double[] from = new double[truth.length];
    double[] to = new double[truth.length];
    double width = 0;
    for (int i = 0; i < truth.length; i++) {
      if (!(given.get(i) instanceof Uncertainty.Interval interval)) {
        return;
      }
      from[i] = Math.max(low, interval.low());
      to[i] = Math.min(high, interval.high());
      width += to[i] - from[i];
    }
    figures.put("coverage 90", RegressionMetrics.coverage(truth, from, to));
    figures.put("width 90", width / truth.length);
    if (Double.isFinite(width)) {
      figures.put("interval score 90", RegressionMetrics.intervalScore(truth, from, to, LEVEL));
    }
  }

  /** Of classes. */
  static Map<String, Double> classes(int[] truth, double[][] probabilities, List<String> labels) {
    Map<String, Double> figures = new LinkedHashMap<>();
    List<String> said = new ArrayList<>();
    List<String> was = new ArrayList<>();
    for (int i = 0; i < truth.length; i++) {
      double[] p = probabilities[i];
      int best = 0;
      for (int k = 1; k < p.length; k++) {
        best = p[k] > p[best] ? k : best;
      }
      said.add(labels.get(best));
      was.add(labels.get(truth[i]));
    }
    labels(figures, was, said);
    figures.put("log loss", ClassMetrics.logLoss(truth, probabilities));
    return figures;
  }

  /** Adds what most probable labels are worth. */
  static void labels(Map<String, Double> figures, List<String> was, List<String> said) {
    ConfusionMatrix matrix = ConfusionMatrix.of(was, said);
    figures.put("accuracy", matrix.accuracy());
    figures.put("f1 macro", matrix.f1(ConfusionMatrix.Average.MACRO));
  }

  /** Adds what a yes or no is worth: of the probability of all classes but the negative one. */
  static void decision(
      Map<String, Double> figures,
      boolean[] positive,
      double[] score,
      ClassScores.Threshold threshold,
      Optional<Decision> rule) {
    int hits = 0;
    int falseAlarms = 0;
    int missed = 0;
    for (int i = 0; i < score.length; i++) {
      boolean yes = score[i] >= threshold.value();
      hits += yes && positive[i] ? 1 : 0;
      falseAlarms += yes && !positive[i] ? 1 : 0;
      missed += !yes && positive[i] ? 1 : 0;
    }
    figures.put("threshold", threshold.value());
    figures.put(
        "precision", hits + falseAlarms == 0 ? Double.NaN : (double) hits / (hits + falseAlarms));
    figures.put("recall", hits + missed == 0 ? Double.NaN : (double) hits / (hits + missed));
    figures.put("f1", hits == 0 ? 0 : 2.0 * hits / (2 * hits + falseAlarms + missed));
    boolean both = hits + missed > 0 && hits + missed < score.length;
    if (both) {
      figures.put("roc auc", ClassMetrics.rocAuc(positive, score));
      figures.put("pr auc", ClassMetrics.prAuc(positive, score));
    }
    if (rule.isPresent() && rule.get() instanceof Decision.ByCost cost) {
      costs(figures, positive, score, threshold, cost);
    }
  }

  private static void costs(
      Map<String, Double> figures,
      boolean[] positive,
      double[] score,
      ClassScores.Threshold threshold,
      Decision.ByCost cost) {
    double expected = 0;
    double realised = 0;
    int reviewed = 0;
    for (int i = 0; i < score.length; i++) {
      double s = score[i];
      if (threshold.review().isPresent()
          && s >= threshold.review().get().low()
          && s < threshold.review().get().high()) {
        expected += cost.review().orElse(0);
        realised += cost.review().orElse(0);
        reviewed++;
      } else if (s >= threshold.value()) {
        expected += (1 - s) * cost.falseAlarm();
        realised += positive[i] ? 0 : cost.falseAlarm();
      } else {
        expected += s * cost.missed();
        realised += positive[i] ? cost.missed() : 0;
      }
    }
    figures.put("cost expected", expected / score.length);
    figures.put("cost realised", realised / score.length);
    if (threshold.review().isPresent()) {
      figures.put("review from", threshold.review().get().low());
      figures.put("review to", threshold.review().get().high());
      figures.put("review share", (double) reviewed / score.length);
    }
  }

  /**
   * The band around a threshold in which it is cheapest to have a person look. By calibrated
   * probabilities that is where a yes and a no both cost more than looking: from review / missed to
   * 1 - review / false alarm. Held-out samples may only widen it, where looking at more of them
   * would have cost less; few of them say little about the ends, so they never narrow it.
   */
  static Optional<ClassScores.Band> review(
      Decision rule, boolean[] positive, double[] score, double threshold) {
    if (!(rule instanceof Decision.ByCost cost) || cost.review().isEmpty()) {
      return Optional.empty();
    }
    double look = cost.review().getAsDouble();
    double low = Math.min(threshold, look / cost.missed());
    double high = Math.max(threshold, 1 - look / cost.falseAlarm());
    Integer[] order = new Integer[score.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(score[a], score[b]));
    double gain = 0;
    double best = 0;
    double widestLow = low;
    for (int k = order.length - 1; k >= 0; k--) {
      int i = order[k];
      if (score[i] < low) {
        gain += (positive[i] ? cost.missed() : 0) - look;
        if (gain > best) {
          best = gain;
          widestLow = score[i];
        }
      }
    }
    gain = 0;
    best = 0;
    double widestHigh = high;
    for (int i : order) {
      if (score[i] >= high) {
        gain += (positive[i] ? 0 : cost.falseAlarm()) - look;
        if (gain > best) {
          best = gain;
          widestHigh = Math.min(1, Math.nextUp(score[i]));
        }
      }
    }
    return Optional.of(
        new ClassScores.Band(Math.max(0, widestLow), Math.max(threshold, widestHigh)));
  }

  /**
   * The threshold that a decision rule asks for, on held-out scores. Halfway between two
   * neighbouring scores, so that it does not depend on the last digit of one.
   */
  static double threshold(Decision rule, boolean[] positive, double[] score) {
    Integer[] order = new Integer[score.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(score[b], score[a]));
    int positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    double best = value(rule, 0, 0, positives);
    double threshold = 1;
    int hits = 0;
    for (int n = 1; n <= order.length; n++) {
      hits += positive[order[n - 1]] ? 1 : 0;
      double here = score[order[n - 1]];
      double next = n < order.length ? score[order[n]] : 0;
      if (here == next && n < order.length) {
        continue;
      }
      double v = value(rule, hits, n - hits, positives - hits);
      if (v > best) {
        best = v;
        threshold = (here + next) / 2;
      }
    }
    return threshold;
  }

  private static double value(Decision rule, int hits, int falseAlarms, int missed) {
    return rule instanceof Decision.ByCost cost
        ? -(missed * cost.missed() + falseAlarms * cost.falseAlarm())
        : hits == 0 ? 0 : 2.0 * hits / (2 * hits + falseAlarms + missed);
  }
}
