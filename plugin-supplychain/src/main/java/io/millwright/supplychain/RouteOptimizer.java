package io.millwright.supplychain;

import io.millwright.api.Optimizer;
import java.util.List;

/**
 * Plans routes: the vehicle routing problem with capacities, time windows, a heterogeneous fleet,
 * several depots, driver hours, skills, pickup and delivery, and stops that may be left out at a
 * price. The search removes strings of neighbouring stops and puts them back where they cost least
 * (slack induction by string removals, Christiaens and Vanden Berghe 2020), under simulated
 * annealing. Its best so far is feasible at any time. Immutable and thread-safe; implemented by the
 * host.
 */
public interface RouteOptimizer extends Optimizer<RoutingProblem, RoutePlan> {

  /**
   * Draws all chances from another key. With the same key, workers and a budget of iterations the
   * plan is the same.
   *
   * @param key any number; 1 by default
   * @return the new optimizer
   */
  RouteOptimizer key(long key);

  /**
   * What each stop of a plan costs, and who else could take it over.
   *
   * @param problem the problem
   * @param plan a feasible plan for it
   * @return one reason for each stop, the dearest first
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} when the plan does not fit the problem
   */
  List<StopReason> explain(RoutingProblem problem, RoutePlan plan);
}
