package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Shifts;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Cooling;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.ShopNet;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of dispatching, of the net under moves, and of the timetable are all the same plans. */
class PlansTest {

  private static final List<Objective> OBJECTIVES =
      List.of(
          Objectives.weightedTardiness()
              .plus(0.25, Measure.MAKESPAN)
              .plus(0.5, Measure.SETUP_TIME)
              .plus(0.125, Measure.WEIGHTED_FLOW_TIME));

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyRuleGivesAFeasiblePlan(int seed) {
    Shop shop = RandomShops.mixed(seed, 10, 4).checked();
    Floor floor = new Floor(shop);
    Goal goal = new Goal(OBJECTIVES, floor);
    for (Rule rule : Rule.values()) {
      Plan plan = new Dispatch(floor, rule, 1, 0, Draws.of(seed, 0)).run();
      Timetable timetable = new Timetable(floor, goal);
      Schedule schedule = timetable.schedule(plan);
      assertThat(ScheduleChecker.check(shop, schedule)).as("%s", rule).isEmpty();
      assertThat(timetable.evaluate(plan.order(), plan.alternative()))
          .isCloseTo(OBJECTIVES.get(0).of(shop, schedule), within());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void rulesKeepTheOrderOfAPermutationShop(Rule rule) {
    Shop shop = Shops.flowShop(12, 4, 3);
    Scheduling scheduling =
        Unlearned.scheduling(new DefaultJobs(Runnable::run), Runnable::run, Clock.systemUTC());
    assertThat(ScheduleChecker.check(shop, scheduling.dispatch(shop, rule))).isEmpty();
  }

  /** Four pieces never fill an oven of at least five: the rule's plan says so. */
  @Test
  void aRuleWhosePlanBreaksAConditionNamesIt() {
    Scheduling scheduling =
        Unlearned.scheduling(new DefaultJobs(Runnable::run), Runnable::run, Clock.systemUTC());
    Shop shop =
        scheduling
            .documents()
            .shop(
                "few",
                """
                {"machines": [{"id": "oven", "oven": {"least": 5, "most": 9}}],
                 "jobs": [{"id": "J0", "quantity": 4, "operations": [{"id": "bake", "family": "x",
                  "alternatives": [{"machine": "oven", "duration": 3}]}]}]}
                """);
    assertThatThrownBy(() -> scheduling.dispatch(shop, Rule.SPT))
        .hasMessageContaining("J0")
        .hasMessageContaining("is in a load of 4 pieces on oven");
  }

  private static Shop withoutResources(int seed) {
    RandomShops shops = new RandomShops(seed);
    if ((seed & 1) != 0) {
      shops.flexible();
    }
    if ((seed & 2) != 0) {
      shops.setups();
    }
    if ((seed & 4) != 0) {
      shops.calendars();
    }
    if ((seed & 8) != 0) {
      shops.assembly();
    }
    return shops.dates().shop(12, 4).checked();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theNetStaysExactUnderMovesAndUndo(int seed) {
    Shop shop = withoutResources(seed);
    Floor floor = new Floor(shop);
    Goal goal = new Goal(OBJECTIVES, floor);
    if (seed % 2 == 0) {
      // Half of the shops have places to keep to.
      Plan old = new Dispatch(floor, Rule.SPT, 1, 0, new Draws(1)).run();
      Timetable places = new Timetable(floor, goal);
      places.evaluate(old.order(), old.alternative());
      goal = new Goal(OBJECTIVES, floor, 3, places.start, old.alternative());
    }
    ShopNet net = new ShopNet(floor, goal);
    Timetable timetable = new Timetable(floor, goal);
    Draws draws = Draws.of(seed, 1);
    Plan first = new Dispatch(floor, Rule.FIFO, 1, 0, draws).run();
    net.load(first.order(), first.alternative());
    int made = 0;
    int undone = 0;
    for (int i = 0; i < 400; i++) {
      int x = draws.below(floor.n);
      int alt = floor.altStart[x] + draws.below(floor.alternatives(x));
      int m = floor.altMachine[alt];
      int places = net.length[m] - (net.machine[x] == m ? 1 : 0);
      long[] startsBefore = net.start.clone();
      int[] orderBefore = net.order.clone();
      double costBefore = net.cost();
      boolean moved = net.move(x, alt, draws.below(places + 1));
      if (!moved || draws.below(2) == 0) {
        if (moved) {
          net.undo();
          undone++;
        }
        assertThat(net.start).isEqualTo(startsBefore);
        assertThat(net.order).isEqualTo(orderBefore);
        assertThat(net.cost()).isEqualTo(costBefore);
      } else {
        made++;
        double cost = timetable.evaluate(net.order, net.alternative);
        assertThat(net.cost()).isCloseTo(cost, within());
        assertThat(net.start).isEqualTo(timetable.start);
        assertThat(net.setup).isEqualTo(timetable.setup);
      }
    }
    assertThat(made).isPositive();
    assertThat(undone).isPositive();
    Schedule schedule =
        timetable.schedule(new Plan(net.cost(), net.order, net.alternative, "moves"));
    assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void attemptsKeepTheirLimitOrChangeNothing(int seed) {
    Shop shop = withoutResources(seed);
    Floor floor = new Floor(shop);
    Goal goal = new Goal(OBJECTIVES, floor);
    ShopNet net = new ShopNet(floor, goal);
    ShopNet free = new ShopNet(floor, goal);
    Draws draws = Draws.of(seed, 3);
    Plan first = new Dispatch(floor, Rule.FIFO, 1, 0, draws).run();
    net.load(first.order(), first.alternative());
    int kept = 0;
    int possible = 0;
    for (int i = 0; i < 600; i++) {
      int x = draws.below(floor.n);
      int alt = floor.altStart[x] + draws.below(floor.alternatives(x));
      int m = floor.altMachine[alt];
      int place = draws.below(net.length[m] + (net.machine[x] == m ? 0 : 1));
      double before = net.cost();
      double limit = before + 60 * (draws.unit() - 0.3);
      long[] startsBefore = net.start.clone();
      int[] orderBefore = net.order.clone();
      free.load(net.order, net.alternative);
      boolean could = free.move(x, alt, place) && free.cost() <= limit;
      boolean made = net.attempt(x, alt, place, -1, limit);
      possible += could ? 1 : 0;
      kept += made ? 1 : 0;
      if (made) {
        assertThat(could).isTrue();
        assertThat(net.cost()).isLessThanOrEqualTo(limit).isCloseTo(free.cost(), within());
        assertThat(net.start).isEqualTo(free.start);
      } else {
        assertThat(net.start).isEqualTo(startsBefore);
        assertThat(net.order).isEqualTo(orderBefore);
        assertThat(net.cost()).isEqualTo(before);
      }
    }
    // A guess may refuse a good move, but hardly ever does.
    assertThat(possible).isPositive();
    assertThat(kept).isGreaterThanOrEqualTo(possible * 8 / 10);
  }

  @Test
  void coolingBeginsAsHotAsTheBudgetCanCool() {
    double[] begins = new double[3];
    for (int k = 0; k < 3; k++) {
      double budget = 20_000 * Math.pow(10, k);
      Cooling cooling = new Cooling(100, 1, 0, done -> done / budget);
      for (long done = 0; done <= 2_000; done += 100) {
        begins[k] = Math.max(begins[k], cooling.temperature(done));
      }
      double before = begins[k];
      for (long done = (long) (budget / 2); done < budget; done += (long) (budget / 20)) {
        assertThat(cooling.temperature(done)).isLessThan(before);
        before = cooling.temperature(done);
      }
      assertThat(cooling.temperature((long) budget)).isLessThan(begins[k] / 15);
    }
    assertThat(begins).isSorted();
    assertThat(begins[2]).isGreaterThan(2 * begins[0]);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shiftsAgreeWithTheCalendar(int seed) {
    Shop shop = new RandomShops(seed).calendars().shop(1, 2);
    Draws draws = Draws.of(seed, 2);
    shop.machines()
        .forEach(
            m -> {
              Shifts shifts = new Shifts(m.calendar());
              for (int i = 0; i < 300; i++) {
                long at = draws.below(4200);
                long work = draws.below(300);
                assertThat(shifts.nextOpen(at)).isEqualTo(m.calendar().nextOpen(at));
                assertThat(shifts.finish(at, work)).isEqualTo(m.calendar().finish(at, work));
              }
            });
  }
}
