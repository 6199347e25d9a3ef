package io.millwright.supplychain;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Series with known makings. */
final class Simulated {

  private Simulated() {}

  /** Monthly series with level, drift, season and noise of random sizes. */
  static List<Series> monthly(int count, int length, long seed) {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(31 * seed + i);
      double level = Math.exp(4 + random.nextGaussian());
      double season = 0.3 * random.nextDouble();
      double drift = 0.004 * random.nextGaussian();
      double[] y = new double[length];
      double walk = 0;
      for (int t = 0; t < length; t++) {
        walk += 0.02 * random.nextGaussian();
        y[t] =
            level
                * Math.exp(drift * t + walk + 0.08 * random.nextGaussian())
                * (1 + season * Math.cos(2 * Math.PI * t / 12));
      }
      all.add(Series.of("m" + i, Frequency.MONTHLY, "2015-01", y));
    }
    return all;
  }

  /** Counts of Poisson with different rates. */
  static List<Series> counts(int count, int length, long seed) {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(77 * seed + i);
      double rate = 0.1 + 0.8 * random.nextDouble();
      double[] y = new double[length];
      for (int t = 0; t < length; t++) {
        double product = random.nextDouble();
        while (product > Math.exp(-rate)) {
          product *= random.nextDouble();
          y[t]++;
        }
      }
      all.add(Series.of("c" + i, Frequency.MONTHLY, "2015-01", y));
    }
    return all;
  }
}
