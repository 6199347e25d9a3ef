package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Unit;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopFiles;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTest {

  private static final Executor NO_HELPERS =
      task -> {
        throw new RejectedExecutionException("no helpers here");
      };

  /** The 6x6 instance of Fisher and Thompson (1963); its optimum is 55. */
  private static final String FT06 =
      """
      6 6
      2 1 0 3 1 6 3 7 5 3 4 6
      1 8 2 5 4 10 5 10 0 10 3 4
      2 5 3 4 5 8 0 9 1 1 4 7
      1 5 0 5 2 5 3 3 4 8 5 9
      2 9 1 3 4 5 5 4 0 3 3 1
      1 3 3 3 5 9 0 10 4 4 2 1
      """;

  static IntStream seeds() {
    return IntStream.range(0, 24);
  }

  private static Plan search(Shop shop, Objective objective, long iterations, long key) {
    return new Search(
            shop.checked(),
            List.of(objective),
            Budget.iterations(iterations),
            key,
            2,
            NO_HELPERS,
            null)
        .run(() -> false, plan -> {});
  }

  private static Schedule schedule(Shop shop, Objective objective, Plan plan) {
    Floor floor = new Floor(shop);
    return new Timetable(floor, new Goal(List.of(objective), floor)).schedule(plan);
  }

  private static final Objective MIXED =
      Objectives.weightedTardiness().plus(0.5, Measure.MAKESPAN).plus(0.25, Measure.SETUP_TIME);

  @ParameterizedTest
  @MethodSource("seeds")
  void plansOfAnyShopAreFeasibleAndWorthTheirCost(int seed) {
    Shop shop = RandomShops.mixed(seed, 12, 4);
    Plan plan = search(shop, MIXED, 2_000, seed);
    Schedule schedule = schedule(shop, MIXED, plan);
    assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
    assertThat(plan.cost()).isCloseTo(MIXED.of(shop, schedule), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theKeyAloneDecidesWhateverTheThreads(int seed) throws InterruptedException {
    Shop shop =
        seed % 3 == 0
            ? new RandomShops(seed).shop(14, 4)
            : seed % 3 == 1
                ? new RandomShops(seed).flexible().shop(14, 4)
                : RandomShops.mixed(seed, 14, 4);
    Objective objective = seed % 3 == 2 ? MIXED : Objectives.makespan();
    Plan alone = search(shop, objective, 3_000, 5);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 3; i++) {
        Plan helped =
            new Search(shop, List.of(objective), Budget.iterations(3_000), 5, 2, pool, null)
                .run(() -> false, plan -> {});
        assertThat(helped.order()).isEqualTo(alone.order());
        assertThat(helped.alternative()).isEqualTo(alone.alternative());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void findsTheOptimumOfAClassicInstance() {
    Shop shop = ShopFiles.parse("ft06", FT06, ShopFiles.Format.JOB_SHOP);
    Plan plan = search(shop, Objectives.makespan(), 50_000, 1);
    assertThat(plan.cost()).isEqualTo(55);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheOptimumOfTinyShops(int seed) {
    RandomShops shops = new RandomShops(seed).dates().setups();
    if (seed % 2 == 0) {
      shops.flexible();
    }
    if (seed % 3 == 0) {
      shops.calendars();
    }
    Shop shop = shops.shop(3, 2).checked();
    Floor floor = new Floor(shop);
    if (floor.n > 7) {
      shop = shop.withJobs(shop.jobs().subList(0, 1));
      floor = new Floor(shop);
    }
    double optimum = new Exhaustive(floor, new Goal(List.of(MIXED), floor)).best();
    assertThat(search(shop, MIXED, 40_000, 3).cost()).isCloseTo(optimum, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheOptimumOfTinyFlexibleShops(int seed) {
    Shop shop = new RandomShops(seed).flexible().shop(3, 3).checked();
    Floor floor = new Floor(shop);
    if (floor.n > 7) {
      shop = shop.withJobs(shop.jobs().subList(0, 1));
      floor = new Floor(shop);
    }
    double optimum = new Exhaustive(floor, new Goal(List.of(Objectives.makespan()), floor)).best();
    assertThat(search(shop, Objectives.makespan(), 20_000, 3).cost()).isEqualTo(optimum);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheOptimumOfTinyFlowShopsForDatesAndFlow(int seed) {
    Draws draws = Draws.of(seed, 10);
    StringBuilder text = new StringBuilder("6 3\n");
    for (int i = 0; i < 18; i++) {
      text.append(i % 3).append(' ').append(1 + draws.below(30)).append(i % 3 < 2 ? ' ' : '\n');
    }
    Shop plain = ShopFiles.parse("flow", text.toString(), ShopFiles.Format.FLOW_SHOP);
    Shop shop =
        plain.withJobs(
            plain.jobs().stream()
                .map(j -> j.dueAt(30 + draws.below(150)).weighing(1 + draws.below(5)))
                .toList());
    Floor floor = new Floor(shop);
    for (Objective objective :
        List.of(
            Objectives.weightedTardiness(),
            Objectives.weightedFlowTime(),
            Objectives.makespan().plus(0.3, Measure.WEIGHTED_TARDINESS))) {
      Plan plan = search(shop, objective, 200, 1);
      double optimum = new Exhaustive(floor, new Goal(List.of(objective), floor)).flow();
      assertThat(plan.cost()).isCloseTo(optimum, within(1e-6));
      assertThat(ScheduleChecker.check(shop, schedule(shop, objective, plan))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsTheOptimumOfTinyFlowShops(int seed) {
    Draws draws = Draws.of(seed, 9);
    StringBuilder text = new StringBuilder("6 3\n");
    for (int j = 0; j < 6; j++) {
      for (int m = 0; m < 3; m++) {
        text.append(m).append(' ').append(1 + draws.below(30)).append(' ');
      }
      text.append('\n');
    }
    Shop shop = ShopFiles.parse("flow", text.toString(), ShopFiles.Format.FLOW_SHOP);
    Plan plan = search(shop, Objectives.makespan(), 400, 1);
    Floor floor = new Floor(shop);
    double optimum = new Exhaustive(floor, new Goal(List.of(Objectives.makespan()), floor)).flow();
    assertThat(plan.cost()).isEqualTo(optimum);
    assertThat(ScheduleChecker.check(shop, schedule(shop, Objectives.makespan(), plan))).isEmpty();
  }

  /** Tries every order and every choice of machines. */
  private record Exhaustive(Floor floor, Goal goal) {

    double best() {
      return orders(new int[floor.n], 0, new boolean[floor.n], new Timetable(floor, goal));
    }

    private double orders(int[] order, int filled, boolean[] used, Timetable timetable) {
      if (filled == floor.n) {
        int[] alternative = new int[floor.n];
        for (int x = 0; x < floor.n; x++) {
          alternative[x] = floor.altStart[x];
        }
        return alternatives(order, alternative, 0, timetable);
      }
      double best = Double.POSITIVE_INFINITY;
      for (int x = 0; x < floor.n; x++) {
        boolean open = !used[x];
        for (int y : floor.before[x]) {
          open &= used[y];
        }
        if (open) {
          used[x] = true;
          order[filled] = x;
          best = Math.min(best, orders(order, filled + 1, used, timetable));
          used[x] = false;
        }
      }
      return best;
    }

    private double alternatives(int[] order, int[] alternative, int x, Timetable timetable) {
      if (x == floor.n) {
        return timetable.evaluate(order, alternative);
      }
      double best = Double.POSITIVE_INFINITY;
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        alternative[x] = a;
        best = Math.min(best, alternatives(order, alternative, x + 1, timetable));
      }
      return best;
    }

    double flow() {
      return permutations(new int[floor.jobs], 0, new Timetable(floor, goal));
    }

    private double permutations(int[] jobs, int filled, Timetable timetable) {
      if (filled == floor.jobs) {
        int stages = floor.n / floor.jobs;
        int[] order = new int[floor.n];
        for (int i = 0; i < floor.n; i++) {
          order[i] = jobs[i / stages] * stages + i % stages;
        }
        return timetable.evaluate(order, floor.altStart);
      }
      double best = Double.POSITIVE_INFINITY;
      for (int j = 0; j < floor.jobs; j++) {
        int job = j;
        if (IntStream.range(0, filled).noneMatch(i -> jobs[i] == job)) {
          jobs[filled] = j;
          best = Math.min(best, permutations(jobs, filled + 1, timetable));
        }
      }
      return best;
    }
  }

  @Test
  void pinsAreKeptAndTheRestIsPlannedAroundThem() {
    for (int seed = 0; seed < 20; seed++) {
      Shop shop = new RandomShops(seed).flexible().setups().calendars().dates().shop(10, 4);
      Schedule first = schedule(shop, MIXED, search(shop, MIXED, 500, 1));
      long now = first.makespan() / 3;
      List<Pin> pins =
          first.assignments().stream()
              .filter(a -> a.start() < now)
              .map(a -> Pin.at(a.job(), a.operation(), a.machine(), a.start()))
              .toList();
      Shop later = shop.withPins(pins).startingAt(now).withDraft(first);
      Plan plan = search(later, MIXED, 2_000, 1);
      assertThat(plan.cost()).isLessThan(Double.POSITIVE_INFINITY);
      assertThat(ScheduleChecker.check(later, schedule(later, MIXED, plan)))
          .as("seed %s", seed)
          .isEmpty();
    }
  }

  @Test
  void aPinInTheFutureIsPlannedAround() {
    Machine saw = Machine.of("saw");
    List<ShopJob> jobs =
        IntStream.range(0, 5)
            .mapToObj(
                j ->
                    ShopJob.chain(
                        "j" + j,
                        Operation.of("1", Alternative.of("saw", 10)),
                        Operation.of("2", Alternative.of("saw", 1))))
            .toList();
    Shop shop =
        Shop.of("s", List.of(saw), jobs)
            .withPins(List.of(Pin.at("j4", "1", "saw", 15), Pin.at("j3", "2", "saw", 40)));
    Plan plan = search(shop, Objectives.weightedFlowTime(), 20_000, 1);
    Schedule schedule = schedule(shop, Objectives.weightedFlowTime(), plan);
    assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
    assertThat(schedule.makespan()).isLessThanOrEqualTo(65);
  }

  @Test
  void whatRunsOutOfTimeIsNoSolution() {
    Machine saw = Machine.of("saw").working(Calendar.closed(new Window(15, Calendar.FOREVER)));
    Shop shop =
        Shop.of(
            "s",
            List.of(saw),
            List.of(
                ShopJob.chain("a", Operation.of("1", Alternative.of("saw", 10))),
                ShopJob.chain("b", Operation.of("1", Alternative.of("saw", 10)))));
    assertThat(search(shop, Objectives.makespan(), 1_000, 1).cost())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void laterObjectivesBreakTies() {
    Shop shop = new RandomShops(4).flexible().setups().dates().shop(5, 3).checked();
    List<Objective> two = List.of(Objectives.makespan(), Objectives.setupTime());
    Floor floor = new Floor(shop);
    Plan plan =
        new Search(shop, two, Budget.iterations(60_000), 1, 2, NO_HELPERS, null)
            .run(() -> false, p -> {});
    Schedule schedule = new Timetable(floor, new Goal(two, floor)).schedule(plan);
    Plan alone = search(shop, Objectives.makespan(), 60_000, 1);
    assertThat((double) schedule.makespan()).isLessThanOrEqualTo(alone.cost());
    assertThat(Objectives.setupTime().of(shop, schedule))
        .isLessThanOrEqualTo(
            Objectives.setupTime().of(shop, schedule(shop, Objectives.makespan(), alone)));
  }

  @Test
  void aTargetEndsTheSearch() {
    Shop shop = ShopFiles.parse("ft06", FT06, ShopFiles.Format.JOB_SHOP);
    Plan plan =
        new Search(
                shop,
                List.of(Objectives.makespan()),
                Budget.iterations(Long.MAX_VALUE).untilTarget(58),
                1,
                2,
                NO_HELPERS,
                null)
            .run(() -> false, p -> {});
    assertThat(plan.cost()).isLessThanOrEqualTo(58);
  }

  @Test
  void aPermutationShopIsNotPlannedForItsEnergyCost() {
    Shop shop =
        ShopFiles.parse("f", "2 2\n0 3 1 2\n0 4 1 1\n", ShopFiles.Format.FLOW_SHOP)
            .paying(Tariff.flat(Unit.of("EUR"), 60, 0.2));
    assertThatThrownBy(() -> search(shop, Objectives.energyCost(), 10, 1))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("permutation");
  }
}
