package io.millwright.runtime.watch;

import java.util.Objects;

/**
 * A figure of a window of answers whose truths are not known (performance estimation without
 * labels).
 *
 * @param value the expected figure; NaN for an empty window
 * @param low the lower end of its 95 % interval: chance of the window and of the held-out data
 * @param high the upper end
 * @param known false where the answers are so unlike those of the held-out data that the estimate
 *     should not be used
 * @param why what was found, in a sentence
 */
public record UnlabelledEstimate(double value, double low, double high, boolean known, String why) {

  private static final double MOST_UNLIKE = 0.35;
  private static final double MOST_BEYOND = 0.1;
  private static final double UNLIKELY = 1e-4;

  /** Checks. */
  public UnlabelledEstimate {
    Objects.requireNonNull(why, "why");
  }

  /** Whether a window may be judged by what was learnt, by the distance of what it is judged by. */
  static UnlabelledEstimate of(
      double value, double low, double high, double[] sortedReference, double[] now, String what) {
    double[] sorted = now.clone();
    java.util.Arrays.sort(sorted);
    DriftStatistics.Test unlike = DriftStatistics.kolmogorovSmirnovSorted(sortedReference, sorted);
    int beyond = beyond(sortedReference, sorted);
    if (beyond > MOST_BEYOND * sorted.length
        && chance(sorted.length, beyond, 2.0 / (sortedReference.length + 1)) < UNLIKELY) {
      return new UnlabelledEstimate(
          value,
          low,
          high,
          false,
          beyond
              + " of "
              + sorted.length
              + " "
              + what
              + " are beyond all of the held-out data: wait for truths");
    }
    boolean known = !(unlike.statistic() > MOST_UNLIKE && unlike.pValue() < UNLIKELY);
    return new UnlabelledEstimate(
        value,
        low,
        high,
        known,
        known
            ? what
                + " are like those of the held-out data; a changed relation between inputs and"
                + " truth could not be seen"
            : what
                + " are unlike those of the held-out data (distance "
                + Math.round(100 * unlike.statistic()) / 100.0
                + "): wait for truths");
  }

  private static int beyond(double[] sortedReference, double[] now) {
    int beyond = 0;
    for (double v : now) {
      beyond += v < sortedReference[0] || v > sortedReference[sortedReference.length - 1] ? 1 : 0;
    }
    return beyond;
  }

  /** At most the probability of k or more of n, each with a probability p well below k / n. */
  private static double chance(int n, int k, double p) {
    double log = n * Math.log1p(-p);
    for (int i = 0; i < k; i++) {
      log += Math.log((double) (n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
    }
    return Math.exp(log) / (1 - p * (n - k) / ((1 - p) * (k + 1)));
  }

  static UnlabelledEstimate empty() {
    return new UnlabelledEstimate(
        Double.NaN, Double.NaN, Double.NaN, false, "there are no answers");
  }
}
