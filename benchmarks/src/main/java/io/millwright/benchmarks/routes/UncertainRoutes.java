package io.millwright.benchmarks.routes;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import io.millwright.supplychain.VehicleRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What it saves to plan with returns to the depot where deliveries are uncertain: drawn problems
 * are planned by what is expected, with a reserve of a tenth and of a fifth of the capacity, and
 * with expected returns; every plan is driven with the same drawn deliveries. Arguments: problems
 * (10), stops (40), spread as a share of the mean (0.8), drives of each plan (5,000).
 */
public final class UncertainRoutes {
  private static final double CAPACITY = 120;

  private UncertainRoutes() {}

  /**
   * Prints the mean cost of each way of planning.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int problems = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    int stops = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    double spread = args.length > 2 ? Double.parseDouble(args[2]) : 0.8;
    int drives = args.length > 3 ? Integer.parseInt(args[3]) : 5000;
    double[] reserves = {0, 0.1, 0.2};
    double[] cost = new double[reserves.length + 1];
    double told = 0;
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      for (int key = 1; key <= problems; key++) {
        RoutingProblem truth = drawn(stops, spread, CAPACITY, key);
        for (int w = 0; w <= reserves.length; w++) {
          boolean returns = w == reserves.length;
          RoutingProblem planned =
              returns ? truth : drawn(stops, 0, CAPACITY * (1 - reserves[w]), key);
          RoutePlan plan =
              supply
                  .routing()
                  .key(1)
                  .optimize(planned, Budget.iterations(50_000))
                  .await()
                  .orElseThrow();
          cost[w] += driven(truth, plan, drives) / problems;
          told += returns ? plan.cost() / problems : 0;
        }
      }
    }
    for (int w = 0; w < reserves.length; w++) {
      System.out.printf(
          Locale.ROOT,
          "planned by what is expected, reserve %.0f %%: %.1f%n",
          100 * reserves[w],
          cost[w]);
    }
    System.out.printf(
        Locale.ROOT, "planned with returns: %.1f, told %.1f%n", cost[reserves.length], told);
  }

  private static RoutingProblem drawn(int stops, double spread, double capacity, long key) {
    Random random = new Random(key);
    double[] x = random.doubles(stops + 1L, 0, 100).toArray();
    double[] y = random.doubles(stops + 1L, 0, 100).toArray();
    RoutingProblem.Builder b =
        RoutingProblem.builder("drawn " + key, Travel.plane(x, y, Travel.Rounding.NONE))
            .vehicle(
                Vehicle.builder("van").count(stops).capacity(capacity).costs(20, 1, 0).build());
    for (int s = 1; s <= stops; s++) {
      double mean = 5 + random.nextInt(20);
      double by = spread * mean * (0.5 + 0.5 * random.nextDouble());
      Stop.Builder stop = Stop.builder("s" + s, s);
      b.stop((spread > 0 ? stop.deliver(around(mean, by)) : stop.deliver(mean)).build());
    }
    return b.build();
  }

  private static Distribution around(double mean, double by) {
    return new Distribution(
        mean,
        List.of(0.01, 0.25, 0.5, 0.75, 0.99),
        List.of(mean - by, mean - 0.3 * by, mean, mean + 0.3 * by, mean + by));
  }

  /** The mean cost of driving a plan with drawn deliveries. */
  private static double driven(RoutingProblem truth, RoutePlan plan, int drives) {
    List<List<Stop>> routes = new ArrayList<>();
    double cost = 0;
    for (VehicleRoute route : plan.routes()) {
      List<Stop> way = new ArrayList<>();
      for (String id : route.stops()) {
        way.add(truth.stops().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow());
      }
      routes.add(way);
      cost += 20 + route.distance();
    }
    Random random = new Random(1);
    double returns = 0;
    for (int d = 0; d < drives; d++) {
      for (List<Stop> way : routes) {
        double left = CAPACITY;
        for (Stop stop : way) {
          double wanted = stop.uncertain().orElseThrow().quantile(random.nextDouble());
          while (wanted > left) {
            wanted -= left;
            left = CAPACITY;
            returns += 2 * truth.travel().distance(0, stop.location());
          }
          left -= wanted;
        }
      }
    }
    return cost + returns / drives;
  }
}
