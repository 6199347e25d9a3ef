package io.millwright.supplychain;

import java.util.List;

/**
 * Routes for a fleet: a solution of a {@link RoutingProblem}.
 *
 * @param routes those of vehicles that are used, in order of the fleet
 * @param leftOut the stops that may be left out and are, in order of the problem
 * @param cost what the plan costs: use of vehicles, distance, time, prizes not earned, and expected
 *     returns where deliveries are uncertain ({@link Recourse}); the price of changes is not part
 *     of it
 * @param distance the distance of all routes
 * @param time the time of all routes from departure to return
 */
public record RoutePlan(
    List<VehicleRoute> routes, List<String> leftOut, double cost, double distance, double time) {

  /** Copies. */
  public RoutePlan {
    routes = List.copyOf(routes);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * How many stops are with another vehicle, or left out, than in an earlier plan.
   *
   * @param earlier the other plan
   * @return the number of this plan's stops that changed hands
   */
  public int moved(RoutePlan earlier) {
    int moved = 0;
    for (VehicleRoute route : routes) {
      for (StopVisit visit : route.visits()) {
        moved +=
            earlier.routes.stream()
                    .anyMatch(
                        r ->
                            r.name().equals(route.name())
                                && r.visits().stream().anyMatch(v -> v.stop().equals(visit.stop())))
                ? 0
                : 1;
      }
    }
    return moved;
  }
}
