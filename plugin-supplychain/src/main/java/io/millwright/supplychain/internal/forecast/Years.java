package io.millwright.supplychain.internal.forecast;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.internal.classic.Seasons;
import java.util.List;

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

  /** Whether forecasts with a year were better at rolling origins. */
  static boolean isBetter(Score with, Score without) {
    return with.count() > 0 && with.against(without) < 1 - GAIN;
  }
}
