package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Repair;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The planner's questions on a shop with an oven, a lag with a most, a stock and a fitter. */
class ConditionedPlannerTest {

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final Planner PLANNER =
      new DefaultPlanner(TARDINESS, new DefaultJobs(Runnable::run));
  private static final long NOW = 12;

  private static ShopJob job(int number) {
    Operation cut =
        Operation.of("cut", Alternative.of("saw", 3 + number % 3))
            .ofFamily(number % 2 == 0 ? "steel" : "brass");
    Operation heat =
        Operation.of("heat", Alternative.of("oven", 8))
            .ofFamily(number % 3 == 0 ? "hard" : "soft")
            .following("cut");
    Operation pack =
        Operation.builder("pack", List.of(Alternative.of("bench", 2)))
            .after("heat")
            .lags(Lag.after("heat", 1).within(12))
            .flows(Flow.takes("boxes", 1))
            .build();
    return ShopJob.builder("j" + number, List.of(cut, heat, pack)).due(15 + 5L * number).build();
  }

  private static Shop shop() {
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 9; j++) {
      jobs.add(job(j));
    }
    List<Setup> changes =
        List.of(
            new Setup("steel", "brass", 2).needing(new Need("fitter", 1)),
            new Setup("brass", "steel", 2).needing(new Need("fitter", 1)));
    return Shop.builder(
            "hardening",
            List.of(
                Machine.builder("saw").setups(changes).family("steel").build(),
                Machine.builder("oven").oven(new Oven(1, 3)).build(),
                Machine.of("bench")),
            jobs)
        .resources(List.of(Resource.of("fitter", 1)))
        .stocks(Stock.of("boxes", 4).supplied(new Stock.Supply(40, 8)))
        .build()
        .checked();
  }

  static List<Event> events() {
    return List.of(
        new Event.Breakdown("oven", new Window(NOW, NOW + 9)),
        new Event.Breakdown("saw", new Window(NOW, NOW + 5)),
        new Event.RushOrder(job(11)),
        new Event.LateMaterial("j8", 60),
        new Event.Away("fitter", new Window(NOW, NOW + 20)),
        new Event.Cancelled("j7"),
        new Event.Duration("j6", "cut", 9));
  }

  @ParameterizedTest
  @MethodSource("events")
  void repairsKeepEveryRuleAndWhatHasBegun(Event event) {
    Shop shop = shop();
    Schedule approved = Small.plan(shop, TARDINESS);
    assertThat(ScheduleChecker.check(shop, approved)).isEmpty();
    Repair repair = PLANNER.repair(shop, approved, NOW, event, 0.5);
    assertThat(ScheduleChecker.check(repair.shop(), repair.plan())).isEmpty();
    for (Assignment a : approved.assignments()) {
      if (a.start() < NOW) {
        assertThat(repair.plan().of(a.job(), a.operation()).map(Assignment::start))
            .contains(a.start());
      }
    }
  }

  @Test
  void explainsRecommendsAndRetimes() {
    Shop shop = shop();
    Schedule plan = Small.plan(shop, TARDINESS);
    assertThat(PLANNER.explain(shop, plan, "j8").chain()).isNotEmpty();
    var more = PLANNER.recommend(shop, plan, job(11));
    assertThat(ScheduleChecker.check(more.shop(), more.plan())).isEmpty();
    Schedule again = PLANNER.retime(shop, plan);
    assertThat(ScheduleChecker.check(shop, again)).isEmpty();
    assertThat(TARDINESS.of(shop, again)).isLessThanOrEqualTo(TARDINESS.of(shop, plan));
  }

  /** Three loads that one could take, and each too late for that. */
  @Test
  void loadsStayApartAsTheyArePlanned() {
    Operation bake = Operation.of("bake", Alternative.of("oven", 3)).ofFamily("steel");
    Shop shop =
        Shop.builder(
                "loads",
                List.of(Machine.builder("oven").oven(Oven.upTo(4)).build(), Machine.of("saw")),
                List.of(
                    ShopJob.chain("a", bake).dueAt(3),
                    ShopJob.chain("b", Operation.of("cut", Alternative.of("saw", 5)), bake)
                        .dueAt(8),
                    ShopJob.chain("c", Operation.of("cut", Alternative.of("saw", 3)), bake)
                        .dueAt(11)))
            .build();
    Schedule plan = Small.plan(shop, TARDINESS);
    assertThat(TARDINESS.of(shop, plan)).isZero();
    assertThat(PLANNER.retime(shop, plan)).isEqualTo(plan);
    ShopJob more = ShopJob.chain("d", Operation.of("cut", Alternative.of("saw", 1)));
    Repair repair = PLANNER.repair(shop, plan, 0, new Event.RushOrder(more), 0.5);
    for (Assignment a : plan.assignments()) {
      assertThat(repair.kept().assignments()).contains(a);
      assertThat(repair.plan().assignments()).contains(a);
    }
  }
}
