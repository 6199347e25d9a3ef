package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Days with traffic, breaks and trips, and transport over days, against what is known. */
class DayRoutesTest {

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

  /** Stops on a line, a depot at 0. */
  private static Travel line(double... at) {
    double[] x = new double[at.length + 1];
    System.arraycopy(at, 0, x, 1, at.length);
    return Travel.plane(x, new double[x.length], Travel.Rounding.NONE);
  }

  private static DayPlan day(RoutingProblem problem, DayRules rules) throws InterruptedException {
    DayPlan plan = routing.day(problem, rules, Budget.iterations(1200)).await();
    assertThat(DayChecker.faults(problem, rules, plan)).isEmpty();
    return plan;
  }

  @Test
  void oneVanMakesTheTripsThatItsCapacityAsksFor() throws InterruptedException {
    RoutingProblem.Builder builder =
        RoutingProblem.builder("trips", line(10, 12, -10, -12))
            .vehicle(
                Vehicle.builder("van").count(3).capacity(2).shift(0, 300).costs(100, 1, 0).build());
    for (int i = 1; i <= 4; i++) {
      builder.stop(Stop.builder("s" + i, i).deliver(1).service(5).build());
    }
    RoutingProblem problem = builder.build();
    DayPlan plan = day(problem, DayRules.none().trips(3, 20));
    assertThat(plan.routes()).hasSize(1);
    assertThat(plan.routes().get(0).trips()).hasSize(2);
    assertThat(plan.cost()).isCloseTo(100 + 48, within(1e-6));
    assertThat(plan.routes().get(0).trips().get(1).departure())
        .isGreaterThanOrEqualTo(plan.routes().get(0).trips().get(0).arrival() + 20 - 1e-6);
    assertThat(day(problem, DayRules.none()).routes()).hasSize(2);
  }

  @Test
  void trafficTakesItsTimeAndNobodyOvertakes() throws InterruptedException {
    DayRules rules = DayRules.none().traffic(new DayRules.Traffic(60, 120, 2));
    assertThat(rules.arrival(0, 30)).isEqualTo(30);
    assertThat(rules.arrival(50, 20)).isCloseTo(70 + 0 + 10, within(1e-9));
    assertThat(rules.arrival(110, 20)).isCloseTo(120 + 15, within(1e-9));
    double before = 0;
    for (int t = 0; t < 200; t++) {
      double now = rules.arrival(t, 37);
      assertThat(now).isGreaterThan(before);
      before = now;
    }
    RoutingProblem problem =
        RoutingProblem.builder("jam", line(40, -40))
            .vehicle(
                Vehicle.builder("van").count(2).capacity(9).shift(0, 400).costs(500, 1, 1).build())
            .stop(Stop.builder("a", 1).deliver(1).window(0, 130).service(5).build())
            .stop(Stop.builder("b", 2).deliver(1).window(100, 300).service(5).build())
            .build();
    DayPlan plan = day(problem, rules);
    assertThat(plan.routes()).hasSize(1);
    assertThat(plan.routes().get(0).arrival() - plan.routes().get(0).departure())
        .isGreaterThan(170);
  }

  @Test
  void nobodyDrivesOnWithoutABreak() throws InterruptedException {
    RoutingProblem.Builder builder =
        RoutingProblem.builder("long", line(50, 100, 150, 200))
            .vehicle(
                Vehicle.builder("truck")
                    .count(2)
                    .capacity(9)
                    .shift(0, 900)
                    .costs(10, 1, 0)
                    .build());
    for (int i = 1; i <= 4; i++) {
      builder.stop(Stop.builder("s" + i, i).deliver(1).service(10).build());
    }
    DayRules rules = DayRules.none().breaks(270, 45);
    DayPlan plan = day(builder.build(), rules);
    assertThat(plan.routes()).hasSize(1);
    assertThat(plan.routes().get(0).breaks()).hasSize(1);
    assertThat(plan.routes().get(0).arrival() - plan.routes().get(0).departure())
        .isCloseTo(440 + 45, within(1e-6));
  }

