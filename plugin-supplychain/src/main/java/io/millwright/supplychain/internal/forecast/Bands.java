package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.internal.classic.Normal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the truth lies from forecasts, in units of a series' own scale: quantiles of errors at
 * rolling origins, pooled over the series of a frequency (split conformal prediction with
 * normalised scores, Lei et al. 2018), for single periods and for the sums of the first periods.
 *
 * @param periods {@code [period][probability]}
 * @param totals {@code [periods summed][probability]}
 * @param scores from how many scores of single periods they come
 */
record Bands(double[][] periods, double[][] totals, int scores) {

  /** At which probabilities quantiles are kept. */
  static final double[] PROBABILITIES = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6,
    0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999
  };

  /** From how many scores on bands count as measured. */
  static final int ENOUGH = 30;

  /** How many scores of a period weigh as much as the shape that all periods share. */
  private static final double SHARED = 100;

  boolean areMeasured() {
    return scores >= ENOUGH;
  }

  /**
   * Bands from scores.
   *
   * @param periods errors over scales, one array for each origin, NaN where the truth is missing
   * @param totals the same of the sums of the first periods
   */
  static Bands of(List<double[]> periods, List<double[]> totals, int horizon) {
    int scores = 0;
    for (double[] z : periods) {
      for (double v : z) {
        scores += Double.isNaN(v) ? 0 : 1;
      }
    }
    return new Bands(quantiles(periods, horizon), quantiles(totals, horizon), scores);
  }

  private static double[][] quantiles(List<double[]> scores, int horizon) {
    double[] sizes = new double[horizon];
    double[][] sorted = new double[horizon][];
    List<Double> shapes = new ArrayList<>();
    for (int h = 0; h < horizon; h++) {
      int at = h;
      sorted[h] =
          scores.stream().mapToDouble(z -> z[at]).filter(z -> !Double.isNaN(z)).sorted().toArray();
      double squares = Arrays.stream(sorted[h]).map(z -> z * z).sum();
      // Two scores of a size like the last period's stand in for what is not there.
      double before = h == 0 ? 1 : sizes[h - 1];
      sizes[h] = Math.sqrt((squares + 2 * before * before) / (sorted[h].length + 2));
      for (double z : sorted[h]) {
        shapes.add(z / sizes[h]);
      }
    }
    double[] shape = shapes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double[][] quantiles = new double[horizon][PROBABILITIES.length];
    for (int h = 0; h < horizon; h++) {
      double own = sorted[h].length / (sorted[h].length + SHARED);
      for (int k = 0; k < PROBABILITIES.length; k++) {
        double p = PROBABILITIES[k];
        double common =
            sizes[h] * (shape.length >= ENOUGH ? quantile(shape, p) : Normal.quantile(p));
        quantiles[h][k] =
            sorted[h].length == 0 ? common : own * quantile(sorted[h], p) + (1 - own) * common;
      }
    }
    return quantiles;
  }

  /**
   * The quantile that one more value stays below with a probability: the ranks are those among n +
   * 1, between them a line.
   */
  private static double quantile(double[] sorted, double p) {
    double rank = p * (sorted.length + 1) - 1;
    if (rank <= 0) {
      return sorted[0];
    }
    int below = (int) rank;
    return below >= sorted.length - 1
        ? sorted[sorted.length - 1]
        : sorted[below] + (rank - below) * (sorted[below + 1] - sorted[below]);
  }
}
