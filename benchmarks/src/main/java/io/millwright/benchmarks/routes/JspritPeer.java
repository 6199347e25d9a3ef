package io.millwright.benchmarks.routes;

import com.graphhopper.jsprit.core.algorithm.VehicleRoutingAlgorithm;
import com.graphhopper.jsprit.core.algorithm.box.Jsprit;
import com.graphhopper.jsprit.core.problem.Location;
import com.graphhopper.jsprit.core.problem.VehicleRoutingProblem;
import com.graphhopper.jsprit.core.problem.job.Service;
import com.graphhopper.jsprit.core.problem.solution.VehicleRoutingProblemSolution;
import com.graphhopper.jsprit.core.problem.vehicle.VehicleImpl;
import com.graphhopper.jsprit.core.problem.vehicle.VehicleTypeImpl;
import com.graphhopper.jsprit.core.util.FastVehicleRoutingTransportCostsMatrix;
import com.graphhopper.jsprit.core.util.Solutions;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.Vehicle;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** The routing library jsprit with its defaults and one thread, on the same problems. */
final class JspritPeer {

  /** The caller says when time is over; rounds have no end of their own. */
  private static final int MOST_ROUNDS = 100_000_000;

  private JspritPeer() {}

  /**
   * The cost of its best plan, or NaN when stops are left over.
   *
   * @param over whether its time is over, asked after each round
   */
  static double cost(RoutingProblem problem, BooleanSupplier over, long key) {
    List<Stop> stops = problem.stops();
    Vehicle v = problem.vehicles().get(0);
    int n = stops.size() + 1;
    int[] location = new int[n];
    location[0] = v.start();
    for (int i = 1; i < n; i++) {
      location[i] = stops.get(i - 1).location();
    }
    FastVehicleRoutingTransportCostsMatrix.Builder ways =
        FastVehicleRoutingTransportCostsMatrix.Builder.newInstance(n, false);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        ways.addTransportDistance(i, j, problem.travel().distance(location[i], location[j]));
        ways.addTransportTime(i, j, problem.travel().time(location[i], location[j]));
      }
    }
    VehicleTypeImpl type =
        VehicleTypeImpl.Builder.newInstance(v.id())
            .addCapacityDimension(0, whole(v.capacity().get(0)))
            .setCostPerDistance(1)
            .build();
    VehicleRoutingProblem.Builder all =
        VehicleRoutingProblem.Builder.newInstance()
            .setRoutingCost(ways.build())
            .setFleetSize(VehicleRoutingProblem.FleetSize.FINITE);
    for (int k = 0; k < v.count(); k++) {
      VehicleImpl.Builder one =
          VehicleImpl.Builder.newInstance(v.id() + " " + k)
              .setType(type)
              .setStartLocation(at(0))
              .setReturnToDepot(true);
      if (Double.isFinite(v.latest())) {
        one.setEarliestStart(v.earliest()).setLatestArrival(v.latest());
      }
      all.addVehicle(one.build());
    }
    for (int i = 1; i < n; i++) {
      Stop stop = stops.get(i - 1);
      Service.Builder<?> one =
          Service.Builder.newInstance(stop.id())
              .setLocation(at(i))
              .addSizeDimension(0, whole(stop.deliver().get(0)))
              .setServiceTime(stop.service());
      if (Double.isFinite(stop.due())) {
        one.addTimeWindow(stop.ready(), stop.due());
      }
      all.addJob(one.build());
    }
    VehicleRoutingAlgorithm search =
        Jsprit.Builder.newInstance(all.build())
            .setProperty(Jsprit.Parameter.THREADS, "1")
            .setRandom(new Random(key))
            .buildAlgorithm();
    search.setMaxIterations(MOST_ROUNDS);
    search.setPrematureAlgorithmTermination(found -> over.getAsBoolean());
    VehicleRoutingProblemSolution best = Solutions.bestOf(search.searchSolutions());
    return best.getUnassignedJobs().isEmpty() ? best.getCost() : Double.NaN;
  }

  private static Location at(int index) {
    return Location.Builder.newInstance().setId("" + index).setIndex(index).build();
  }

  private static int whole(double load) {
    return Math.toIntExact(Math.round(load));
  }
}
