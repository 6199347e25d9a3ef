package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * Plans of which none is better than another by both of two objectives (Pareto front, as far as it
 * was found).
 *
 * @param first the first objective
 * @param second the second objective
 * @param points the plans, the first objective rising and the second falling
 */
public record ParetoFront(Objective first, Objective second, List<Point> points) {

  /**
   * One plan of the front.
   *
   * @param plan the plan
   * @param first its value by the first objective
   * @param second its value by the second objective
   */
  public record Point(Schedule plan, double first, double second) {}

  /** Checks for nulls and copies. */
  public ParetoFront {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    points = List.copyOf(points);
  }
}
