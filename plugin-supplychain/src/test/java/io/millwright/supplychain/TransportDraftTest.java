package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transport over days that starts from a plan, and sites that are closed. */
class TransportDraftTest {

  private static Millwright millwright;
  private static RouteOptimizer routing;

  @BeforeAll
  static void start() {
    millwright = Millwright.create();
    routing = millwright.plugin(SupplyChain.class).routing();
  }

  @AfterAll
  static void end() {
    millwright.close();
  }

  private static TransportProblem drawn(int n, int days, Set<Integer> closed) {
    Random random = new Random(9);
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    List<TransportProblem.Site> sites = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      x[i] = 100 * random.nextDouble() - 50;
      y[i] = 100 * random.nextDouble() - 50;
      double use = 2 + random.nextInt(8);
      sites.add(
          new TransportProblem.Site(
              "s" + i,
              i,
              use * (2 + random.nextInt(3)),
              0,
              use * 5,
              Collections.nCopies(days, use),
              0,
              List.of(1.0),
              0.01,
              closed));
    }
    return new TransportProblem(
        "drawn",
        Travel.plane(x, y, Travel.Rounding.NONE),
        List.of(Vehicle.builder("truck").count(3).capacity(120).costs(20, 1, 0).build()),
        sites,
        days);
  }

  @Test
  void nothingIsBroughtOnClosedDays() throws InterruptedException {
    TransportProblem problem = drawn(8, 8, Set.of(2, 3, 6));
    TransportPlan plan = routing.transport(problem, Budget.iterations(300)).await();
    for (int d : List.of(2, 3, 6)) {
      assertThat(plan.days().get(d).delivered()).isEmpty();
    }
    for (TransportProblem.Site site : problem.sites()) {
      double stock = site.stock();
      for (int d = 0; d < 8; d++) {
        stock += plan.days().get(d).delivered().getOrDefault(site.id(), 0.0);
        assertThat(stock).isLessThanOrEqualTo(site.most() + 1e-6);
        stock -= site.use().get(d);
        assertThat(stock).isGreaterThanOrEqualTo(-1e-6);
      }
    }
    TransportProblem shut = drawn(8, 8, Set.of(1, 2, 3, 4, 5, 6));
    assertThatThrownBy(() -> routing.transport(shut, Budget.iterations(9)).await())
        .hasMessageContaining("runs out on day 6");
  }

  @Test
  void keptDaysStayAndChangesAreFewWhereTheyAreDear() throws InterruptedException {
    TransportProblem problem = drawn(8, 7, Set.of());
    TransportPlan poor = routing.transport(problem, Budget.iterations(1)).await();
    TransportPlan free = routing.transport(problem, Budget.iterations(400)).await();
    assertThat(free.cost()).isLessThan(poor.cost());

    TransportDraft dear = TransportDraft.of(poor, 3, 1e6);
    TransportPlan same = routing.transport(problem.from(dear), Budget.iterations(400)).await();
    assertThat(dear.changed(same)).isZero();
    for (int d = 0; d < 3; d++) {
      assertThat(same.days().get(d).delivered()).isEqualTo(poor.days().get(d).delivered());
    }

    TransportDraft cheap = TransportDraft.of(poor, 3, 0);
    TransportPlan better = routing.transport(problem.from(cheap), Budget.iterations(400)).await();
    for (int d = 0; d < 3; d++) {
      assertThat(better.days().get(d).delivered()).isEqualTo(poor.days().get(d).delivered());
    }
    assertThat(better.cost()).isLessThan(same.cost());
    assertThat(cheap.changed(better)).isPositive();

    // A good plan is where the search begins: no move is needed to be as good.
    TransportPlan again =
        routing
            .transport(problem.from(TransportDraft.of(free, 0, 0)), Budget.iterations(1))
            .await();
    assertThat(again.cost()).isLessThanOrEqualTo(1.001 * free.cost());
    TransportPlan whole =
        routing
            .transport(problem.from(TransportDraft.of(free, 7, 0)), Budget.iterations(1))
            .await();
    assertThat(whole.cost()).isCloseTo(free.cost(), within(0.02 * free.cost()));
  }

  @Test
  void draftsThatCannotStayAreNamed() {
    TransportProblem problem = drawn(2, 3, Set.of());
    double most = problem.sites().get(0).most();
    bad(problem, "draft, day 1, site s1", 1, Map.of("s1", most));
    bad(problem, "to nobody", 1, Map.of("nobody", 3.0));
    bad(problem, "NaN", 0, Map.of("s1", Double.NaN));
    bad(problem, "2 stay", 2, Map.of());
    assertThatThrownBy(() -> drawn(2, 3, Set.of(3))).hasMessageContaining("closed on the days [3]");
  }

  private static void bad(
      TransportProblem problem, String what, int kept, Map<String, Double> first) {
    assertThatThrownBy(() -> problem.from(new TransportDraft(List.of(first), kept, 0)))
        .hasMessageContaining(what);
  }

  @Test
  void whatNoFleetCanCarryIsNamedBeforeTheSearch() {
    tooMuch(1, 3, "site a must get a load of 30.0 in 4 days, but a vehicle carries 3.0 a day");
    tooMuch(0, 50, "site a must get a load of 30.0 in 4 days, but a vehicle carries 0.0 a day");
    assertThatThrownBy(() -> small(1, 50, 70, 10)).hasMessageContaining("its stock is 70.0");
    assertThatThrownBy(() -> small(1, 50, 10, -5))
        .hasMessageContaining("site a: it uses -5.0 pieces on day 1");
  }

  /** All stocks end on one day, on which the fleet carries a third of what would be brought. */
  @Test
  void aDayThatCarriesTooMuchIsSpreadOverItsNeighbours() throws InterruptedException {
    double[] x = {0, 30, 25, -10, -40, 5, 12, -33, 44};
    double[] y = {0, 10, -35, 42, 7, -20, 31, -28, -6};
    List<TransportProblem.Site> sites = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      sites.add(
          new TransportProblem.Site(
              "s" + i, i, 30, 0, 80, Collections.nCopies(7, 10.0), 0, List.of(1.0), 0.1));
    }
    TransportProblem week =
        new TransportProblem(
            "week",
            Travel.plane(x, y, Travel.Rounding.NONE),
            List.of(Vehicle.builder("van").count(2).capacity(50).build()),
            sites,
            7);
    TransportPlan plan = routing.transport(week, Budget.iterations(300)).await();
    double[] stock = new double[9];
    java.util.Arrays.fill(stock, 30);
    for (TransportPlan.Day day : plan.days()) {
      double all = 0;
      for (int i = 1; i <= 8; i++) {
        double brought = day.delivered().getOrDefault("s" + i, 0.0);
        all += brought;
        stock[i] += brought - 10;
        assertThat(stock[i]).isBetween(-1e-9, 70 + 1e-9);
      }
      assertThat(all).isLessThanOrEqualTo(100);
    }
    assertThat(plan.cost()).isGreaterThan(plan.bound()).isLessThan(1e6);
  }

  private static void tooMuch(int vans, double capacity, String what) {
    TransportProblem problem = small(vans, capacity, 10, 10);
    assertThatThrownBy(() -> routing.transport(problem, Budget.iterations(5)).await())
        .hasMessageContaining(what);
  }

  private static TransportProblem small(int vans, double capacity, double stock, double use) {
    return new TransportProblem(
        "small",
        Travel.plane(new double[] {0, 1}, new double[] {0, 1}, Travel.Rounding.NONE),
        List.of(Vehicle.builder("van").count(vans).capacity(capacity).build()),
        List.of(
            new TransportProblem.Site(
                "a", 1, stock, 0, 60, Collections.nCopies(4, use), 0, List.of(1.0), 0)),
        4);
  }
}
