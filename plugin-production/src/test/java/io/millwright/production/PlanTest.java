package io.millwright.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Solution;
import io.millwright.production.PlanProblem.Component;
import io.millwright.production.PlanProblem.Earlier;
import io.millwright.production.PlanProblem.Item;
import io.millwright.production.PlanProblem.Lane;
import io.millwright.production.PlanProblem.Operation;
import io.millwright.production.PlanProblem.Resource;
import io.millwright.runtime.support.KeyedRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Direct.class)
class PlanTest {

  private static final Budget PATIENT = Budget.of(Duration.ofMinutes(10));

  private static Solution<ProductionPlan> solve(Production production, PlanProblem problem)
      throws InterruptedException {
    return production.planning().optimize(problem, PATIENT).await();
  }

  /** Uncapacitated lots by the recursion of Wagner and Whitin (1958). */
  private static double wagnerWhitin(double[] demand, double setup, double holding) {
    int n = demand.length;
    double[] best = new double[n + 1];
    for (int t = 1; t <= n; t++) {
      best[t] = Double.POSITIVE_INFINITY;
      for (int s = 1; s <= t; s++) {
        double cost = best[s - 1];
        double all = 0;
        for (int u = s; u <= t; u++) {
          cost += holding * (u - s) * demand[u - 1];
          all += demand[u - 1];
        }
        best[t] = Math.min(best[t], cost + (all > 0 ? setup : 0));
      }
    }
    return best[n];
  }

  @Test
  void withoutLimitsLotsAreThoseOfWagnerAndWhitin(Production production)
      throws InterruptedException {
    KeyedRandom random = KeyedRandom.of(2, KeyedRandom.Purpose.OTHER);
    for (int trial = 0; trial < 4; trial++) {
      double optimum = 0;
      PlanProblem.Builder b = PlanProblem.builder(10).resource("machine", 1e6);
      for (int i = 0; i < 4; i++) {
        double[] demand = new double[10];
        List<Double> list = new ArrayList<>();
        for (int t = 0; t < 10; t++) {
          demand[t] = random.nextInt(4) == 0 ? 0 : random.nextInt(60);
          list.add(demand[t]);
        }
        double setup = 50 + random.nextInt(200);
        b.item(Item.of("i" + i, 1, list));
        b.operation(new Operation("i" + i, "machine", 1, 5, setup, ""));
        optimum += wagnerWhitin(demand, setup, 1);
      }
      Solution<ProductionPlan> s = solve(production, b.build());
      assertThat(s.end()).isEqualTo(Solution.End.OPTIMAL);
      assertThat(s.orElseThrow().cost()).isCloseTo(optimum, within(1e-4 * optimum));
    }
  }

  @Test
  void aCarriedSetupSavesOne(Production production) throws InterruptedException {
    PlanProblem.Builder b = PlanProblem.builder(2);
    b.resource(new Resource("machine", List.of(100.0, 100.0), 0, 0, true));
    b.item(Item.of("a", 10, List.of(50.0, 50.0)));
    b.operation(new Operation("a", "machine", 1, 10, 100, ""));
    ProductionPlan plan = solve(production, b.build()).orElseThrow();
    assertThat(plan.cost()).isCloseTo(100, within(1e-6));
    assertThat(plan.lots()).hasSize(2);
    assertThat(plan.lots().get(1).setup()).isFalse();
  }

  @Test
  void everythingTogetherBalances(Production production) throws InterruptedException {
    PlanProblem.Builder b = PlanProblem.builder(4);
    b.resource(new Resource("press", List.of(60.0, 60.0, 60.0, 60.0), 20, 3, false));
    b.resource("saw", 500);
    b.item(
        Item.of("chair@north", 1, List.of(20.0, 30.0, 60.0, 20.0))
            .owing(8)
            .bought(40, 5)
            .safe(List.of(25.0, 36.0, 66.0, 24.0), 2));
    b.item(Item.of("chair@south", 1, List.of(0.0, 10.0, 10.0, 10.0)).owing(9));
    b.item(Item.of("leg", 0.1, List.of()).stocked(80));
    b.operation(new Operation("chair@north", "press", 1, 4, 30, ""));
    b.operation(new Operation("leg", "saw", 0.5, 2, 10, ""));
    b.component(new Component("chair@north", "leg", 4, 1));
    b.lane(new Lane("chair@north", "chair@south", 1, 2, 50));
    PlanProblem problem = b.build();
    Solution<ProductionPlan> s = solve(production, problem);
    ProductionPlan plan = s.orElseThrow();
    assertThat(s.end()).isEqualTo(Solution.End.OPTIMAL);
    double[] northStock = new double[5];
    for (int t = 0; t < 4; t++) {
      double made = made(plan, "chair@north", t);
      double legsUsed =
          4
              * (t == 0
                  ? made + made(plan, "chair@north", 1)
                  : t + 1 < 4 ? made(plan, "chair@north", t + 1) : 0);
      ProductionPlan.Stock legs = stock(plan, "leg", t);
      double before = t == 0 ? 80 : stock(plan, "leg", t - 1).stock();
      assertThat(before + made(plan, "leg", t) - legsUsed).isCloseTo(legs.stock(), within(1e-4));
      ProductionPlan.Stock north = stock(plan, "chair@north", t);
      double left = t == 0 ? 0 : net(plan, "chair@north", t - 1);
      int period = t;
      double moved =
          plan.moves().stream()
              .filter(m -> m.period() == period)
              .mapToDouble(ProductionPlan.Move::quantity)
              .sum();
      double demand = problem.items().get(0).demand().get(t);
      assertThat(left + made + north.bought() - moved - demand)
          .isCloseTo(net(plan, "chair@north", t), within(1e-4));
      northStock[t] = north.stock();
    }
    plan.loads()
        .forEach(l -> assertThat(l.used()).isLessThanOrEqualTo(l.capacity() + l.overtime() + 1e-4));
    assertThat(s.objective().bound().orElseThrow()).isCloseTo(plan.cost(), within(0.01));
    assertThat(northStock).hasSize(5);
  }

