package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.data.Unit;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Power;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.model.Bounds;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.OrderIsland;
import io.millwright.scheduling.internal.search.Search;
import io.millwright.scheduling.internal.search.Starts;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnergyTest {

  /** Half price in the second half of every 200 minutes. */
  private static final Tariff HALVES =
      new Tariff(
          Unit.of("EUR"), 60, 200, List.of(new Tariff.Step(0, 0.40), new Tariff.Step(100, 0.20)));

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static Schedule planned(Shop shop, List<Objective> objectives, long iterations) {
    Search search =
        new Search(
            shop.checked(), objectives, Budget.iterations(iterations), 1, 1, Runnable::run, null);
    Plan plan = search.run(() -> false, p -> {});
    Schedule schedule =
        new Timetable(search.floor(), new Goal(objectives, search.floor())).schedule(plan);
    assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
    return schedule;
  }

  @Test
  void waitsForAPriceAreNoneWhereThePriceDoesNotCount() {
    Shop shop =
        Shop.of(
                "late",
                List.of(Machine.of("m").drawing(Power.of(60, 6))),
                List.of(
                    ShopJob.chain(
                        "a", Operation.of("1", Alternative.of("m", 10)).needing(new Need("c", 1)))))
            .withResources(List.of(Resource.of("c", 1)))
            .paying(HALVES);
    Floor floor = new Floor(shop.checked());
    Goal goal = new Goal(List.of(Objectives.makespan()), floor);
    Plan late =
        Starts.ofSchedule(
            floor, new Schedule(List.of(new Assignment("a", "1", "m", 0, 100, 110))), "draft");
    assertThat(late.notBefore()).containsExactly(100);
    OrderIsland island =
        new OrderIsland(floor, goal, Draws.of(1, 0), Double.NEGATIVE_INFINITY, d -> 0, late);
    assertThat(new Timetable(floor, goal).evaluate(island.best())).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSearchAddsUpWhatThePlanCosts(int seed) {
    Shop shop =
        new RandomShops(seed)
            .setups()
            .calendars()
            .flexible()
            .dates()
            .absences()
            .energy()
            .shop(6, 4);
    Objective objective =
        Objectives.energyCost().plus(0.01, Measure.WEIGHTED_TARDINESS).plus(0.1, Measure.MAKESPAN);
    Floor floor = new Floor(shop.checked());
    Goal goal = new Goal(List.of(objective), floor);
    Plan plan =
        new Dispatch(floor, List.of(Rule.values()).get(seed % 9), 1, 0, new Draws(seed)).run();
    long[] wait = new long[floor.n];
    for (int x = 0; x < floor.n; x++) {
      wait[x] = Draws.of(seed, x).below(400);
    }
    Timetable timetable = new Timetable(floor, goal);
    for (Plan each : List.of(plan, new Plan(0, plan.order(), plan.alternative(), "waits", wait))) {
      double cost = timetable.evaluate(each);
      Schedule schedule = timetable.schedule(each);
      assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
      assertThat(cost).isCloseTo(objective.of(shop, schedule), within(1e-9 * Math.max(1, cost)));
      assertThat(Bounds.of(floor, goal)).isLessThanOrEqualTo(cost + 1e-9);
    }
  }

  @Test
  void everyStateIsPaid() {
    Machine machine =
        Machine.of("m")
            .working(Calendar.closed(new Window(30, 40)))
            .changing(List.of(new Setup("a", "b", 10)))
            .drawing(new Power(60, 30, 12, 6, OptionalLong.of(100)));
    Shop shop =
        Shop.of(
                "one",
                List.of(machine),
                List.of(
                    ShopJob.chain("x", Operation.of("1", Alternative.of("m", 20)).ofFamily("a")),
                    ShopJob.chain("y", Operation.of("1", Alternative.of("m", 20)).ofFamily("b"))))
            .paying(Tariff.flat(Unit.of("EUR"), 60, 1));
    Schedule plan =
        new Schedule(
            List.of(
                new Assignment("x", "1", "m", 0, 5, 25),
                // Set up from 25 to 30 and from 40 to 45, idle until 50, done at 70.
                new Assignment("y", "1", "m", 10, 50, 70)));
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    // In kilowatt minutes: off, works, set-up, rests, set-up, idles, works.
    double expected = 5 * 6 + 20 * 60 + 5 * 30 + 10 * 6 + 5 * 30 + 5 * 12 + 20 * 60;
    assertThat(Measure.ENERGY_COST.of(shop, plan)).isCloseTo(expected / 60, within(1e-9));
    Machine thrifty = machine.drawing(new Power(60, 30, 12, 6, OptionalLong.of(5)));
    assertThat(Measure.ENERGY_COST.of(shop.withMachines(List.of(thrifty)), plan))
        .isCloseTo((expected - 5 * 6) / 60, within(1e-9));
  }

  @Test
  void anOperationThatWaitsForItsOperatorIdles() {
    Shop shop =
        Shop.of(
                "one",
                List.of(Machine.of("m").drawing(Power.of(60, 6))),
                List.of(
                    ShopJob.chain(
                        "x",
                        Operation.of("1", Alternative.of("m", 20)).needing(new Need("op", 1)))))
            .withResources(
                List.of(Resource.of("op", 1).working(Calendar.closed(new Window(10, 40)))))
            .paying(Tariff.flat(Unit.of("EUR"), 60, 1));
    Schedule plan = planned(shop, List.of(Objectives.makespan()), 10);
    assertThat(plan.assignments()).containsExactly(new Assignment("x", "1", "m", 0, 0, 50));
    assertThat(Measure.ENERGY_COST.of(shop, plan))
        .isCloseTo((20 * 60 + 30 * 6) / 60.0, within(1e-9));
  }

  @Test
  void workWaitsForTheLowerPrice() {
    Shop shop =
        Shop.of(
                "one",
                List.of(Machine.of("m").drawing(Power.of(60, 6))),
                List.of(
                    ShopJob.chain("x", Operation.of("1", Alternative.of("m", 50))),
                    ShopJob.chain("y", Operation.of("1", Alternative.of("m", 50)))))
            .paying(HALVES);
    Schedule plan = planned(shop, List.of(Objectives.energyCost()), 5_000);
    // Both fit the cheap half without a minute to spare.
    assertThat(Measure.ENERGY_COST.of(shop, plan)).isCloseTo(100 * 0.20, within(1e-9));
    Schedule quick = planned(shop, List.of(Objectives.makespan(), Objectives.energyCost()), 5_000);
    assertThat(quick.makespan()).isEqualTo(100);
  }

  @Test
  void thePriceOfLatenessIsHeldAgainstThePriceOfElectricity() {
    Shop shop =
        Shop.of(
                "one",
                List.of(Machine.of("m").drawing(Power.of(60, 6))),
                List.of(
                    ShopJob.chain("x", Operation.of("1", Alternative.of("m", 50))).dueAt(60),
                    ShopJob.chain("y", Operation.of("1", Alternative.of("m", 50)))))
            .paying(HALVES);
    Schedule plan =
        planned(shop, List.of(Objectives.energyCost().plus(1, Measure.WEIGHTED_TARDINESS)), 5_000);
    assertThat(plan.of("x", "1").orElseThrow().end()).isLessThanOrEqualTo(60);
    assertThat(plan.of("y", "1").orElseThrow().start()).isBetween(50L, 150L);
    // x at the full price but for its machine's idling, y at half price.
    assertThat(Measure.ENERGY_COST.of(shop, plan)).isLessThan(50 * 0.4 + 50 * 0.2 + 50 * 0.1 * 0.4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theTariffOfALongSpanIsTheSumOfItsTicks(int seed) {
    Shop shop = new RandomShops(seed).energy().shop(1, 1);
    Tariff tariff = shop.tariff().orElseThrow();
    Draws draws = new Draws(seed);
    long from = draws.below(500);
    long to = from + draws.below(500);
    double sum = 0;
    for (long t = from; t < to; t++) {
      sum += tariff.at(t);
    }
    assertThat(tariff.cost(30, from, to)).isCloseTo(30 * sum / 60, within(1e-9));
  }
}
