package io.millwright.scheduling;

import java.util.Locale;
import java.util.Map;

/**
 * What a plan can be judged by (performance measure); less is better. All but the costs are in
 * ticks, tardiness and flow time in weighted ticks.
 */
public enum Measure {
  /** The end of the last operation. */
  MAKESPAN,
  /** The sum over the jobs of weight times the ticks by which the job is late. */
  WEIGHTED_TARDINESS,
  /** The sum over the jobs of weight times the ticks from release to end. */
  WEIGHTED_FLOW_TIME,
  /** The working time that goes into set-ups, over all machines. */
  SETUP_TIME,
  /**
   * What the electricity of all machines costs from the start of planning to the end of the plan,
   * by {@link Power} and {@link Tariff}, in the money of the tariff; 0 without a tariff. What was
   * drawn before the start of planning is paid already.
   */
  ENERGY_COST,
  /**
   * The sum of the {@linkplain ShopJob#rejection rejection costs} of the jobs that the plan leaves
   * out, in whatever the objective counts in. Only an objective that has it may leave jobs out.
   */
  REJECTION_COST;

  /**
   * The measure's name for people, such as {@code weighted tardiness}.
   *
   * @return the name in lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Measures a plan.
   *
   * @param shop the shop it is for
   * @param plan a plan that names every job of the shop that it does not leave out
   * @return the value
   */
  public double of(Shop shop, Schedule plan) {
    return switch (this) {
      case MAKESPAN -> plan.makespan();
      case SETUP_TIME -> plan.assignments().stream().mapToLong(Assignment::setup).sum();
      case ENERGY_COST -> EnergyBill.of(shop, plan);
      case WEIGHTED_TARDINESS, WEIGHTED_FLOW_TIME, REJECTION_COST ->
          overJobs(shop, plan.completions());
    };
  }

  private double overJobs(Shop shop, Map<String, Long> ends) {
    double sum = 0;
    for (ShopJob job : shop.jobs()) {
      Long end = ends.get(job.id());
      if (end == null || this == REJECTION_COST) {
        sum += this == REJECTION_COST && end == null ? job.rejection().orElse(0) : 0;
      } else if (this == WEIGHTED_FLOW_TIME) {
        sum += job.weight() * (end - job.release());
      } else if (job.due().isPresent()) {
        sum += job.weight() * Math.max(0, end - job.due().getAsLong());
      }
    }
    return sum;
  }
}
