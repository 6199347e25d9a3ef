package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * A plan for uncertain times beside the plan of means. Both have the times of the shop, and both
 * were simulated with the same random numbers.
 *
 * @param means the plan of the mean times
 * @param meansPromises what it comes to
 * @param plan the plan that is recommended; the plan of means where no other is surely better
 * @param promises what it comes to
 * @param buffers by which the recommended plan was planned; empty where none pays
 * @param gain what the expected objective, or its quantile, falls by
 * @param tried how many plans were simulated
 */
public record RobustPlan(
    Schedule means,
    Promises meansPromises,
    Schedule plan,
    Promises promises,
    List<Buffer> buffers,
    double gain,
    int tried) {

  /** What buffers belong to. */
  public enum Kind {
    /** All operations of a machine are planned longer than they take in the mean. */
    MACHINE,
    /** An order is planned for an earlier date than its due date. */
    ORDER
  }

  /**
   * A buffer that pays.
   *
   * @param kind what it belongs to
   * @param name the machine's or the order's name
   * @param amount of a machine the time planned with over the mean, above 1; of an order the ticks
   */
  public record Buffer(Kind kind, String name, double amount) {}

  /**
   * A plan that stands alone.
   *
   * @param plan the plan
   * @param promises what it comes to
   * @return the plan as the plan of means, of 0 tried
   */
  public static RobustPlan alone(Schedule plan, Promises promises) {
    return new RobustPlan(plan, promises, plan, promises, List.of(), 0, 0);
  }

  /** Checks for nulls and copies. */
  public RobustPlan {
    Objects.requireNonNull(means, "means");
    Objects.requireNonNull(meansPromises, "meansPromises");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(promises, "promises");
    buffers = List.copyOf(buffers);
  }
}