  private static double made(ProductionPlan plan, String item, int t) {
    return plan.lots().stream()
        .filter(l -> l.item().equals(item) && l.period() == t)
        .mapToDouble(ProductionPlan.Lot::quantity)
        .sum();
  }

  private static ProductionPlan.Stock stock(ProductionPlan plan, String item, int t) {
    return plan.stocks().stream()
        .filter(s -> s.item().equals(item) && s.period() == t)
        .findFirst()
        .orElseThrow();
  }

  private static double net(ProductionPlan plan, String item, int t) {
    return stock(plan, item, t).stock() - stock(plan, item, t).owed();
  }

  @Test
  void whatIsFrozenStays(Production production) throws InterruptedException {
    PlanProblem.Builder b = PlanProblem.builder(3).resource("machine", 100);
    b.item(Item.of("a", 1, List.of(10.0, 10.0, 10.0)));
    b.operation(new Operation("a", "machine", 1, 0, 100, ""));
    b.earlier(List.of(new Earlier("a", "machine", 0, 15)), 1, 0.5);
    ProductionPlan plan = solve(production, b.build()).orElseThrow();
    assertThat(made(plan, "a", 0)).isCloseTo(15, within(1e-6));
    assertThat(made(plan, "a", 1)).isCloseTo(15, within(1e-6));
  }

  @Test
  void whatCannotBeMetIsNamed(Production production) throws InterruptedException {
    PlanProblem.Builder b = PlanProblem.builder(2).resource("machine", 50);
    b.item(Item.of("a", 1, List.of(40.0, 70.0)));
    b.operation(new Operation("a", "machine", 1, 5, 100, ""));
    PlanProblem problem = b.build();
    assertThat(solve(production, problem).end()).isEqualTo(Solution.End.INFEASIBLE);
    assertThat(production.planning().missing(problem).toString())
        .contains("a, period 2")
        .contains("20 of the demand of 70")
        .contains("machine in period");
  }

  @Test
  void badPlansAreAllSaid() {
    assertThatThrownBy(
            () ->
                PlanProblem.builder(2)
                    .resource("machine", -1)
                    .item(Item.of("a", 1, List.of(1.0)))
                    .operation(new Operation("b", "machine", Double.NaN, 0, 0, ""))
                    .component(new Component("a", "a", 1, 0))
                    .lane(new Lane("a", "a", 0, 0.0, 1.0))
                    .build())
        .hasMessageContaining("capacity of machine, period 1")
        .hasMessageContaining("demand of a")
        .hasMessageContaining("is not there")
        .hasMessageContaining("goes into itself")
        .hasMessageContaining("NaN")
        .hasMessageContaining("leads from a to itself")
        .hasMessageContaining("use one of [a]");
    assertThatThrownBy(() -> Item.of("a", 1, List.of(1.0, 2.0)).safe(List.of(2.0, -3.0), 1))
        .hasMessageContaining("quantile of the demand of a, period 2: is -3.0")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> PlanProblem.builder(1).item(Item.of("a", 1, List.of(1e300))).build())
        .hasMessageContaining("demand of a, period 1: is 1.0E300")
        .hasMessageContaining("larger units");
    assertThatThrownBy(() -> PlanProblem.parseTrigeiro("6 15\n1\n728\n1 5 40"))
        .hasMessageContaining("BAD_FILE")
        .hasMessageContaining("Maybe");
  }
}