  @Test
  void allTogetherOnDrawnStops() throws InterruptedException {
    Random random = new Random(3);
    int n = 40;
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    for (int i = 1; i <= n; i++) {
      x[i] = 60 * random.nextDouble() - 30;
      y[i] = 60 * random.nextDouble() - 30;
    }
    RoutingProblem.Builder builder =
        RoutingProblem.builder("drawn", Travel.plane(x, y, Travel.Rounding.NONE))
            .vehicle(
                Vehicle.builder("van")
                    .count(6)
                    .capacity(40, 60)
                    .shift(420, 1020)
                    .costs(80, 1, 0.1)
                    .build());
    for (int i = 1; i <= n; i++) {
      Stop.Builder stop =
          Stop.builder("s" + i, i)
              .deliver(1 + random.nextInt(9), 1 + random.nextInt(12))
              .service(8);
      if (i % 3 == 0) {
        double from = 420 + 60 * random.nextInt(7);
        stop.window(from, from + 120);
      }
      builder.stop(stop.build());
    }
    DayRules rules =
        DayRules.none()
            .traffic(new DayRules.Traffic(420, 540, 1.6), new DayRules.Traffic(960, 1080, 1.4))
            .breaks(270, 45)
            .trips(3, 15);
    RoutingProblem problem = builder.build();
    DayPlan plan = day(problem, rules);
    assertThat(plan.routes().size()).isLessThanOrEqualTo(6);
    assertThat(plan).isEqualTo(routing.day(problem, rules, Budget.iterations(1200)).await());
  }

  @Test
  void whatCannotBeIsRefused() {
    RoutingProblem late =
        RoutingProblem.builder("late", line(50))
            .vehicle(Vehicle.builder("van").capacity(9).shift(0, 200).build())
            .stop(Stop.builder("a", 1).deliver(1).window(0, 60).build())
            .build();
    assertThatThrownBy(
            () ->
                routing
                    .day(
                        late,
                        DayRules.none().traffic(new DayRules.Traffic(0, 200, 2)),
                        Budget.iterations(60))
                    .await())
        .hasMessageContaining("a");
    assertThatThrownBy(() -> DayRules.none().trips(0, 1)).hasMessageContaining("0 trips");
    assertThatThrownBy(() -> new DayRules.Traffic(5, 4, 1)).hasMessageContaining("5");
    assertThatThrownBy(
            () ->
                DayRules.none()
                    .traffic(
                        new DayRules.Traffic(500, 600, 1.25), new DayRules.Traffic(420, 540, 1.5)))
        .hasMessageContaining(
            "the traffic from 420 to 540 (factor 1.5) overlaps with that from 500 to 600 (factor"
                + " 1.25)\n"
                + "Maybe end the first at 500, or give three spans where both hold at once");
    RoutingProblem open =
        RoutingProblem.builder("open", line(5, 9))
            .vehicle(Vehicle.builder("van").capacity(9).between(0, 2).build())
            .stop(Stop.builder("a", 1).deliver(1).build())
            .build();
    assertThatThrownBy(() -> routing.day(open, DayRules.none().trips(2, 0), Budget.iterations(9)))
        .hasMessageContaining("different locations");
  }

  private static TransportProblem.Site site(
      int i, double stock, double most, double use, int days) {
    return new TransportProblem.Site(
        "site" + i, i, stock, 0, most, Collections.nCopies(days, use), 5, List.of(1.0, 0.5), 0.01);
  }

