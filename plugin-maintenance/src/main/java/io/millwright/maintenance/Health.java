package io.millwright.maintenance;

import java.util.List;
import java.util.Map;

/**
 * How a machine is at one reading (health indicator).
 *
 * @param index its health: 1 as in normal operation, 0.5 at the limit, towards 0 far beyond it
 * @param t2 Hotelling's T² of the retained components
 * @param spe the squared prediction error in the other components, each in its own variance
 * @param ratio the statistic over its limit; above 1 the reading is unusual
 * @param alarm whether the alarm is on, with hysteresis
 * @param causes the columns with the largest part in the statistic, the largest first, and their
 *     share; empty while the reading is usual
 * @param sensors sensors that lie
 * @param machine whether the machine itself changed: unusual, and no sensor explains it
 */
public record Health(
    double index,
    double t2,
    double spe,
    double ratio,
    boolean alarm,
    Map<String, Double> causes,
    List<SensorFinding> sensors,
    boolean machine) {

  /** Copies, in order. */
  public Health {
    causes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(causes));
    sensors = List.copyOf(sensors);
  }

  /**
   * Whether this reading is beyond the limit.
   *
   * @return true when unusual
   */
  public boolean unusual() {
    return ratio > 1;
  }
}
