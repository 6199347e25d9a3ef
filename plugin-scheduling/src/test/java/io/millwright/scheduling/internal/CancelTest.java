package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Lateness;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Repair;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.Tariff;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.OrderIsland;
import io.millwright.scheduling.internal.search.Search;
import io.millwright.scheduling.internal.search.TariffIsland;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search can be stopped at any moment, also before it has anything to show. */
class CancelTest {

  private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();

  @AfterAll
  static void end() {
    EXECUTOR.shutdownNow();
  }

  /** Says stop at the n-th time it is asked. */
  private static Stop after(int questions) {
    int[] left = {questions};
    return () -> --left[0] < 0;
  }

  @Test
  void aRuleStopsInTheMiddle() {
    Floor floor = new Floor(Shops.jobShop(50, 20, 1));
    assertThat(new Dispatch(floor, Rule.MWKR, 1, 0, new Draws(1)).run(after(3))).isNull();
    assertThat(new Dispatch(floor, Rule.MWKR, 1, 0, new Draws(1)).run(after(1000))).isNotNull();
  }

  @Test
  void preparationStopsInTheMiddle() {
    Shop shop = Shops.jobShop(50, 20, 1);
    assertThatThrownBy(() -> new Floor(shop, after(10)))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 60, 90, 150, 250, 400, 600})
  void aSearchStoppedAnywhereHasAPlanOrSaysThatItWasStopped(int questions) {
    Shop shop = new RandomShops(2).flexible().setups().dates().shop(60, 5).checked();
    Stop stop = after(questions);
    try {
      Search search =
          new Search(
              shop,
              List.of(Objectives.weightedTardiness()),
              Budget.iterations(100_000),
              1,
              1,
              Runnable::run,
              null,
              stop);
      Plan plan = search.run(stop, p -> {});
      assertThat(plan.cost()).isLessThan(Double.POSITIVE_INFINITY);
    } catch (MillwrightException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED);
      assertThat(questions).isLessThan(150);
    }
  }

  /**
   * First answers to an event are dozens of whole plans, which on a large shop take longer than the
   * search behind them: whoever is told to stop makes none of them.
   */
  @Test
  void aRepairToldToStopKeepsTheSequencesAndMakesNoFurtherPlan() {
    Shop shop = new RandomShops(3).flexible().setups().calendars().dates().resources().shop(60, 8);
    Objective objective = Objectives.weightedTardiness();
    Schedule plan =
        Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC())
            .dispatch(shop, Rule.ATC);
    Assignment hit = plan.assignments().get(plan.assignments().size() / 2);
    Event event = new Event.Breakdown(hit.machine(), new Window(hit.start(), hit.start() + 2_000));
    AtomicInteger asked = new AtomicInteger();
    Repair full =
        new DefaultPlanner(objective, new DefaultJobs(EXECUTOR), counted(asked, 1_000_000))
            .repair(shop, plan, hit.start(), event, 1);
    assertThat(full.plan()).isNotEqualTo(full.kept());
    for (int questions : new int[] {0, 20, 60}) {
      asked.set(0);
      Repair repair =
          new DefaultPlanner(objective, new DefaultJobs(EXECUTOR), counted(asked, questions))
              .repair(shop, plan, hit.start(), event, 1);
      assertThat(ScheduleChecker.check(repair.shop(), repair.plan())).isEmpty();
      assertThat(asked).hasValueLessThan(questions + 5);
      if (questions == 0) {
        assertThat(repair.plan()).isEqualTo(repair.kept());
      }
    }
  }

  /**
   * What a worsening move costs is found by hundreds of whole timetables, which hear a stop too.
   */
  @Test
  void anOrderIsMeasuredNoLongerThanThereIsTime() {
    Shop shop =
        new RandomShops(3)
            .flexible()
            .dates()
            .resources()
            .shop(20, 4)
            .paying(Tariff.flat(Unit.of("EUR"), 60, 1));
    Floor floor = new Floor(shop.checked());
    Goal goal = new Goal(List.of(Objectives.weightedTardiness()), floor);
    Plan first = new Dispatch(floor, Rule.ATC, 1, 0, new Draws(1)).run();
    for (Island island :
        List.of(
            new OrderIsland(floor, goal, Draws.of(1, 0), -1, done -> 0, first),
            new TariffIsland(floor, goal, Draws.of(1, 0), -1, done -> 0, first))) {
      AtomicInteger asked = new AtomicInteger();
      assertThat(island.advance(100, counted(asked, 0))).isZero();
      assertThat(asked).hasValueLessThan(4);
    }
    AtomicInteger asked = new AtomicInteger();
    new OrderIsland(floor, goal, Draws.of(1, 0), -1, done -> 0, first)
        .advance(1, counted(asked, 1_000_000));
    assertThat(asked).hasValueGreaterThan(20);
  }

  /** Who asks waits from the call on, and what is prepared belongs to the time. */
  @Test
  void theTimeOfASearchBeginsWithTheCall() {
    Shop shop = new RandomShops(2).flexible().setups().dates().shop(60, 5).checked();
    int[] better = {0};
    Search search =
        new Search(
            shop,
            List.of(Objectives.weightedTardiness()),
            Budget.of(Duration.ofHours(1)),
            1,
            1,
            Runnable::run,
            null,
            System.nanoTime() - Duration.ofHours(2).toNanos(),
            () -> false);
    Plan plan = search.run(() -> false, p -> better[0]++);
    assertThat(better[0]).isEqualTo(1);
    assertThat(plan.foundBy()).isNotEqualTo("simulated annealing");
  }

  /** The end of the trying leaves the chain, which is the answer; a cancel leaves nothing. */
  @Test
  void anExplanationHasItsChainUnlessItIsCancelled() {
    Shop shop = new RandomShops(3).flexible().setups().dates().resources().shop(20, 4);
    Objective objective = Objectives.weightedTardiness();
    DefaultJobs jobs = new DefaultJobs(Runnable::run);
    Schedule plan =
        Unlearned.scheduling(jobs, Runnable::run, Clock.systemUTC()).dispatch(shop, Rule.ATC);
    Lateness late = new DefaultPlanner(objective, jobs, () -> true).explain(shop, plan, "j0");
    assertThat(late.chain()).isNotEmpty();
    assertThat(late.remedies()).isEmpty();
    for (int questions = 0; questions < 3; questions++) {
      Stop cancelled = after(questions);
      assertThatThrownBy(
              () ->
                  new DefaultPlanner(objective, jobs, () -> false, cancelled)
                      .explain(shop, plan, "j0"))
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED));
    }
  }

  /** Checks of large plans and shops take longer than whoever waits may be kept waiting. */
  @Test
  void firstLooksAtALargeShopHearTheEnd() {
    Shop drawn =
        new RandomShops(3).flexible().setups().calendars().dates().resources().shop(400, 8);
    Objective objective = Objectives.weightedTardiness();
    DefaultJobs jobs = new DefaultJobs(Runnable::run);
    Schedule plan =
        Unlearned.scheduling(jobs, Runnable::run, Clock.systemUTC()).dispatch(drawn, Rule.ATC);
    AtomicInteger looks = new AtomicInteger();
    assertThat(ScheduleChecker.check(drawn.toBuilder().build(), plan, looks::incrementAndGet))
        .isEmpty();
    assertThat(looks).hasValueGreaterThan(30);
    Assignment hit = plan.assignments().get(plan.assignments().size() / 2);
    Event event = new Event.Breakdown(hit.machine(), new Window(hit.start(), hit.start() + 2_000));
    for (int questions : new int[] {0, 5, 30, 60}) {
      for (boolean explained : new boolean[] {true, false}) {
        AtomicInteger asked = new AtomicInteger();
        Shop shop = drawn.toBuilder().build();
        DefaultPlanner planner =
            new DefaultPlanner(objective, jobs, () -> false, counted(asked, questions));
        assertThatThrownBy(
                () -> {
                  if (explained) {
                    planner.explain(shop, plan, "j0");
                  } else {
                    planner.repair(shop, plan, hit.start(), event, 1);
                  }
                })
            .isInstanceOfSatisfying(
                MillwrightException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED))
            .hasMessageContaining("was stopped before it had a first ");
        assertThat(asked).hasValue(questions + 1);
      }
    }
  }

  /** A budget that is over ends a job with its first answer, or says that there was none yet. */
  @Test
  void aBudgetThatIsOverLeavesAFirstAnswerOrSaysThatThereWasNone() throws InterruptedException {
    Shop shop = new RandomShops(3).flexible().setups().dates().resources().shop(400, 8);
    DefaultJobs jobs = new DefaultJobs(Runnable::run);
    Schedule plan =
        Unlearned.scheduling(jobs, Runnable::run, Clock.systemUTC()).dispatch(shop, Rule.ATC);
    Job<Lateness> job =
        new DefaultPlanner(Objectives.weightedTardiness(), jobs)
            .explain(shop, plan, "j0", Budget.of(Duration.ofNanos(1)));
    try {
      assertThat(job.await().remedies()).isEmpty();
    } catch (MillwrightException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED);
      assertThat(e).hasMessageContaining("Maybe give it more time");
    }
  }

  private static Stop counted(AtomicInteger asked, int until) {
    return () -> asked.incrementAndGet() > until;
  }

  @Test
  @Timeout(300)
  void aJobOfAHundredThousandOperationsReturnsWhenCancelledAtOnce() throws InterruptedException {
    Shop shop = Shops.jobShop(1000, 100, 1);
    Job<Solution<Schedule>> job =
        Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC())
            .optimizer()
            .optimize(shop, Budget.of(Duration.ofHours(1)));
    while (job.state() == Job.State.QUEUED) {
      Thread.onSpinWait();
    }
    job.cancel();
    try {
      assertThat(job.await().value()).isPresent();
    } catch (MillwrightException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED);
    }
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
  }

  /** Generous for a busy machine; figures of a quiet one are in the benchmarks. */
  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(ints = {200, 2_000})
  @Timeout(1800)
  void whereStaffBindsASearchEndsSoonWhenToldTo(int jobs) throws InterruptedException {
    Shop shop =
        new RandomShops(3).flexible().setups().calendars().dates().resources().shop(jobs, 20);
    ShopOptimizer optimizer =
        Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC())
            .optimizer()
            .minimize(Objectives.weightedFlowTime())
            .workers(2);
    for (int wait : new int[] {0, 50, 400, 1_500}) {
      Job<Solution<Schedule>> job = optimizer.optimize(shop, Budget.of(Duration.ofHours(1)));
      Thread.sleep(wait);
      long begin = System.nanoTime();
      job.cancel();
      try {
        job.await();
      } catch (MillwrightException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED);
      }
      assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
    }
    long begin = System.nanoTime();
    assertThat(optimizer.optimize(shop, Budget.of(Duration.ofSeconds(2))).await().value())
        .isPresent();
    assertThat(System.nanoTime() - begin).isLessThan(60_000_000_000L);
  }

  @Tag("thorough")
  @Test
  void aThousandSearchesLeaveNothingBehind() throws InterruptedException {
    DefaultScheduling scheduling =
        Unlearned.scheduling(new DefaultJobs(EXECUTOR), EXECUTOR, Clock.systemUTC());
    Shop shop =
        new RandomShops(7).flexible().setups().calendars().dates().resources().shop(100, 10);
    Shop plain = Shops.jobShop(20, 15, 3);
    long settled = 0;
    for (int i = 0; i < 1000; i++) {
      Shop one = i % 2 == 0 ? shop : plain;
      Job<Solution<Schedule>> job =
          scheduling.optimizer().workers(2).key(i).optimize(one, Budget.iterations(300));
      Schedule plan = job.await().orElseThrow();
      if (i % 100 == 0) {
        assertThat(ScheduleChecker.check(one, plan)).isEmpty();
      }
      if (i == 200) {
        settled = used();
      }
    }
    // Two hundred warm everything up; eight hundred more may leave a few kilobytes each at most.
    assertThat(used() - settled).isLessThan(4L << 20);
  }

  /** The memory in use after a collection; the least of several, which may come late. */
  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
