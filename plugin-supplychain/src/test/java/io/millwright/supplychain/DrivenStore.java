package io.millwright.supplychain;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Weekly sales of which the makings are known: price elasticity -2, promotions that multiply demand
 * by 1.8, a covariate without any use, and levels that hang on a brand.
 */
final class DrivenStore {

  static final double ELASTICITY = -2;
  static final double LIFT = Math.log(1.8);
  static final int AHEAD = 8;

  private DrivenStore() {}

  /**
   * Series with covariates for {@code AHEAD} periods beyond each history.
   *
   * @param driven whether covariates do anything
   * @param pieces the mean level; small ones are counts now and then
   */
  static List<DrivenSeries> weekly(
      int count, int length, long seed, boolean driven, double pieces) {
    List<DrivenSeries> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(101 * seed + i);
      String brand = i % 2 == 0 ? "north" : "south";
      double level =
          pieces * (brand.equals("north") ? 3 : 1) * Math.exp(0.2 * random.nextGaussian());
      double usual = 2 + 3 * random.nextDouble();
      List<Double> price = new ArrayList<>();
      List<Double> promotion = new ArrayList<>();
      List<Double> moon = new ArrayList<>();
      List<Double> sold = new ArrayList<>();
      double walk = 0;
      int left = 0;
      for (int t = 0; t < length + AHEAD; t++) {
        left = left > 0 ? left - 1 : random.nextDouble() < 0.06 ? 2 : 0;
        boolean on = left > 0;
        double now =
            usual
                * (on && random.nextBoolean() ? 0.85 : 1)
                * Math.exp(0.03 * random.nextGaussian());
        price.add(now);
        promotion.add(on ? 1.0 : 0.0);
        moon.add(Math.cos(t / 4.7) + 0.1 * random.nextGaussian());
        walk += 0.03 * random.nextGaussian();
        double effect = driven ? ELASTICITY * Math.log(now / usual) + (on ? LIFT : 0) : 0;
        double mean = level * Math.exp(walk + effect);
        sold.add(poisson(mean * Math.exp(0.1 * random.nextGaussian() - 0.005), random));
      }
      Series history =
          new Series(
              "w" + i,
              Frequency.WEEKLY.seasons(new Integer[0]),
              Frequency.WEEKLY.number("2024-W01"),
              sold.subList(0, length + AHEAD));
      all.add(
          DrivenSeries.of(history)
              .known("price", price)
              .known("promotion", promotion)
              .known("moon", moon)
              .attribute("brand", brand)
              .attribute("shelf", "s" + random.nextInt(4)));
    }
    return all;
  }

  private static double poisson(double mean, Random random) {
    if (mean > 50) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** The histories without their last periods. */
  static List<DrivenSeries> known(List<DrivenSeries> wholes) {
    return wholes.stream().map(d -> d.first(d.history().length() - AHEAD)).toList();
  }
}
