package io.millwright.samples.plant;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A simulated store of a press shop: monthly demand over six years. Two in three articles sell
 * every month, with a season, a drift, and a price campaign in some months that pulls demand
 * forward from the month after; one in three are spare parts that are wanted now and then, as a
 * Poisson process whose rate fades with the age of the machines. One month in forty was not
 * recorded. The same key gives the same store, in every version of Java. Immutable and thread-safe.
 *
 * @param key the key from which all randomness is drawn
 * @param articles how many articles there are
 */
public record PartsStore(long key, int articles) {

  private static final int MONTHS = 72;
  private static final String FIRST = "2020-01";
  private static final double UNRECORDED = 1.0 / 40;
  private static final double CAMPAIGN = 1.0 / 15;

  /** Checks. */
  public PartsStore {
    if (articles < 1) {
      throw new IllegalArgumentException(articles + " articles");
    }
  }

  /**
   * The store of the samples: 60 articles.
   *
   * @param key the key
   * @return the store
   */
  public static PartsStore standard(long key) {
    return new PartsStore(key, 60);
  }

  /**
   * The demand on record.
   *
   * @return one series for each article, NaN for a month that was not recorded
   */
  public List<Series> demand() {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < articles; i++) {
      Dice dice = new Dice(key, i);
      boolean spare = i % 3 == 2;
      String name = String.format(Locale.ROOT, spare ? "spare %02d" : "article %02d", i + 1);
      double[] demand = spare ? spare(dice) : steady(dice);
      for (int t = 1; t < MONTHS - 1; t++) {
        if (dice.uniform() < UNRECORDED) {
          demand[t] = Double.NaN;
        }
      }
      all.add(Series.of(name, Frequency.MONTHLY, FIRST, demand));
    }
    return all;
  }

  private static double[] steady(Dice dice) {
    double level = dice.around(120, 0.8);
    double drift = 0.004 * dice.normal();
    double season = dice.uniform(0, 0.35);
    double peak = dice.uniform(0, 12);
    double noise = dice.uniform(0.04, 0.15);
    double[] demand = new double[MONTHS];
    double forward = 1;
    for (int t = 0; t < MONTHS; t++) {
      double wave = 1 + season * StrictMath.cos(2 * StrictMath.PI * (t - peak) / 12);
      double mean = level * StrictMath.exp(drift * t) * wave * forward;
      forward = 1;
      if (dice.uniform() < CAMPAIGN) {
        mean *= dice.uniform(1.3, 1.9);
        forward = 0.8;
      }
      demand[t] = Math.rint(mean * StrictMath.exp(noise * dice.normal()));
    }
    return demand;
  }

  private static double[] spare(Dice dice) {
    double rate = dice.around(0.4, 0.7);
    double fading = dice.uniform(-0.015, 0.005);
    double[] demand = new double[MONTHS];
    for (int t = 0; t < MONTHS; t++) {
      double gap = StrictMath.exp(-rate * StrictMath.exp(fading * t));
      double product = dice.uniform();
      int wanted = 0;
      while (product > gap) {
        product *= dice.uniform();
        wanted++;
      }
      demand[t] = wanted;
    }
    return demand;
  }
}
