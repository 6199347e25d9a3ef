package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes against enumeration, against a checker of their own, and on bad problems. */
class RoutingTest {

  private static Millwright millwright;
  private static RouteOptimizer routing;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    routing = millwright.plugin(SupplyChain.class).routing();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static RoutePlan plan(RoutingProblem problem) throws InterruptedException {
    return plan(problem, 1, 4000);
  }

  private static RoutePlan plan(RoutingProblem problem, long key, long iterations)
      throws InterruptedException {
    RoutePlan plan =
        routing.key(key).optimize(problem, Budget.iterations(iterations)).await().orElseThrow();
    assertThat(RouteChecker.faults(problem, plan)).isEmpty();
    return plan;
  }

  /** A small problem with everything but shipments, drawn by key. */
  private static RoutingProblem small(long key, boolean shipments) {
    SplittableRandom random = new SplittableRandom(key);
    int stops = 6;
    double[][] distances = new double[stops + 2][stops + 2];
    double[][] times = new double[stops + 2][stops + 2];
    for (int i = 0; i < distances.length; i++) {
      for (int j = 0; j < distances.length; j++) {
        distances[i][j] = i == j ? 0 : 1 + random.nextInt(30);
        times[i][j] = i == j ? 0 : 1 + random.nextInt(20);
      }
    }
    RoutingProblem.Builder problem =
        RoutingProblem.builder("small " + key, Travel.matrix(distances, times));
    problem.vehicle(
        Vehicle.builder("van")
            .count(2)
            .capacity(10, 30)
            .between(0, 1)
            .shift(0, 150)
            .costs(7, 1, 0.5)
            .hours(100)
            .build());
    problem.vehicle(
        Vehicle.builder("lorry")
            .capacity(25, 60)
            .between(1, 1)
            .shift(10, 200)
            .costs(20, 2, 0)
            .longest(140)
            .skills("lift")
            .build());
    for (int i = 0; i < stops; i++) {
      Stop.Builder stop = Stop.builder("s" + i, i + 2).service(random.nextInt(5));
      if (!shipments) {
        stop.deliver(random.nextInt(6), random.nextInt(10));
        stop.collect(random.nextInt(4), random.nextInt(10));
      }
      if (random.nextInt(2) == 0) {
        double from = random.nextInt(60);
        stop.window(from, from + 40 + random.nextInt(40));
      }
      if (random.nextInt(3) == 0 && !shipments) {
        stop.prize(5 + random.nextInt(30));
      }
      if (random.nextInt(5) == 0) {
        stop.needs("lift");
      }
      problem.stop(stop.build());
    }
    if (shipments) {
      problem.shipment("s0", "s1", 6, 1);
      problem.shipment("s2", "s3", 5, 1);
      problem.shipment("s4", "s5", 4, 1);
    }
    return problem.build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void smallProblemsAreSolvedToTheEnumeratedOptimum(long key) throws InterruptedException {
    RoutingProblem problem = small(key, false);
    double best = EnumeratedRoutes.leastCost(problem);
    if (Double.isInfinite(best)) {
      assertThatThrownBy(() -> plan(problem)).isInstanceOf(MillwrightException.class);
      return;
    }
    assertThat(plan(problem).cost()).isCloseTo(best, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void shipmentsAreSolvedToTheEnumeratedOptimum(long key) throws InterruptedException {
    RoutingProblem problem = small(key, true);
    double best = EnumeratedRoutes.leastCost(problem);
    if (Double.isInfinite(best)) {
      assertThatThrownBy(() -> plan(problem)).isInstanceOf(MillwrightException.class);
      return;
    }
    assertThat(plan(problem).cost()).isCloseTo(best, within(1e-6));
  }

  @Test
  void someOfTheSmallProblemsHaveAPlan() {
    long can = 0;
    for (long key = 1; key <= 8; key++) {
      can += Double.isFinite(EnumeratedRoutes.leastCost(small(key, false))) ? 1 : 0;
    }
    for (long key = 11; key <= 16; key++) {
      can += Double.isFinite(EnumeratedRoutes.leastCost(small(key, true))) ? 1 : 0;
    }
    assertThat(can).isGreaterThanOrEqualTo(9);
  }

  /** Stops on a square with loads and windows. */
  private static RoutingProblem.Builder square(int stops, int vehicles) {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = random.doubles(stops + 1, 0, 100).toArray();
    double[] y = random.doubles(stops + 1, 0, 100).toArray();
    RoutingProblem.Builder problem =
        RoutingProblem.builder("square", Travel.plane(x, y, Travel.Rounding.NONE));
    problem.vehicle(Vehicle.builder("van").count(vehicles).capacity(60).shift(0, 600).build());
    for (int i = 1; i <= stops; i++) {
      problem.stop(
          Stop.builder("s" + i, i)
              .deliver(5 + random.nextInt(6))
              .window(0, 450)
              .service(5)
              .build());
    }
    return problem;
  }

  @Test
  void theSameKeyGivesTheSamePlan() throws InterruptedException {
    RoutingProblem problem = square(40, 8).build();
    assertThat(plan(problem, 3, 2000)).isEqualTo(plan(problem, 3, 2000));
    assertThat(plan(problem, 4, 2000).routes()).isNotEqualTo(plan(problem, 3, 1).routes());
  }

  @Test
  void optionalStopsThatPayOnlyTogetherAreVisitedTogether() throws InterruptedException {
    double[] x = {0, -19.9, 21.9, -10.5, 37.9, 46.5, 0.7, 8.4, 35.6};
    double[] y = {0, -46.9, 37.9, 30.1, -40.3, -6.4, -11.4, 40.4, 49.1};
    double[] amount = {0, 5.3, 4.6, 3.2, 1.7, 4.1, 2.8, 4.4, 4.4};
    double[] prize = {0, 31, 55.7, 56.5, 16.9, 21.6, 37.2, 56.1, 14};
    RoutingProblem.Builder problem =
        RoutingProblem.builder("prizes", Travel.plane(x, y, Travel.Rounding.NONE))
            .vehicle(Vehicle.builder("van").count(8).capacity(10).costs(0, 1, 0).build());
    for (int s = 1; s < x.length; s++) {
      problem.stop(Stop.builder("s" + (s - 1), s).deliver(amount[s]).prize(prize[s]).build());
    }
    // All ways to divide the stops into tours and to leave some out were tried: 256.71.
    RoutePlan found = plan(problem.build());
    assertThat(found.cost()).isCloseTo(256.7102, within(1e-3));
    assertThat(found.leftOut()).doesNotContain("s2", "s5", "s6");
  }

  @Test
  void aLostVehicleIsRepairedWithFewChanges() throws InterruptedException {
    RoutingProblem problem = square(40, 9).build();
    RoutePlan before = plan(problem);
    String lost = before.routes().get(0).name();
    int its = before.routes().get(0).visits().size();
    RoutingProblem after = problem.toBuilder().away(lost).draft(before, 30).build();
    RoutePlan repaired = plan(after);
    assertThat(repaired.routes()).noneMatch(r -> r.name().equals(lost));
    assertThat(repaired.moved(before)).isBetween(its, 2 * its);
  }

  @Test
  void begunVisitsStayAsTheyAre() throws InterruptedException {
    RoutingProblem problem = square(30, 6).build();
    RoutePlan before = plan(problem, 1, 50);
    RoutingProblem.Builder later = problem.toBuilder().draft(before, 0);
    before.routes().forEach(r -> later.begun(r.name(), 2));
    later.stop(Stop.builder("new", 3).deliver(1).build());
    RoutePlan after = plan(later.build());
    for (VehicleRoute route : before.routes()) {
      VehicleRoute same =
          after.routes().stream()
              .filter(r -> r.name().equals(route.name()))
              .findFirst()
              .orElseThrow();
      assertThat(same.stops().subList(0, 2)).isEqualTo(route.stops().subList(0, 2));
    }
    assertThat(after.routes()).anyMatch(r -> r.stops().contains("new"));
  }

  @Test
  void reasonsAreWhatThePlanWouldSave() throws InterruptedException {
    RoutingProblem problem = square(25, 5).build();
    RoutePlan plan = plan(problem);
    List<StopReason> reasons = routing.explain(problem, plan);
    assertThat(reasons).hasSize(25);
    for (StopReason reason : reasons) {
      VehicleRoute route =
          plan.routes().stream()
              .filter(r -> r.name().equals(reason.vehicle()))
              .findFirst()
              .orElseThrow();
      assertThat(reason.detour())
          .isCloseTo(
              length(problem, route.stops(), "") - length(problem, route.stops(), reason.stop()),
              within(1e-9));
    }
    assertThat(reasons).isSortedAccordingTo((a, b) -> Double.compare(b.cost(), a.cost()));
  }

  private static double length(RoutingProblem problem, List<String> stops, String without) {
    double way = 0;
    int at = 0;
    for (String s : stops) {
      if (!s.equals(without)) {
        int to = Integer.parseInt(s.substring(1));
        way += problem.travel().distance(at, to);
        at = to;
      }
    }
    return at == 0 ? 0 : way + problem.travel().distance(at, 0);
  }

  @Test
  void impossibleStopsAreNamedWithTheReason() {
    double[][] ways = {{0, 5, Double.POSITIVE_INFINITY}, {5, 0, 5}, {5, 5, 0}};
    RoutingProblem.Builder problem = RoutingProblem.builder("odd", Travel.matrix(ways));
    problem.vehicle(Vehicle.builder("van").capacity(10).shift(0, 100).build());
    RoutingProblem odd =
        problem
            .stop(Stop.builder("late", 1).window(0, 4).build())
            .stop(Stop.builder("heavy", 1).deliver(11).build())
            .stop(Stop.builder("island", 2).build())
            .stop(Stop.builder("lift", 1).needs("tail lift").build())
            .stop(Stop.builder("long", 1).service(95).build())
            .build();
    assertThatThrownBy(() -> plan(odd))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\"late\": no vehicle can visit it: its window ends at 4")
        .hasMessageContaining("\"heavy\": no vehicle can visit it: its load of [11.0]")
        .hasMessageContaining("\"island\": no vehicle can visit it: there is no way")
        .hasMessageContaining("\"lift\": no vehicle can visit it: none has what it needs")
        .hasMessageContaining("\"long\": no vehicle can visit it: with its service")
        .hasMessageContaining("Maybe");
  }

  @Test
  void aFleetThatIsTooSmallIsSaid() {
    RoutingProblem problem = square(40, 2).build();
    assertThatThrownBy(() -> plan(problem, 1, 200))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("together they need")
        .hasMessageContaining("the fleet carries 120")
        .satisfies(
            e -> assertThat(((MillwrightException) e).code()).isEqualTo(ErrorCode.NO_SOLUTION));
  }

  @Test
  void allFaultsOfAProblemAreSaidAtOnce() {
    RoutingProblem.Builder problem =
        RoutingProblem.builder("bad", Travel.matrix(new double[][] {{0, 1}, {1, 0}}));
    problem.vehicle(Vehicle.builder("van").count(0).capacity(-1).between(0, 7).build());
    problem.stop(Stop.builder("a", 1).deliver(-3).window(5, 4).build());
    problem.stop(Stop.builder("a", 9).service(Double.NaN).build());
    problem.shipment("a", "b", 1).away("van 9");
    assertThatThrownBy(problem::build)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("count is 0")
        .hasMessageContaining("a capacity is -1")
        .hasMessageContaining("location 7 is none of the 2")
        .hasMessageContaining("an amount is -3")
        .hasMessageContaining("from 5.0 to 4.0")
        .hasMessageContaining("the name stands twice")
        .hasMessageContaining("service takes NaN")
        .hasMessageContaining("there is no stop \"b\"")
        .hasMessageContaining("\"van 9\": it is not in the fleet");
    assertThatThrownBy(() -> Travel.matrix(new double[][] {{0, -2}, {1, 0}}))
        .hasMessageContaining("from location 0 to 1 is -2");
    assertThatThrownBy(
            () -> Travel.plane(new double[] {Double.NaN}, new double[] {1}, Travel.Rounding.NONE))
        .hasMessageContaining("location 0");
  }

  @Test
  void aCancelledSearchKeepsItsBest() throws InterruptedException {
    RoutingProblem problem = square(60, 12).build();
    Job<Solution<RoutePlan>> job = routing.optimize(problem, Budget.of(Duration.ofMinutes(5)));
    while (job.best().isEmpty()) {
      Thread.onSpinWait();
    }
    job.cancel();
    RoutePlan plan = job.await().orElseThrow();
    assertThat(RouteChecker.faults(problem, plan)).isEmpty();
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
  }

  @Test
  void theCheckerFindsWhatIsBroken() throws InterruptedException {
    RoutingProblem problem = square(20, 5).build();
    RoutePlan plan = plan(problem);
    VehicleRoute first = plan.routes().get(0);
    VehicleRoute turned =
        new VehicleRoute(
            first.vehicle(),
            first.number(),
            first.visits().subList(1, first.visits().size()),
            first.departure(),
            first.arrival(),
            first.distance());
    List<VehicleRoute> routes = new ArrayList<>(plan.routes());
    routes.set(0, turned);
    RoutePlan broken = new RoutePlan(routes, List.of(), plan.cost(), plan.distance(), plan.time());
    assertThat(RouteChecker.faults(problem, broken))
        .anyMatch(f -> f.contains("is missing"))
        .anyMatch(f -> f.contains("distance of " + first.name()));
    RoutingProblem tighter =
        problem.toBuilder()
            .withoutVehicles()
            .vehicle(Vehicle.builder("van").count(5).capacity(9).shift(0, 600).build())
            .build();
    assertThat(RouteChecker.faults(tighter, plan)).anyMatch(f -> f.contains("above its capacity"));
    assertThatThrownBy(() -> routing.explain(tighter, plan)).hasMessageContaining("does not fit");
  }

  @Test
  void publishedFormsAreRead(@TempDir Path folder) throws Exception {
    Path vrp = folder.resolve("tiny.vrp");
    Files.writeString(
        vrp,
        """
        NAME : tiny
        TYPE : CVRP
        DIMENSION : 4
        EDGE_WEIGHT_TYPE : EUC_2D
        CAPACITY : 10
        NODE_COORD_SECTION
        1 0 0
        2 3 4
        3 0 9
        4 -3 4
        DEMAND_SECTION
        1 0
        2 5
        3 5
        4 5
        DEPOT_SECTION
        1
        -1
        EOF
        """);
    // One stop alone and two together: 10 + (5 + 6 + 9) beats 18 + (5 + 6 + 5).
    assertThat(plan(RouteFiles.read(vrp)).cost()).isEqualTo(30);
    Path solomon = folder.resolve("tiny.txt");
    Files.writeString(
        solomon,
        """
        T1

        VEHICLE
        NUMBER     CAPACITY
          2         10

        CUSTOMER
        CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

            0      0        0        0       0           100       0
            1      3        4        5       20          30        10
            2      1        1        5       0           90        10
        """);
    RoutePlan plan = plan(RouteFiles.read(solomon));
    // Distances are cut after one decimal: 5.0, 3.6, 1.4.
    assertThat(plan.cost()).isCloseTo(10.0, within(1e-9));
    String text = Files.readString(vrp);
    for (int cut = 0; cut < text.length() - 40; cut += 7) {
      Path part = folder.resolve("part.vrp");
      Files.writeString(part, text.substring(0, cut));
      assertThatThrownBy(() -> RouteFiles.read(part)).isInstanceOf(MillwrightException.class);
    }
    Files.writeString(vrp, text.replace("3 0 9", "3 0 nine"));
    assertThatThrownBy(() -> RouteFiles.read(vrp)).hasMessageContaining("line 9");
  }
}
