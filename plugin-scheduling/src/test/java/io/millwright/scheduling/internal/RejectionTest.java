package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.ShopOptimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that can be left out at a price, against every choice and order of small shops. */
class RejectionTest {

  private static final Objective BOTH =
      Objectives.weightedTardiness().plus(1, Measure.REJECTION_COST);

  private static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  /** Four jobs of two operations with set-ups, a crew of one, and too little time for all. */
  private static Shop drawn(long key) {
    Random random = new Random(key);
    Machine saw =
        Machine.builder("saw")
            .setups(new Setup("a", "b", 3), new Setup("b", "a", 2))
            .family("a")
            .build();
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      Operation cut =
          op("cut", "saw", 3 + random.nextInt(8)).ofFamily(random.nextBoolean() ? "a" : "b");
      Operation bore = op("bore", "mill", 3 + random.nextInt(8));
      if (random.nextBoolean()) {
        cut = cut.needing(new Need("crew", 1));
        bore = bore.needing(new Need("crew", 1));
      }
      boolean sawFirst = random.nextBoolean();
      ShopJob.Builder job =
          ShopJob.chain("j" + j, sawFirst ? cut : bore, sawFirst ? bore : cut).toBuilder()
              .release(random.nextInt(6))
              .due(8 + random.nextInt(14))
              .weight(1 + random.nextInt(3));
      if (j > 0) {
        job.rejection(random.nextInt(40));
      }
      jobs.add(job.build());
    }
    return Shop.builder("small", List.of(saw, Machine.of("mill")), jobs)
        .resources(List.of(Resource.of("crew", 1)))
        .build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void findsTheBestChoiceOfASmallShop(long key) {
    Shop shop = drawn(key);
    Schedule plan = Small.plan(shop, BOTH);
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat(BOTH.of(shop, plan)).isCloseTo(Small.least(shop, BOTH), within(1e-6));
  }

  @Test
  void theDrawnShopsLeaveSomeJobsOutAndDoOthers() {
    List<Integer> done =
        IntStream.rangeClosed(1, 12)
            .mapToObj(k -> Small.plan(drawn(k), BOTH).completions().size())
            .toList();
    assertThat(done).contains(1, 2, 3);
  }

  @Test
  void leavesNothingOutForOtherObjectives() {
    for (long key = 1; key <= 4; key++) {
      Shop shop = drawn(key);
      assertThat(Small.plan(shop, Objectives.weightedTardiness()).completions()).hasSize(4);
      assertThat(Small.plan(shop, Objectives.makespan()).completions()).hasSize(4);
    }
  }

  @Test
  void aLargerShopBeatsDoingAllAndDoingNothing() {
    Random random = new Random(5);
    List<Machine> machines = List.of(Machine.of("m0"), Machine.of("m1"), Machine.of("m2"));
    List<ShopJob> jobs = new ArrayList<>();
    double none = 0;
    for (int j = 0; j < 40; j++) {
      List<Integer> route = new ArrayList<>(List.of(0, 1, 2));
      Collections.shuffle(route, random);
      Operation[] steps =
          route.stream()
              .map(m -> op("o" + m, "m" + m, 2 + random.nextInt(9)))
              .toArray(Operation[]::new);
      double price = 20 + random.nextInt(100);
      none += price;
      jobs.add(
          ShopJob.chain("j" + j, steps).toBuilder()
              .due(20 + random.nextInt(80))
              .rejection(price)
              .build());
    }
    Shop shop = Shop.of("larger", machines, jobs);
    Schedule all = Small.plan(shop, Objectives.weightedTardiness());
    Schedule some = Small.plan(shop, BOTH);
    assertThat(ScheduleChecker.check(shop, some)).isEmpty();
    assertThat(some.completions().size()).isBetween(5, 39);
    assertThat(BOTH.of(shop, some)).isLessThan(0.9 * BOTH.of(shop, all)).isLessThan(0.9 * none);
  }

  @Test
  void theCheckerTellsAHalfPlannedJobAndOneThatMustBeDone() {
    Shop shop = drawn(1);
    Schedule plan = Small.plan(shop, Objectives.makespan());
    List<Assignment> without1 =
        plan.assignments().stream().filter(a -> !a.job().equals("j1")).toList();
    assertThat(ScheduleChecker.check(shop, new Schedule(without1)))
        .allMatch(f -> !f.message().contains("not planned"));
    Assignment half =
        plan.assignments().stream().filter(a -> a.job().equals("j1")).findFirst().orElseThrow();
    List<Assignment> halfOf1 = new ArrayList<>(plan.assignments());
    halfOf1.remove(half);
    assertThat(ScheduleChecker.check(shop, new Schedule(halfOf1)))
        .extracting(Finding::place)
        .contains("job j1, operation " + half.operation());
    List<Assignment> without0 =
        plan.assignments().stream().filter(a -> !a.job().equals("j0")).toList();
    assertThat(ScheduleChecker.check(shop, new Schedule(without0)))
        .extracting(Finding::message)
        .contains("is not planned");
  }

  @Test
  void refusesWhatCannotBeLeftOut() {
    ShopJob a = ShopJob.chain("a", op("1", "m", 3)).toBuilder().rejection(5).build();
    ShopJob b = ShopJob.of("b", List.of(op("1", "m", 3).lagging(Lag.fed("a", "1"))));
    Shop shop = Shop.of("bad", List.of(Machine.of("m")), List.of(a, b));
    assertThat(shop.findings())
        .extracting(Finding::message)
        .containsExactly("can be left out, but operation 1 of job b waits for it");
    Shop pinned =
        Shop.of("bad", List.of(Machine.of("m")), List.of(a))
            .withPins(List.of(Pin.to("a", "1", "m")));
    assertThat(pinned.findings())
        .extracting(Finding::message)
        .containsExactly("is pinned, but can be left out");
    for (double cost : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      Shop odd =
          Shop.of("bad", List.of(Machine.of("m")), List.of(a.toBuilder().rejection(cost).build()));
      assertThat(odd.findings())
          .extracting(Finding::message)
          .containsExactly("rejection cost is " + cost);
    }
    Shop flow = Shop.of("flow", List.of(Machine.of("m")), List.of(a)).asPermutation();
    assertThat(flow.findings()).isNotEmpty();
  }

  @Test
  void documentsPlannerAndProofKnowOfIt() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      Shop shop = drawn(2);
      ShopDocuments documents = scheduling.documents();
      assertThat(documents.shop("small", documents.json(shop))).isEqualTo(shop);
      ShopOptimizer optimizer = scheduling.optimizer().minimize(BOTH);
      assertThatThrownBy(() -> optimizer.proving().optimize(shop, Budget.iterations(10)).await())
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("does every job");
      Schedule plan = Small.plan(shop, BOTH);
      assertThat(plan.completions().size()).isLessThan(4);
      Schedule again = scheduling.planner(BOTH).retime(shop, plan);
      assertThat(again.completions().keySet()).isEqualTo(plan.completions().keySet());
      assertThat(scheduling.planner(BOTH).explain(shop, plan, "j0").job()).isEqualTo("j0");
    }
  }
}
