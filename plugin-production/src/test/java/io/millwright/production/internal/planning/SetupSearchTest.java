package io.millwright.production.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.modelbuilder.Variable;
import io.millwright.production.PlanProblem;
import io.millwright.production.PlanProblem.Item;
import io.millwright.production.PlanProblem.Operation;
import io.millwright.production.PlanProblem.Resource;
import io.millwright.production.internal.support.Mip;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.solver.ortools.OrTools;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SetupSearchTest {

  private static final double PENALTY = 1e5;

  @BeforeAll
  static void load() {
    OrTools.load();
  }

  private record Drawn(PlanProblem problem, SetupFlow.Centre centre) {}

  /** Items of different times a piece on one work centre with overtime and set-up times. */
  private static Drawn drawn(long key, int items, int periods) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 5);
    double[][] demand = new double[items][periods];
    double[] holding = new double[items];
    double[] setupTime = new double[items];
    double[] setupCost = new double[items];
    double work = 0;
    PlanProblem.Builder b = PlanProblem.builder(periods);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      double time = 0.5 + random.nextInt(3);
      holding[i] = (1 + random.nextInt(4)) / time;
      setupTime[i] = random.nextInt(20);
      setupCost[i] = 50 + random.nextInt(300);
      List<Double> wanted = new ArrayList<>();
      for (int t = 0; t < periods; t++) {
        double pieces = random.nextInt(4) == 0 ? 0 : random.nextInt(80);
        wanted.add(pieces);
        demand[i][t] = pieces * time;
        work += pieces * time;
      }
      b.item(Item.of("item " + i, holding[i] * time, wanted));
      operations.add(new Operation("item " + i, "machine", time, setupTime[i], setupCost[i], ""));
    }
    double capacity = 1.3 * work / periods + 10 * items;
    List<Double> each = Collections.nCopies(periods, capacity);
    b.resource(new Resource("machine", each, capacity / 4, 3, false));
    operations.forEach(b::operation);
    return new Drawn(
        b.build(),
        new SetupFlow.Centre(
            each.stream().mapToDouble(c -> c).toArray(),
            capacity / 4,
            3,
            demand,
            holding,
            setupTime,
            setupCost));
  }

  /** What the program says of given set-ups; infinite when they allow no plan. */
  private static double priced(PlanModel model, boolean[][] on) {
    for (int i = 0; i < on.length; i++) {
      for (int t = 0; t < on[i].length; t++) {
        Variable v = model.setup[i][t];
        v.setLowerBound(on[i][t] ? 1 : 0);
        v.setUpperBound(on[i][t] ? 1 : 0);
      }
    }
    Mip.Answer answer = Mip.linear(model.model, 60, () -> false);
    return answer.values().length == 0 ? Double.POSITIVE_INFINITY : answer.objective();
  }

  @Test
  void theFlowOfEveryMoveCostsWhatTheLinearProgramSays() {
    int compared = 0;
    for (int key = 0; key < 5; key++) {
      // The last one has more items than a word has bits.
      int items = key < 4 ? 4 : 70;
      int periods = key < 4 ? 6 : 3;
      Drawn drawn = drawn(key, items, periods);
      PlanModel model = new PlanModel(drawn.problem, false);
      model.choices().forEach(v -> v.setIntegrality(false));
      SetupFlow flow = new SetupFlow(drawn.centre, PENALTY);
      KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 6);
      for (int move = 0; move < 50; move++) {
        flow.flip(random.nextInt(items), random.nextInt(periods));
        flow.settle();
        boolean[][] on = new boolean[items][periods];
        for (int i = 0; i < items; i++) {
          for (int t = 0; t < periods; t++) {
            on[i][t] = flow.on(i, t);
          }
        }
        double program = priced(model, on);
        assertThat(flow.feasible()).isEqualTo(program < Double.POSITIVE_INFINITY);
        if (flow.feasible()) {
          assertThat(flow.cost()).isCloseTo(program, within(1e-4));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(80);
  }

  @Test
  void smallProblemsEndAtTheBestOfAllSetups() {
    int possible = 0;
    for (int key = 12; key < 15; key++) {
      Drawn drawn = drawn(key, 2, 4);
      PlanModel model = new PlanModel(drawn.problem, false);
      model.choices().forEach(v -> v.setIntegrality(false));
      double least = Double.POSITIVE_INFINITY;
      for (int code = 0; code < 256; code++) {
        least = Math.min(least, priced(model, setups(code)));
      }
      List<SetupSearch> searches = SetupSearch.of(drawn.problem, model.items);
      assertThat(searches).hasSize(1);
      SetupSearch search = searches.get(0);
      for (int k = 0; k < 6; k++) {
        search.cool(() -> 0);
      }
      assertThat(search.found()).isEqualTo(least < Double.POSITIVE_INFINITY);
      if (!search.found()) {
        continue;
      }
      possible++;
      boolean[][] best = new boolean[2][4];
      for (int i = 0; i < 2; i++) {
        for (int t = 0; t < 4; t++) {
          best[i][t] = search.on(i, t);
        }
      }
      assertThat(priced(model, best)).isCloseTo(least, within(1e-4));
    }
    assertThat(possible).isGreaterThan(1);
  }

  private static boolean[][] setups(int code) {
    boolean[][] on = new boolean[2][4];
    for (int k = 0; k < 8; k++) {
      on[k / 4][k % 4] = (code >> k & 1) == 1;
    }
    return on;
  }

  @Test
  void whatIsOfAnotherKindIsNotAnnealed() {
    PlanProblem.Builder b =
        PlanProblem.builder(2)
            .resource("machine", 100)
            .item(Item.of("a", 1, List.of(5.0, 5.0)).owing(3))
            .operation(new Operation("a", "machine", 1, 0, 10, ""));
    PlanProblem owing = b.build();
    assertThat(SetupSearch.of(owing, new PlanModel(owing, false).items)).isEmpty();
  }
}
