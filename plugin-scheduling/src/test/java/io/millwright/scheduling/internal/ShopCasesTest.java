package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Budget;
import io.millwright.api.data.Unit;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.internal.documents.Documents;
import io.millwright.scheduling.internal.model.Exact;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.search.Search;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Small documents whose right answers are known by hand. */
class ShopCasesTest {

  private static Shop shop(String json) {
    return new Documents().shop("case", json.replace('\'', '"')).checked();
  }

  private static Schedule planned(Shop shop) {
    Schedule plan = Small.plan(shop, Objectives.makespan());
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat(new Documents().shop("case", new Documents().json(shop))).isEqualTo(shop);
    return plan;
  }

  private static Assignment of(Schedule plan, String job, String operation) {
    return plan.of(job, operation).orElseThrow();
  }

  private static final String SETUP =
      """
      {'start': 90, 'machines': [{'id': 'a', %s 'setups': [{'from': 'p', 'to': 'q', 'duration': 50}]}],
       'jobs': [
        {'id': 'j1', 'operations': [{'id': 'x', 'family': 'p',
          'alternatives': [{'machine': 'a', 'duration': 50}]}]},
        {'id': 'j2', 'due': 150, 'operations': [{'id': 'x', 'family': 'q',
          'alternatives': [{'machine': 'a', 'duration': 50}]}]}],
       'pins': [{'job': 'j1', 'operation': 'x', 'machine': 'a', 'start': 0}%s]}
      """;

  @Test
  void aSetUpCanHaveBegunBeforePlanningDoes() {
    assertThat(of(planned(shop(SETUP.formatted("", ""))), "j2", "x").start()).isEqualTo(100);
    String pin = ", {'job': 'j2', 'operation': 'x', 'machine': 'a', 'start': 100}";
    assertThat(of(planned(shop(SETUP.formatted("", pin))), "j2", "x").start()).isEqualTo(100);
  }

  @Test
  void aSetUpThatRunsIsFinishedForItsFamilyAlone() {
    String running = "'setting': {'to': '%s', 'since': 70},";
    Shop same = shop(SETUP.formatted(running.formatted("q"), ""));
    assertThat(of(planned(same), "j2", "x").start()).isEqualTo(120);
    Shop other = shop(SETUP.formatted(running.formatted("p"), ""));
    assertThat(of(planned(other), "j2", "x").start()).isEqualTo(140);
  }

  /** The machine's past is not told, only that it is being set up since 70. */
  @Test
  void aSetUpThatRunsIsFinishedWhereNoWorkCameBefore() {
    String running =
        """
        {'start': 90, 'machines': [{'id': 'a', 'family': 'p', 'setting': {'to': '%s', 'since': 70},
          'setups': [{'from': 'p', 'to': 'q', 'duration': 50}]}],
         'jobs': [{'id': 'j2', 'operations': [{'id': 'x', 'family': 'q',
          'alternatives': [{'machine': 'a', 'duration': 50}]}]}]}
        """;
    assertThat(of(planned(shop(running.formatted("q"))), "j2", "x").start()).isEqualTo(120);
    assertThat(of(planned(shop(running.formatted("p"))), "j2", "x").start()).isEqualTo(140);
  }

  @Test
  void whatRunsKeepsItsTime() {
    Shop shop =
        shop(
            """
            {'start': 1000, 'machines': [{'id': 'a'}], 'jobs': [{'id': 'j1', 'due': 500,
             'operations': [
              {'id': 'x', 'alternatives': [{'machine': 'a', 'duration': 100}]},
              {'id': 'y', 'alternatives': [{'machine': 'a', 'duration': 100}]}]}],
             'pins': [{'job': 'j1', 'operation': 'x', 'machine': 'a', 'start': 950}]}
            """);
    Schedule plan = planned(shop);
    assertThat(of(plan, "j1", "x").end()).isEqualTo(1050);
    assertThat(of(plan, "j1", "y").start()).isEqualTo(1050);
    assertThat(of(plan, "j1", "y").end()).isEqualTo(1150);
  }

  private static String work(String shifts, int jobs, long duration) {
    StringBuilder all = new StringBuilder();
    for (int j = 0; j < jobs; j++) {
      all.append(j == 0 ? "" : ",");
      all.append("{'id': 'j" + j + "', 'operations': [{'id': 'x', 'alternatives': ");
      all.append("[{'machine': 'a', 'duration': " + duration + "}]}]}");
    }
    return "{'machines': [{'id': 'a', 'shifts': " + shifts + "}], 'jobs': [" + all + "]}";
  }

  @Test
  void shiftsGoOnBehindTheirLastPeriod() {
    String shifts = "{'period': 1440, 'open': [{'from': 480, 'to': 960}], 'periods': 2}";
    assertThat(planned(shop(work(shifts, 6, 400))).makespan()).isEqualTo(4 * 1440 + 960);
  }

  @Test
  void aNightShiftIsUnderstood() {
    String shifts = "{'period': 1440, 'open': [{'from': 1320, 'to': 360}], 'periods': 5}";
    assertThat(planned(shop(work(shifts, 2, 300))).makespan()).isEqualTo(1320 + 240);
  }

  @Test
  void aPatternOfAnyLengthTakesNoMemory() {
    String shifts = "{'period': 2, 'open': [{'from': 0, 'to': 1}], 'periods': 100000000}";
    assertThat(planned(shop(work(shifts, 1, 100_000))).makespan()).isEqualTo(199_999);
    assertThat(planned(shop(work(shifts, 1, 1L << 50))).makespan()).isEqualTo((1L << 51) - 1);
  }

  /** A solver whose library is not there. */
  private static final class Missing implements Exact {
    @Override
    public Proof solve(
        Floor floor,
        Goal goal,
        Timed hint,
        double seconds,
        boolean repeatable,
        Consumer<Plan> onPlan) {
      throw new UnsatisfiedLinkError("no jniortools in /nonexistent");
    }

    @Override
    public void stop() {}

    @Override
    public String name() {
      return "missing";
    }
  }

  @Test
  void aSolverThatFailsCostsNoPlan() {
    String shifts =
        "{'period': 1440, 'open': [{'from': 0, 'to': 360}, {'from': 1320, 'to': 1440}]}";
    Search search =
        new Search(
            shop(work(shifts, 2, 600)),
            List.of(Objectives.makespan()),
            Budget.iterations(2_000),
            1,
            1,
            Runnable::run,
            new Missing());
    Plan plan = search.run(() -> false, p -> {});
    assertThat(plan.cost()).isLessThan(Double.POSITIVE_INFINITY);
    assertThat(search.unproven())
        .isEqualTo(
            "the native library of OR-Tools could not be loaded (no jniortools in /nonexistent)");
  }

  @Test
  void ticksAndMoneyAreNoTicks() {
    Shop plain = shop(work("{'period': 2, 'open': [{'from': 0, 'to': 2}]}", 1, 10));
    Shop paying = plain.paying(new Tariff(Unit.of("EUR"), 60, 0, List.of(new Tariff.Step(0, 0.2))));
    Objective mixed = Objectives.makespan().plus(2, Measure.ENERGY_COST);
    assertThat(mixed.unit(paying)).isEqualTo(Unit.of("cost"));
    assertThat(Objectives.energyCost().unit(paying)).isEqualTo(Unit.of("EUR"));
    assertThat(Objectives.makespan().plus(0.5, Measure.SETUP_TIME).unit(paying))
        .isEqualTo(Unit.of("min"));
  }
}
