package io.millwright.api.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Figures by which probabilities of classes are judged; {@link ConfusionMatrix} judges decisions.
 * Every method takes arrays of the same length and order, changes none, and is deterministic; all
 * are thread-safe. Each throws {@link MillwrightException} with {@link ErrorCode#TOO_FEW_DATA} when
 * there are no samples, {@link ErrorCode#WRONG_SHAPE} when lengths differ, {@link
 * ErrorCode#BAD_VALUE} for NaN or for a probability outside 0 to 1, and {@link ErrorCode#BAD_LABEL}
 * for a class that does not exist.
 */
public final class ClassMetrics {

  private ClassMetrics() {}

  /**
   * The area under the receiver operating characteristic: the probability that a random positive
   * sample scores higher than a random negative one, ties counting half (Hanley and McNeil 1982).
   *
   * @param positive whether each sample is positive
   * @param score how positive it looks; any increasing scale
   * @return the area: 0.5 for chance, 1 for a perfect order; NaN unless there are positive and
   *     negative samples
   */
  public static double rocAuc(boolean[] positive, double[] score) {
    return rocAuc(positive, score, ones(positive.length));
  }

  /**
   * The same with weights.
   *
   * @param positive whether each sample is positive
   * @param score how positive it looks; any increasing scale
   * @param weights the weight of each, not negative, not all 0
   * @return the area; NaN unless there are positive and negative samples
   */
  public static double rocAuc(boolean[] positive, double[] score, double[] weights) {
    Integer[] order = descending(positive, score, weights);
    double positives = 0;
    double negatives = 0;
    double area = 0;
    for (int i = 0; i < order.length; ) {
      double tiedPositives = 0;
      double tiedNegatives = 0;
      double value = score[order[i]];
      for (; i < order.length && score[order[i]] == value; i++) {
        int sample = order[i];
        if (positive[sample]) {
          tiedPositives += weights[sample];
        } else {
          tiedNegatives += weights[sample];
        }
      }
      area += tiedNegatives * (positives + tiedPositives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
    }
    return positives == 0 || negatives == 0 ? Double.NaN : area / (positives * negatives);
  }

  /**
   * The area under precision against recall, as average precision: Σ (R<sub>k</sub> −
   * R<sub>k−1</sub>) P<sub>k</sub> over the thresholds, without interpolation (Davis and Goadrich
   * 2006 on why not to interpolate). Tied scores form one threshold.
   *
   * @param positive whether each sample is positive
   * @param score how positive it looks; any increasing scale
   * @return the area: the share of positives for chance, 1 for a perfect order; NaN without
   *     positive samples
   */
  public static double prAuc(boolean[] positive, double[] score) {
    return prAuc(positive, score, ones(positive.length));
  }

  /**
   * The same with weights.
   *
   * @param positive whether each sample is positive
   * @param score how positive it looks; any increasing scale
   * @param weights the weight of each, not negative, not all 0
   * @return the area; NaN without positive samples
   */
  public static double prAuc(boolean[] positive, double[] score, double[] weights) {
    Integer[] order = descending(positive, score, weights);
    double found = 0;
    double claimed = 0;
    double area = 0;
    for (int i = 0; i < order.length; ) {
      double before = found;
      double value = score[order[i]];
      for (; i < order.length && score[order[i]] == value; i++) {
        claimed += weights[order[i]];
        if (positive[order[i]]) {
          found += weights[order[i]];
        }
      }
      if (claimed > 0) {
        area += (found - before) * found / claimed;
      }
    }
    return found == 0 ? Double.NaN : area / found;
  }

  /**
   * The logarithmic loss, −1/n Σ ln p(true class). A probability of 0 counts as 10⁻¹⁵, so that one
   * sample cannot make the figure infinite.
   *
   * @param truth the index of the true class of each sample
   * @param probabilities the probabilities of the classes of each sample
   * @return the loss in nats; ln k for k classes by chance, 0 for certainty
   */
  public static double logLoss(int[] truth, double[][] probabilities) {
    return logLoss(truth, probabilities, ones(truth.length));
  }

  /**
   * The same with weights.
   *
   * @param truth the index of the true class of each sample
   * @param probabilities the probabilities of the classes of each sample
   * @param weights the weight of each, not negative, not all 0
   * @return the loss in nats
   */
  public static double logLoss(int[] truth, double[][] probabilities, double[] weights) {
    check(truth, probabilities);
    double total = MetricChecks.weights(truth.length, weights);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum -= weights[i] * Math.log(Math.max(1e-15, probabilities[i][truth[i]]));
    }
    return sum / total;
  }

  /**
   * The expected calibration error of the most probable class (Naeini, Cooper and Hauskrecht 2015;
   * Guo et al. 2017): samples are put into bins by their largest probability, and the mean distance
   * between that probability and the share of hits is taken, bins counting by their samples. Bins
   * hold equally many samples, so that crowded probabilities near 1 do not hide in one bin; equal
   * probabilities stay in one bin.
   *
   * @param truth the index of the true class of each sample
   * @param probabilities the probabilities of the classes of each sample
   * @param bins how many bins, at least 1
   * @return the error, between 0 and 1
   */
  public static double calibrationError(int[] truth, double[][] probabilities, int bins) {
    check(truth, probabilities);
    if (bins < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "bins is " + bins + "\nMaybe choose 10 or 15");
    }
    int n = truth.length;
    double[] top = new double[n];
    boolean[] hit = new boolean[n];
    for (int i = 0; i < n; i++) {
      int best = 0;
      for (int k = 1; k < probabilities[i].length; k++) {
        if (probabilities[i][k] > probabilities[i][best]) {
          best = k;
        }
      }
      top[i] = probabilities[i][best];
      hit[i] = best == truth[i];
    }
    Integer[] order = descending(hit, top, ones(n));
    double error = 0;
    int from = 0;
    for (int bin = 1; bin <= bins; bin++) {
      int to = Math.max(from, (int) ((long) n * bin / bins));
      while (to > from && to < n && top[order[to]] == top[order[to - 1]]) {
        to++;
      }
      double gap = 0;
      for (int i = from; i < to; i++) {
        gap += top[order[i]] - (hit[order[i]] ? 1 : 0);
      }
      error += Math.abs(gap);
      from = to;
    }
    return error / n;
  }

  /**
   * What deciding by a threshold costs on average: samples that score at least the threshold are
   * taken for positive.
   *
   * @param positive whether each sample is positive
   * @param score how positive it looks
   * @param threshold from where on a sample is taken for positive
   * @param falseAlarm what a negative sample taken for positive costs
   * @param miss what a positive sample taken for negative costs
   * @return the cost of one sample, in the unit of the costs
   */
  public static double expectedCost(
      boolean[] positive, double[] score, double threshold, double falseAlarm, double miss) {
    MetricChecks.sameLength("samples", positive.length, "scores", score.length);
    MetricChecks.notNaN("score", score);
    MetricChecks.finite("cost", new double[] {falseAlarm, miss});
    double sum = 0;
    for (int i = 0; i < score.length; i++) {
      boolean alarm = score[i] >= threshold;
      if (alarm != positive[i]) {
        sum += alarm ? falseAlarm : miss;
      }
    }
    return sum / score.length;
  }

  private static void check(int[] truth, double[][] probabilities) {
    MetricChecks.sameLength("true classes", truth.length, "predictions", probabilities.length);
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] < 0 || truth[i] >= probabilities[i].length) {
        throw new MillwrightException(
            ErrorCode.BAD_LABEL,
            "the true class of sample "
                + i
                + " is "
                + truth[i]
                + ", but there are "
                + probabilities[i].length
                + " probabilities\nMaybe classes are counted from 0");
      }
      for (double p : probabilities[i]) {
        if (!(p >= 0 && p <= 1 + 1e-6)) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "a probability of sample " + i + " is " + p + "\nMaybe apply a softmax to logits");
        }
      }
    }
  }

  private static Integer[] descending(boolean[] positive, double[] score, double[] weights) {
    MetricChecks.sameLength("samples", positive.length, "scores", score.length);
    MetricChecks.notNaN("score", score);
    MetricChecks.weights(positive.length, weights);
    Integer[] order = new Integer[score.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> score[i]).reversed());
    return order;
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
