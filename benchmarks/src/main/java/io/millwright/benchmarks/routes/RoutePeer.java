package io.millwright.benchmarks.routes;

import com.google.ortools.constraintsolver.Assignment;
import com.google.ortools.constraintsolver.FirstSolutionStrategy;
import com.google.ortools.constraintsolver.LocalSearchMetaheuristic;
import com.google.ortools.constraintsolver.RoutingDimension;
import com.google.ortools.constraintsolver.RoutingIndexManager;
import com.google.ortools.constraintsolver.RoutingModel;
import com.google.ortools.constraintsolver.RoutingSearchParameters;
import com.google.ortools.constraintsolver.main;
import com.google.protobuf.Duration;
import io.millwright.solver.ortools.OrTools;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.Vehicle;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The routing library of OR-Tools with guided local search, on the same problems. */
final class RoutePeer {

  private static final long SCALE = 10;

  private static final List<FirstSolutionStrategy.Value> BEGINNINGS =
      List.of(
          FirstSolutionStrategy.Value.PATH_CHEAPEST_ARC,
          FirstSolutionStrategy.Value.PARALLEL_CHEAPEST_INSERTION);

  private RoutePeer() {}

  /** Longer than any run: the caller says when time is over. */
  private static final long MOST_SECONDS = 100_000;

  /**
   * The cost of its best plan, or NaN when it found none.
   *
   * @param over whether its time is over, asked again and again
   */
  static double cost(RoutingProblem problem, BooleanSupplier over) {
    OrTools.load();
    List<Stop> stops = problem.stops();
    Vehicle v = problem.vehicles().get(0);
    int n = stops.size() + 1;
    RoutingIndexManager manager = new RoutingIndexManager(n, v.count(), 0);
    RoutingModel model = new RoutingModel(manager);
    int[] location = new int[n];
    location[0] = v.start();
    for (int i = 1; i < n; i++) {
      location[i] = stops.get(i - 1).location();
    }
    int ways =
        model.registerTransitCallback(
            (from, to) ->
                Math.round(
                    SCALE
                        * problem
                            .travel()
                            .distance(
                                location[manager.indexToNode(from)],
                                location[manager.indexToNode(to)])));
    model.setArcCostEvaluatorOfAllVehicles(ways);
    int loads =
        model.registerUnaryTransitCallback(
            at -> {
              int node = manager.indexToNode(at);
              return node == 0 ? 0 : Math.round(stops.get(node - 1).deliver().get(0));
            });
    model.addDimension(loads, 0, Math.round(v.capacity().get(0)), true, "load");
    if (Double.isFinite(v.latest())) {
      windows(problem, manager, model, location);
    }
    model.addSearchMonitor(model.solver().makeCustomLimit(over));
    Assignment found = null;
    // Its usual beginning finds no plan where windows are tight; then the one for those.
    for (FirstSolutionStrategy.Value first : BEGINNINGS) {
      found = found == null ? model.solveWithParameters(parameters(first)) : found;
    }
    return found == null ? Double.NaN : (double) found.objectiveValue() / SCALE;
  }

  private static RoutingSearchParameters parameters(FirstSolutionStrategy.Value first) {
    return main.defaultRoutingSearchParameters().toBuilder()
        .setFirstSolutionStrategy(first)
        .setLocalSearchMetaheuristic(LocalSearchMetaheuristic.Value.GUIDED_LOCAL_SEARCH)
        .setTimeLimit(Duration.newBuilder().setNanos(0).setSeconds(MOST_SECONDS).build())
        .build();
  }

  private static void windows(
      RoutingProblem problem, RoutingIndexManager manager, RoutingModel model, int[] location) {
    List<Stop> stops = problem.stops();
    Vehicle v = problem.vehicles().get(0);
    int times =
        model.registerTransitCallback(
            (from, to) -> {
              int a = manager.indexToNode(from);
              double t = problem.travel().time(location[a], location[manager.indexToNode(to)]);
              return Math.round(SCALE * (t + (a == 0 ? 0 : stops.get(a - 1).service())));
            });
    long end = Math.round(SCALE * v.latest());
    model.addDimension(times, end, end, false, "time");
    RoutingDimension clock = model.getMutableDimension("time");
    for (int i = 0; i < stops.size(); i++) {
      Stop s = stops.get(i);
      clock
          .cumulVar(manager.nodeToIndex(i + 1))
          .setRange(Math.round(SCALE * s.ready()), Math.round(SCALE * s.due()));
    }
  }
}
