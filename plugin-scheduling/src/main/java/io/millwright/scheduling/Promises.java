package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * What a plan comes to when times are uncertain, by Monte Carlo simulation (on-time probabilities):
 * machines and sequences stay as planned, and every operation begins as soon as it can.
 *
 * @param replications how often the plan was simulated
 * @param orders the promise of each order, in the order of the shop; left out orders have none
 * @param expected the mean of the objective
 * @param halfWidth half the width of its 95 % confidence interval
 * @param percentiles the values that the objective stays below with 1, 2, ... 99 %
 * @param broken the share of replications in which a deadline, a lag's most, a stock or another
 *     condition could not be kept
 */
public record Promises(
    int replications,
    List<Promise> orders,
    double expected,
    double halfWidth,
    List<Double> percentiles,
    double broken) {

  /** Copies. */
  public Promises {
    orders = List.copyOf(orders);
    percentiles = List.copyOf(percentiles);
  }

  /**
   * The promise of one order.
   *
   * @param job the job's name
   * @return its promise
   * @throws IllegalArgumentException when the plan does not do it
   */
  public Promise of(String job) {
    Objects.requireNonNull(job, "job");
    return orders.stream()
        .filter(o -> o.job().equals(job))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the plan does no job \"" + job + "\""));
  }
}
