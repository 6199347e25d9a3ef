package io.millwright.scheduling.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Budget;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloorWideTest {

  private static final Objective TARDINESS = Objectives.weightedTardiness();

  @Test
  void everyPlanKeepsTheRules() {
    int tried = 0;
    for (long seed = 0; seed < 60; seed++) {
      Shop shop = RandomShops.mixed(seed, 7, 3);
      Floor floor = new Floor(shop);
      if (!FloorWide.fits(floor)) {
        continue;
      }
      for (Objective objective : List.of(TARDINESS, Objectives.makespan())) {
        Goal goal = new Goal(List.of(objective), floor);
        FloorWide wide = new FloorWide(floor, goal);
        Draws draws = Draws.of(seed, 1);
        Urgency urgency = new Urgency(0.3, 3, 1, 2, 1);
        for (int i = 0; i < 4; i++) {
          Plan plan = wide.run(urgency, () -> false);
          assertThat(plan).isNotNull();
          int[] sorted = plan.order().clone();
          Arrays.sort(sorted);
          assertThat(sorted).isEqualTo(IntStream.range(0, floor.n).toArray());
          Timetable timetable = new Timetable(floor, goal);
          Schedule schedule = timetable.schedule(plan);
          if (timetable.feasible()) {
            assertThat(ScheduleChecker.check(shop, schedule)).as("seed " + seed).isEmpty();
            tried++;
          }
          urgency = urgency.near(draws);
        }
      }
    }
    assertThat(tried).isGreaterThan(40);
  }

  /** As many neighbours as there is time for, each looked at, and never a worse plan. */
  @Test
  void moreNeighboursNeverCostMore() {
    int better = 0;
    for (long seed = 0; seed < 6; seed++) {
      Floor floor = new Floor(crowded(seed, 100));
      Goal goal = new Goal(List.of(TARDINESS), floor);
      UrgencySearch search =
          new UrgencySearch(floor, goal, new Timetable(floor, goal), Draws.of(seed, 1));
      double first = search.best(() -> false, () -> false).cost();
      int[] asked = {0};
      double more = search.more(() -> ++asked[0] > 300).cost();
      assertThat(more).isLessThanOrEqualTo(first);
      assertThat(asked[0]).isEqualTo(301);
      assertThat(search.more(() -> true).cost()).isEqualTo(more);
      better += more < first ? 1 : 0;
    }
    assertThat(better).isPositive();
  }

  @Test
  void aStartIsNoWorseThanAnyRule() {
    for (long seed = 0; seed < 12; seed++) {
      Shop shop = crowded(seed, 40);
      Floor floor = new Floor(shop);
      Goal goal = new Goal(List.of(TARDINESS), floor);
      double best = bestRule(floor, goal);
      Search search =
          new Search(shop, List.of(TARDINESS), Budget.iterations(1), 1, 1, Runnable::run, null);
      assertThat(search.run(() -> false, p -> {}).cost()).isLessThanOrEqualTo(best);
    }
  }

  @Test
  void scarceStaffGoesToWhatIsUrgent() {
    Floor floor = new Floor(crowded(1, 300));
    Goal goal = new Goal(List.of(TARDINESS), floor);
    Plan plan =
        new UrgencySearch(floor, goal, new Timetable(floor, goal), Draws.of(1, 1))
            .best(() -> false, () -> false);
    assertThat(plan).isNotNull();
    assertThat(plan.cost()).isLessThan(0.8 * bestRule(floor, goal));
  }

  @Test
  void itStopsWhenItIsTold() {
    Floor floor = new Floor(crowded(2, 100));
    Goal goal = new Goal(List.of(TARDINESS), floor);
    assertThat(new FloorWide(floor, goal).run(Urgency.BY_WORK, () -> true)).isNull();
  }

  private static double bestRule(Floor floor, Goal goal) {
    double best = Double.POSITIVE_INFINITY;
    for (Rule rule : Rule.values()) {
      Plan plan = new Dispatch(floor, rule, 1, 0, new Draws(1)).run();
      best = Math.min(best, new Timetable(floor, goal).evaluate(plan));
    }
    return best;
  }

  /** A third as many operators as machines, half of them by day and half by night. */
  private static Shop crowded(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Machine> machines = new ArrayList<>();
    for (int m = 0; m < 9; m++) {
      machines.add(Machine.of("m" + m));
    }
    Calendar day = Calendar.shifts(1440, List.of(new Window(0, 720)));
    Calendar night = Calendar.shifts(1440, List.of(new Window(720, 1440)));
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Operation[] route = new Operation[3];
      for (int i = 0; i < 3; i++) {
        int m = random.nextInt(9);
        int takes = 10 + random.nextInt(90);
        route[i] =
            Operation.of(
                    "o" + i,
                    Alternative.of("m" + m, takes),
                    Alternative.of("m" + (m + 1) % 9, takes + 10))
                .needing(new Need("hand", 1));
      }
      long release = random.nextInt(20 * count);
      jobs.add(
          ShopJob.chain("j" + j, route)
              .releasedAt(release)
              .dueAt(release + 400)
              .weighing(1 + random.nextInt(9)));
    }
    return Shop.builder("crowded", machines, jobs)
        .resources(
            List.of(
                Resource.of("day", 3).working(day).skilled("hand"),
                Resource.of("night", 3).working(night).skilled("hand")))
        .build();
  }
}
