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
    boolean known = !(unlike.statistic() > MOST_UNLIKE && unlike.pValue() < 1e-4);
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

  static UnlabelledEstimate empty() {
    return new UnlabelledEstimate(
        Double.NaN, Double.NaN, Double.NaN, false, "there are no answers");
  }
}
