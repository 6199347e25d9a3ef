package io.millwright.runtime.monitoring;

import java.util.List;

/**
 * What a {@link ProcessWatch} says of one reading (Hotelling's T² and squared prediction error of a
 * reading).
 *
 * @param t2 Hotelling's T² of the retained components, at most {@code limit} when usual
 * @param spe the squared prediction error in the other components, each in its own variance
 * @param ratio the larger of the statistics over its limit: above 1 the reading alarms
 * @param distance the square root of the smoothed statistic over its limit, for a health index
 * @param contributions the share of each variable in the statistic that is nearest its limit, 0 to
 *     1, by reconstruction (Alcala and Qin 2009); 0 for variables that are not monitored
 */
public record ProcessPoint(
    double t2, double spe, double ratio, double distance, List<Double> contributions) {

  /** Copies. */
  public ProcessPoint {
    contributions = List.copyOf(contributions);
  }

  /**
   * Whether the reading is beyond its limit.
   *
   * @return true for an alarm
   */
  public boolean alarm() {
    return ratio > 1;
  }
}
