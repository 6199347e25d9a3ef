package io.millwright.maintenance;

import java.util.List;

/**
 * The health of a machine over readings that follow each other.
 *
 * @param readings one for each reading, in order
 * @param changes the places, from 0, at which the level of T² and SPE together changed
 */
public record HealthCourse(List<Health> readings, List<Integer> changes) {

  /** Copies. */
  public HealthCourse {
    readings = List.copyOf(readings);
    changes = List.copyOf(changes);
  }

  /**
   * The share of readings beyond the limit.
   *
   * @return the share, 0 to 1
   */
  public double unusual() {
    return readings.stream().filter(Health::unusual).count() / Math.max(1.0, readings.size());
  }
}
