package io.millwright.benchmarks.routes;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.supplychain.RouteChecker;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import io.millwright.supplychain.VehicleRoute;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Generated problems: stops in clusters on a square of 1,000, loads of 1 to 20 for vehicles of 200,
 * a third of them with a window of two hours. Arguments as {@code name=value}: {@code stops}
 * (1000), {@code seconds} (60), {@code key} (1), {@code repair} (true: three events on the plan
 * instead, each repaired within {@code seconds}).
 */
public final class DrawnRoutes {
  private DrawnRoutes() {}

  /** Prints the cost of the first plan and of the last, and when the first was there. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> set = new HashMap<>();
    for (String a : args) {
      set.put(a.substring(0, a.indexOf('=')), a.substring(a.indexOf('=') + 1));
    }
    int stops = Integer.parseInt(set.getOrDefault("stops", "1000"));
    double seconds = Double.parseDouble(set.getOrDefault("seconds", "60"));
    long key = Long.parseLong(set.getOrDefault("key", "1"));
    Duration time = Duration.ofMillis((long) (1000 * seconds));
    RoutingProblem problem = draw(stops, key);
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      if (Boolean.parseBoolean(set.get("repair"))) {
        repair(supply, problem, time);
        return;
      }
      long begin = System.nanoTime();
      double[] first = {0, 0};
      var job = supply.routing().optimize(problem, Budget.of(time));
      job.onProgress(
          p -> {
            if (first[0] == 0) {
              first[0] = (System.nanoTime() - begin) * 1e-9;
              first[1] = p.figures().getOrDefault("cost", Double.NaN);
            }
          });
      RoutePlan plan = job.await().orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "%d stops: first plan %.0f after at most %.2f s, %.0f after %.1f s with %d vehicles,"
              + " faults %d%n",
          stops,
          first[1],
          first[0],
          plan.cost(),
          seconds,
          plan.routes().size(),
          RouteChecker.faults(problem, plan).size());
    }
  }

  private static void repair(SupplyChain supply, RoutingProblem problem, Duration time)
      throws InterruptedException {
    RoutePlan plan =
        supply.routing().optimize(problem, Budget.of(Duration.ofSeconds(10))).await().orElseThrow();
    double price = plan.cost() / plan.routes().size() / 20;
    VehicleRoute lost = plan.routes().get(0);
    say(
        supply,
        "a vehicle lost",
        problem.toBuilder().away(lost.name()).draft(plan, price).build(),
        plan,
        time);
    say(
        supply,
        "a new stop",
        problem.toBuilder()
            .stop(Stop.builder("new", 7).deliver(5).service(5).build())
            .draft(plan, price)
            .build(),
        plan,
        time);
    Travel jam =
        problem.travel().withTimes((from, to, t) -> from % 7 == 0 || to % 7 == 0 ? 1.5 * t : t);
    say(supply, "a jam", problem.toBuilder().travel(jam).draft(plan, price).build(), plan, time);
  }

  private static void say(
      SupplyChain supply, String event, RoutingProblem problem, RoutePlan before, Duration time)
      throws InterruptedException {
    long begin = System.nanoTime();
    RoutePlan after = supply.routing().optimize(problem, Budget.of(time)).await().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%-15s %.3f s, cost %.0f to %.0f, %d of %d stops changed hands, faults %d%n",
        event,
        (System.nanoTime() - begin) * 1e-9,
        before.cost(),
        after.cost(),
        after.moved(before),
        problem.stops().size(),
        RouteChecker.faults(problem, after).size());
  }

  private static RoutingProblem draw(int stops, long key) {
    SplittableRandom random = new SplittableRandom(key);
    double[] x = new double[stops + 1];
    double[] y = new double[stops + 1];
    x[0] = 500;
    y[0] = 500;
    int clusters = Math.max(3, stops / 100);
    double[] cx = random.doubles(clusters, 0, 1000).toArray();
    double[] cy = random.doubles(clusters, 0, 1000).toArray();
    for (int i = 1; i <= stops; i++) {
      int c = random.nextInt(clusters);
      boolean apart = random.nextInt(4) == 0;
      x[i] = apart ? random.nextDouble() * 1000 : cx[c] + 60 * (random.nextDouble() - 0.5);
      y[i] = apart ? random.nextDouble() * 1000 : cy[c] + 60 * (random.nextDouble() - 0.5);
    }
    RoutingProblem.Builder problem =
        RoutingProblem.builder(stops + " drawn stops", Travel.plane(x, y, Travel.Rounding.NONE));
    problem.vehicle(
        Vehicle.builder("van").count(Math.max(4, stops / 8)).capacity(200).shift(0, 5000).build());
    for (int i = 1; i <= stops; i++) {
      Stop.Builder stop = Stop.builder("s" + i, i).deliver(1 + random.nextInt(20)).service(5);
      if (random.nextInt(3) == 0) {
        double from = 1.5 * Math.hypot(x[i] - 500, y[i] - 500) + random.nextDouble() * 1000;
        stop.window(from, from + 120);
      }
      problem.stop(stop.build());
    }
    return problem.build();
  }
}
