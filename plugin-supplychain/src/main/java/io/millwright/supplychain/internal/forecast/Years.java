package io.millwright.supplychain.internal.forecast;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.internal.classic.Seasons;
import java.util.List;
import java.util.Map;

/**
 * Days that have a year beside their week. The usual seasons of days are weeks alone, since few
 * histories are long enough; where most of those that are show a year, and errors at rolling
 * origins are smaller with it, it is taken.
 */
final class Years {

  private static final int WEEK = 7;
  private static final int YEAR = 365;

  static final Frequency WEEK_AND_YEAR = Frequency.DAILY.seasons(WEEK, YEAR);

  /** Two years to see a season, one to judge by. */
  private static final int LEAST = 3 * YEAR;

  /** By how much errors must be smaller. */
  private static final double GAIN = 0.02;

  private Years() {}

  /**
   * Whether a year may be tried.
   *
   * @param pasts daily series with both seasons
   */
  static boolean mayShow(List<Past> pasts) {
    int known = 0;
    int shown = 0;
    for (Past past : pasts) {
      if (past.length() >= LEAST) {
        known++;
        double[] week = Seasons.of(past.y(), WEEK).adjusted();
        shown += Seasons.of(week, YEAR).any() ? 1 : 0;
      }
    }
    return known > 0 && 2 * shown >= known;
  }

  /** The same series with a year beside the week. */
  static Series of(Series series) {
    return new Series(series.id(), WEEK_AND_YEAR, series.start(), series.values());
  }

  /**
   * Whether forecasts with a year were better, at rolling origins that both were judged at: with a
   * year fewer count, since it must show there.
   *
   * @param with what was learnt of series with a year
   * @param without what was learnt of the same series with their week alone
   */
  static boolean isBetter(SmoothTraining with, SmoothTraining without) {
    Score one = new Score();
    Score other = new Score();
    for (Map.Entry<SmoothTraining.Place, double[]> said : with.judged().entrySet()) {
      double[] beside = without.judged().get(said.getKey());
      if (beside != null) {
        without.add(one, said.getKey(), said.getValue());
        without.add(other, said.getKey(), beside);
      }
    }
    return one.count() > 0 && one.against(other) < 1 - GAIN;
  }
}
