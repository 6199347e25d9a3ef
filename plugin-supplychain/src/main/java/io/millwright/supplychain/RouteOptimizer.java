package io.millwright.supplychain;

import io.millwright.api.Budget;
import io.millwright.api.Job;
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

  /**
   * Plans a day with traffic by time of day, breaks and several trips of a vehicle, a first
   * version: rounds of the plain search with travel times that carry traffic and breaks on average,
   * until its tours fit the clock of the day. Drafts and begun routes are not known.
   *
   * @param problem the problem, its travel times those of free roads
   * @param rules what the day has beside it
   * @param budget of the search, over all rounds
   * @return the job; cancelled, it ends with the best day so far
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} for a problem with a draft, {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for several trips of a vehicle that starts and ends
   *     at different locations
   */
  Job<DayPlan> day(RoutingProblem problem, DayRules rules, Budget budget);

  /**
   * Plans deliveries over several days from the stocks of those who get them (inventory routing), a
   * first version: visits are moved, dropped and added while that makes routes and holding cheaper.
   *
   * @param problem the problem
   * @param budget of the search
   * @return the job; cancelled, it ends with the best plan so far
   */
  Job<TransportPlan> transport(TransportProblem problem, Budget budget);
}
