package io.millwright.maintenance;

import java.util.List;

/**
 * How a reading that follows wear will go on (a degradation path), see {@link
 * RemainingLifeModel#course}.
 *
 * @param column the reading
 * @param end the level at which units failed, in the unit of the reading
 * @param level the probability with which one cycle's range should hold its reading
 * @param expected the reading 1, 2 and so on cycles from now, its median
 * @param low the lower end of each cycle's range
 * @param high the upper end
 */
public record WearCourse(
    String column,
    double end,
    double level,
    List<Double> expected,
    List<Double> low,
    List<Double> high) {

  /** Copies and checks. */
  public WearCourse {
    expected = List.copyOf(expected);
    low = List.copyOf(low);
    high = List.copyOf(high);
    if (expected.size() != low.size() || expected.size() != high.size()) {
      throw new IllegalArgumentException(
          expected.size() + " readings with " + low.size() + " and " + high.size() + " ends");
    }
  }
}
