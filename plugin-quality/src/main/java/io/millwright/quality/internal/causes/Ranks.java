package io.millwright.quality.internal.causes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Ranks, with ties at their mean, and normal scores. */
final class Ranks {

  private Ranks() {}

  /** Ranks from 1. */
  static double[] of(double[] x) {
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[x.length];
    for (int i = 0; i < order.length; ) {
      int j = i;
      while (j < order.length && x[order[j]] == x[order[i]]) {
        j++;
      }
      for (int k = i; k < j; k++) {
        ranks[order[k]] = (i + j + 1) / 2.0;
      }
      i = j;
    }
    return ranks;
  }

  /** Quantiles of the normal distribution at the ranks (van der Waerden). */
  static double[] scores(double[] x) {
    NormalDistribution normal = new NormalDistribution();
    return Arrays.stream(of(x))
        .map(r -> normal.inverseCumulativeProbability(r / (x.length + 1)))
        .toArray();
  }
}
