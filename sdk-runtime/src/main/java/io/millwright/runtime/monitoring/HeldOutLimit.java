package io.millwright.runtime.monitoring;

import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;

/** Limits from statistics of blocks that were held out. */
final class HeldOutLimit {

  private static final double LEAST = 1e-12;

  private HeldOutLimit() {}

  /**
   * The quantile of a new block, with a confidence: the logarithms of the blocks' quantiles count
   * as a normal sample, of which this is the prediction limit (Hahn and Meeker 1991).
   *
   * @param blocks statistics by block and reading
   * @param statistic which one
   * @param share the share of readings beyond the limit
   * @param confidence how probable it is that a new block's quantile is below
   */
  static double of(List<double[][]> blocks, int statistic, double share, double confidence) {
    double[] logs =
        blocks.stream()
            .mapToDouble(b -> Math.log(LEAST + Moments.quantile(column(b, statistic), 1 - share)))
            .toArray();
    int n = logs.length;
    double deviation = Math.sqrt(Moments.variance(logs) * n / (n - 1));
    double t = new TDistribution(n - 1.0).inverseCumulativeProbability(confidence);
    return Math.exp(Moments.mean(logs) + t * deviation * Math.sqrt(1 + 1.0 / n));
  }

  static double median(List<double[][]> blocks, int statistic) {
    double[] all =
        blocks.stream()
            .flatMapToDouble(b -> java.util.Arrays.stream(column(b, statistic)))
            .toArray();
    return Moments.median(all);
  }

  private static double[] column(double[][] rows, int at) {
    double[] column = new double[rows.length];
    for (int r = 0; r < rows.length; r++) {
      column[r] = rows[r][at];
    }
    return column;
  }
}
