package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecourseTest {

  private static Millwright millwright;

  @BeforeAll
  static void create() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** Quantiles of a delivery that lies between its mean less and its mean plus a spread. */
  private static Distribution around(double mean, double spread) {
    return new Distribution(
        mean,
        List.of(0.001, 0.25, 0.5, 0.75, 0.999),
        List.of(mean - spread, mean - 0.3 * spread, mean, mean + 0.3 * spread, mean + spread));
  }

  private static RoutingProblem drawn(
      int stops, int vehicles, double capacity, double spread, long key) {
    Random random = new Random(key);
    double[] x = random.doubles(stops + 1, 0, 100).toArray();
    double[] y = random.doubles(stops + 1, 0, 100).toArray();
    RoutingProblem.Builder b =
        RoutingProblem.builder("drawn", Travel.plane(x, y, Travel.Rounding.NONE))
            .vehicle(
                Vehicle.builder("van").count(vehicles).capacity(capacity).costs(10, 1, 0).build());
    for (int s = 1; s <= stops; s++) {
      double mean = 10 + random.nextInt(20);
      Stop.Builder stop = Stop.builder("s" + s, s);
      b.stop((spread > 0 ? stop.deliver(around(mean, spread * mean)) : stop.deliver(mean)).build());
    }
    return b.build();
  }

  private static RoutePlan plan(RoutingProblem problem, int iterations)
      throws InterruptedException {
    RoutePlan plan =
        millwright
            .plugin(SupplyChain.class)
            .routing()
            .optimize(problem, Budget.iterations(iterations))
            .await()
            .orElseThrow();
    assertThat(RouteChecker.faults(problem, plan)).isEmpty();
    return plan;
  }

  /** What a route's returns cost when its stops take this much, walked stop by stop. */
  private static double walked(RoutingProblem problem, VehicleRoute route, double[] amounts) {
    double capacity = problem.vehicles().get(0).capacity().get(0);
    double left = capacity;
    double cost = 0;
    for (int i = 0; i < amounts.length; i++) {
      String id = route.stops().get(i);
      int at =
          problem.stops().stream()
              .filter(s -> s.id().equals(id))
              .findFirst()
              .orElseThrow()
              .location();
      double wanted = amounts[i];
      while (wanted > left) {
        wanted -= left;
        left = capacity;
        cost += 2 * problem.travel().distance(0, at);
      }
      left -= wanted;
    }
    return cost;
  }

  private static double[] drawn(RoutingProblem problem, VehicleRoute route, Random random) {
    return route.stops().stream()
        .mapToDouble(
            id ->
                problem.stops().stream()
                    .filter(s -> s.id().equals(id))
                    .findFirst()
                    .orElseThrow()
                    .uncertain()
                    .orElseThrow()
                    .quantile(random.nextDouble()))
        .toArray();
  }

  @Test
  void returnsCostWhatAWalkWithDrawnDeliveriesCosts() throws InterruptedException {
    RoutingProblem problem = drawn(12, 4, 70, 0.8, 3);
    RoutePlan plan = plan(problem, 3000);
    Recourse recourse = Recourse.of(problem);
    Random random = new Random(1);
    for (VehicleRoute route : plan.routes()) {
      Recourse.Returns told = recourse.of(route);
      int draws = 40_000;
      double sum = 0;
      double squares = 0;
      int failed = 0;
      for (int i = 0; i < draws; i++) {
        double cost = walked(problem, route, drawn(problem, route, random));
        sum += cost / draws;
        squares += cost * cost / draws;
        failed += cost > 0 ? 1 : 0;
      }
      double error = Math.sqrt((squares - sum * sum) / draws);
      // Quantiles in 24 points are a little narrower than the lines between them.
      assertThat(told.cost()).isCloseTo(sum, within(4 * error + 0.03 * sum + 0.2));
      assertThat(told.probability()).isCloseTo(failed / (double) draws, within(0.02));
    }
    assertThat(plan.routes().stream().mapToDouble(r -> recourse.of(r).cost()).sum()).isPositive();
  }

  @Test
  void smallProblemsEndAtTheBestOfAllPlans() throws InterruptedException {
    for (long key = 1; key <= 4; key++) {
      RoutingProblem problem = drawn(6, 3, 60, 0.9, key);
      Recourse recourse = Recourse.of(problem);
      double best = Double.POSITIVE_INFINITY;
      for (List<Integer> order : orders(6)) {
        // A plan is an order that is cut into up to three routes.
        for (int a = 0; a <= 6; a++) {
          for (int b = a; b <= 6; b++) {
            double cost =
                cost(problem, recourse, order.subList(0, a))
                    + cost(problem, recourse, order.subList(a, b))
                    + cost(problem, recourse, order.subList(b, 6));
            best = Math.min(best, cost);
          }
        }
      }
      assertThat(plan(problem, 20_000).cost()).as("key %d", key).isCloseTo(best, within(1e-6));
    }
  }

  private static double cost(RoutingProblem problem, Recourse recourse, List<Integer> stops) {
    if (stops.isEmpty()) {
      return 0;
    }
    double cost = 10;
    double load = 0;
    int at = 0;
    for (int s : stops) {
      cost += problem.travel().distance(at, s + 1);
      load += problem.stops().get(s).deliver().get(0);
      at = s + 1;
    }
    int[] order = stops.stream().mapToInt(i -> i).toArray();
    return load > 60
        ? Double.POSITIVE_INFINITY
        : cost + problem.travel().distance(at, 0) + recourse.of(0, order, order.length).cost();
  }

  private static List<List<Integer>> orders(int n) {
    if (n == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> rest : orders(n - 1)) {
      for (int at = 0; at <= rest.size(); at++) {
        List<Integer> order = new ArrayList<>(rest);
        order.add(at, n - 1);
        all.add(order);
      }
    }
    return all;
  }

  @Test
  void deliveriesThatCannotDifferArePlannedAsKnownOnes() throws InterruptedException {
    RoutingProblem known = drawn(20, 8, 80, 0, 5);
    RoutingProblem.Builder b = RoutingProblem.builder("drawn", known.travel());
    known.vehicles().forEach(b::vehicle);
    for (Stop s : known.stops()) {
      double a = s.deliver().get(0);
      b.stop(
          Stop.builder(s.id(), s.location())
              .deliver(new Distribution(a, List.of(0.1, 0.9), List.of(a, a)))
              .build());
    }
    RoutePlan one = plan(known, 5000);
    RoutePlan other = plan(b.build(), 5000);
    assertThat(other.routes()).isEqualTo(one.routes());
    assertThat(other.cost()).isCloseTo(one.cost(), within(1e-6));
  }

  @Test
  void planningWithReturnsIsCheaperThanPlanningWhatIsExpected() throws InterruptedException {
    RoutingProblem uncertain = drawn(30, 12, 90, 0.8, 7);
    Recourse recourse = Recourse.of(uncertain);
    RoutePlan with = plan(uncertain, 20_000);
    RoutePlan without = plan(drawn(30, 12, 90, 0, 7), 20_000);
    double returns = without.routes().stream().mapToDouble(r -> recourse.of(r).cost()).sum();
    assertThat(with.cost()).isLessThan(0.97 * (without.cost() + returns));
  }

  @Test
  void whatUncertainDeliveriesCannotBeJoinedWithIsRefusedByName() {
    Travel travel =
        Travel.plane(new double[] {0, 1, 2}, new double[] {0, 1, 2}, Travel.Rounding.NONE);
    Vehicle van = Vehicle.builder("van").capacity(10).build();
    Stop.Builder a = Stop.builder("a", 1).deliver(around(3, 1));
    assertThatThrownBy(
            () ->
                RoutingProblem.builder("p", travel)
                    .vehicle(van)
                    .stop(a.build())
                    .stop(Stop.builder("b", 2).collect(1).build())
                    .build())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("uncertain")
        .hasMessageContaining("collected");
    assertThatThrownBy(
            () ->
                RoutingProblem.builder("p", travel)
                    .vehicle(Vehicle.builder("van").capacity(10).between(0, 2).build())
                    .stop(a.build())
                    .build())
        .hasMessageContaining("vehicle \"van\"");
    assertThatThrownBy(
            () ->
                RoutingProblem.builder("p", travel)
                    .vehicle(van)
                    .stop(Stop.builder("low", 1).deliver(around(1, 2)).build())
                    .build())
        .hasMessageContaining("stop \"low\"")
        .hasMessageContaining("-1.0");
    RoutingProblem problem =
        RoutingProblem.builder("p", travel).vehicle(van).stop(a.build()).build();
    assertThatThrownBy(
            () ->
                millwright
                    .plugin(SupplyChain.class)
                    .routing()
                    .day(problem, DayRules.none(), Budget.iterations(10)))
        .hasMessageContaining("uncertain");
  }

  @Test
  void moreThanACapacityIsBroughtInSeveralJourneys() {
    Travel travel = Travel.plane(new double[] {0, 3}, new double[] {0, 4}, Travel.Rounding.NONE);
    RoutingProblem problem =
        RoutingProblem.builder("p", travel)
            .vehicle(Vehicle.builder("van").capacity(10).build())
            .stop(
                Stop.builder("a", 1)
                    .deliver(new Distribution(9, List.of(0.25, 0.75), List.of(3.0, 15.0)))
                    .build())
            .build();
    Recourse.Returns returns = Recourse.of(problem).of(0, new int[] {0}, 1);
    // Above 10 with a probability of 0.25 + 0.5 x 5 / 12; 10 there and back.
    assertThat(returns.probability()).isCloseTo(0.458, within(0.03));
    assertThat(returns.cost()).isCloseTo(10 * returns.number(), within(1e-9));
    assertThat(returns.number()).isCloseTo(returns.probability(), within(1e-9));
  }
}
