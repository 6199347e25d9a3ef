package io.millwright.api.plan;

import java.util.List;

/**
 * When the steps of a {@link WorkLoad} are done (schedule): the decision of an optimizer.
 * Immutable.
 *
 * @param steps the steps, in the order of their beginning
 */
public record WorkPlan(List<Planned> steps) {

  /**
   * A step in time.
   *
   * @param order the order's name
   * @param step the step's name
   * @param start the tick at which it begins
   * @param end the tick at which it is done
   */
  public record Planned(String order, String step, long start, long end) {}

  /** Copies. */
  public WorkPlan {
    steps = List.copyOf(steps);
  }
}
