package io.millwright.production;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.Optimizer;
import java.util.List;

/**
 * Divides work between lines at least cost: a mixed-integer program whose rates are piecewise
 * linear in the speed, with chance constraints (second-order cones) by tangent planes, solved
 * through OR-Tools, which {@code millwright-ortools} brings. With a limit of time an answer need
 * not repeat.
 */
public interface Allocator extends Optimizer<AllocationProblem, Allocation> {

  /**
   * Why deliveries cannot be kept.
   *
   * @param problem the problem
   * @return what each limit alone would have to rise by, in all, for deliveries to be kept: hours
   *     of lines, people, energy or material; when no single one is enough, what cannot be
   *     delivered; empty when there is an allocation
   */
  List<Finding> missing(AllocationProblem problem);

  /**
   * What a percent less energy costs: the trade-off of cost and energy (Pareto front by the
   * epsilon-constraint method).
   *
   * @param problem the problem
   * @param points how many points, at least 2
   * @param budget for each point
   * @return the job; points by falling energy, without those that others dominate
   */
  Job<List<TradeOff>> energyCurve(AllocationProblem problem, int points, Budget budget);

  /**
   * A point of a trade-off.
   *
   * @param energy kWh
   * @param cost the least cost with at most so much energy
   */
  record TradeOff(double energy, double cost) {}
}
