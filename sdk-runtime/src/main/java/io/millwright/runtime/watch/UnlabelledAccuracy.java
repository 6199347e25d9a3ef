package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The accuracy of a classifier before the truth is known (confidence-based performance estimation):
 * on held-out data it learns how often an answer of each confidence was right, and expects the same
 * of new answers. That holds while only inputs change; when the relation between inputs and truth
 * changes, no estimate without truth can see it, and none is given where the confidences themselves
 * are unlike those of the held-out data. Immutable and thread-safe.
 */
public final class UnlabelledAccuracy {

  private static final int BINS = 12;
  private static final double MOST_UNLIKE = 0.35;

  private final double[] edges;
  private final double[] right;
  private final double[] error;
  private final double[] reference;

  private UnlabelledAccuracy(double[] edges, double[] right, double[] error, double[] reference) {
    this.edges = edges;
    this.right = right;
    this.error = error;
    this.reference = reference;
  }

  /**
   * An estimate.
   *
   * @param accuracy the expected share of right answers
   * @param low the lower end of its 95 % interval: chance of the window and of the held-out data
   * @param high the upper end
   * @param known false where the confidences are so unlike those of the held-out data that the
   *     estimate should not be used
   * @param why what was found, in a sentence
   */
  public record Estimate(double accuracy, double low, double high, boolean known, String why) {
    /** Checks. */
    public Estimate {
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * Learns from held-out answers.
   *
   * @param confidence the probability of each answered class
   * @param correct 1 where the answer was right, 0 where it was wrong
   * @return the estimator
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 100 answers
   */
  public static UnlabelledAccuracy of(double[] confidence, double[] correct) {
    int n = confidence.length;
    if (n < 100 || correct.length != n) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          n
              + " confidences and "
              + correct.length
              + " truths"
              + "\nMaybe give 100 held-out answers or more, each with its truth");
    }
    double[] sorted = confidence.clone();
    Arrays.sort(sorted);
    double[] edges = new double[BINS - 1];
    for (int b = 0; b < edges.length; b++) {
      edges[b] = sorted[(int) ((long) (b + 1) * (n - 1) / BINS)];
    }
    double[] count = new double[BINS];
    double[] sum = new double[BINS];
    double[] confident = new double[BINS];
    for (int i = 0; i < n; i++) {
      int b = bin(edges, confidence[i]);
      count[b]++;
      sum[b] += correct[i];
      confident[b] += confidence[i];
    }
    double[] right = new double[BINS];
    double[] error = new double[BINS];
    for (int b = 0; b < BINS; b++) {
      // Two answers of prior belief in the model's own confidence.
      double prior = count[b] > 0 ? confident[b] / count[b] : 0.5;
      right[b] = (sum[b] + 2 * prior) / (count[b] + 2);
      error[b] = Math.sqrt(right[b] * (1 - right[b]) / (count[b] + 2));
    }
    return new UnlabelledAccuracy(edges, right, error, sorted);
  }

  private static int bin(double[] edges, double v) {
    int b = 0;
    while (b < edges.length && v > edges[b]) {
      b++;
    }
    return b;
  }

  /**
   * Estimates the accuracy of a window of answers whose truth is not known.
   *
   * @param confidence the probability of each answered class
   * @return the estimate; not known for an empty window
   */
  public Estimate estimate(double... confidence) {
    int n = confidence.length;
    if (n == 0) {
      return new Estimate(Double.NaN, 0, 1, false, "there are no answers");
    }
    double[] share = new double[BINS];
    for (double c : confidence) {
      share[bin(edges, c)] += 1.0 / n;
    }
    double mean = 0;
    double chance = 0;
    double learnt = 0;
    for (int b = 0; b < BINS; b++) {
      mean += share[b] * right[b];
      chance += share[b] * right[b] * (1 - right[b]) / n;
      learnt += share[b] * share[b] * error[b] * error[b];
    }
    double half = 1.96 * Math.sqrt(chance + learnt);
    double[] now = confidence.clone();
    Arrays.sort(now);
    DriftStatistics.Test unlike = DriftStatistics.kolmogorovSmirnovSorted(reference, now);
    boolean known = !(unlike.statistic() > MOST_UNLIKE && unlike.pValue() < 1e-4);
    String why =
        known
            ? "confidences are like those of the held-out data; a changed relation between inputs"
                + " and truth could not be seen"
            : "confidences are unlike those of the held-out data (distance "
                + Math.round(100 * unlike.statistic()) / 100.0
                + "): wait for truths";
    return new Estimate(mean, Math.max(0, mean - half), Math.min(1, mean + half), known, why);
  }
}