  /** Two neighbours whose stocks end on different days are best visited together. */
  @Test
  void neighboursAreSuppliedTogether() throws InterruptedException {
    int days = 6;
    TransportProblem problem =
        new TransportProblem(
            "two",
            line(100, 101),
            List.of(Vehicle.builder("truck").count(2).capacity(100, 100).costs(0, 1, 0).build()),
            List.of(site(1, 20, 60, 10, days), site(2, 30, 60, 10, days)),
            days);
    TransportPlan plan = routing.transport(problem, Budget.iterations(400)).await();
    check(problem, plan);
    long tours = plan.days().stream().filter(d -> !d.routes().routes().isEmpty()).count();
    assertThat(tours).isEqualTo(1);
    assertThat(plan.routeCost()).isCloseTo(202, within(1e-6));
  }

  @Test
  void drawnSitesNeverRunOutAndCostLessThanTheLatestVisits() throws InterruptedException {
    Random random = new Random(6);
    int days = 8;
    int n = 15;
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    List<TransportProblem.Site> sites = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      x[i] = 100 * random.nextDouble() - 50;
      y[i] = 100 * random.nextDouble() - 50;
      double use = 2 + random.nextInt(8);
      sites.add(site(i, use * (1 + random.nextInt(3)), use * (3 + random.nextInt(3)), use, days));
    }
    TransportProblem problem =
        new TransportProblem(
            "drawn",
            Travel.plane(x, y, Travel.Rounding.NONE),
            List.of(Vehicle.builder("truck").count(4).capacity(120, 90).costs(20, 1, 0).build()),
            sites,
            days);
    TransportPlan first = routing.transport(problem, Budget.iterations(1)).await();
    TransportPlan plan = routing.transport(problem, Budget.iterations(400)).await();
    check(problem, plan);
    assertThat(plan.cost()).isLessThan(0.9 * first.cost());
    assertThat(plan).isEqualTo(routing.transport(problem, Budget.iterations(400)).await());
  }

  private static void check(TransportProblem problem, TransportPlan plan) {
    double cost = 0;
    for (TransportProblem.Site site : problem.sites()) {
      double stock = site.stock();
      for (int d = 0; d < problem.days(); d++) {
        TransportPlan.Day day = plan.days().get(d);
        double delivered = day.delivered().getOrDefault(site.id(), 0.0);
        boolean visited =
            day.routes().routes().stream().anyMatch(r -> r.stops().contains(site.id()));
        assertThat(visited).isEqualTo(delivered > 0);
        assertThat(stock + delivered).isLessThanOrEqualTo(site.most() + 1e-6);
        stock += delivered - site.use().get(d);
        assertThat(stock).isGreaterThanOrEqualTo(site.least() - 1e-6);
        assertThat(day.stock().get(site.id())).isCloseTo(stock, within(1e-6));
        cost += site.holding() * stock;
      }
    }
    for (TransportPlan.Day day : plan.days()) {
      cost += day.routes().cost();
      for (VehicleRoute route : day.routes().routes()) {
        double pieces = route.stops().stream().mapToDouble(s -> day.delivered().get(s)).sum();
        assertThat(pieces).isLessThanOrEqualTo(problem.vehicles().get(0).capacity().get(0) + 1e-6);
      }
    }
    assertThat(plan.cost()).isCloseTo(cost, within(1e-6 * cost));
  }

  @Test
  void sitesThatCannotBeSuppliedAreNamed() {
    TransportProblem.Site thirsty = site(1, 5, 5, 9, 3);
    assertThatThrownBy(
            () ->
                new TransportProblem(
                    "p",
                    line(5),
                    List.of(Vehicle.builder("t").capacity(9, 9).build()),
                    List.of(thirsty, site(1, 5, 9, 1, 2)),
                    3))
        .hasMessageContaining("site1")
        .hasMessageContaining("twice");
    TransportProblem large =
        new TransportProblem(
            "p",
            line(5),
            List.of(Vehicle.builder("t").capacity(3, 9).build()),
            List.of(site(1, 5, 20, 5, 3)),
            3);
    assertThatThrownBy(() -> routing.transport(large, Budget.iterations(20)).await())
        .hasMessageContaining("day");
  }
}
