package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.MillwrightException;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Comparison;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Lateness;
import io.millwright.scheduling.Link;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Recommendation;
import io.millwright.scheduling.Remedy;
import io.millwright.scheduling.Repair;
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
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import io.millwright.scheduling.internal.search.Dispatch;
import io.millwright.scheduling.internal.search.Starts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private static final Objective TARDINESS =
      Objectives.weightedTardiness().plus(0.01, Measure.WEIGHTED_FLOW_TIME);
  private static final Planner PLANNER =
      new DefaultPlanner(TARDINESS, new DefaultJobs(Runnable::run));

  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  private static Shop shop(int seed) {
    return new RandomShops(seed)
        .flexible()
        .setups()
        .calendars()
        .dates()
        .assembly()
        .absences()
        .shop(14, 4)
        .checked();
  }

  private static Schedule planOf(Shop shop) {
    Floor floor = new Floor(shop);
    Plan plan = new Dispatch(floor, Rule.ATC, 1, 0, new Draws(1)).run();
    return new Timetable(floor, new Goal(List.of(TARDINESS), floor)).schedule(plan);
  }

  private static boolean ofTheShop(Remedy r) {
    return r.kind() == Remedy.Kind.OTHER_MACHINE || r.kind() == Remedy.Kind.PRIORITY;
  }

  private static Schedule improved(Shop shop, Shop searched, Schedule plan, long key) {
    Floor floor = new Floor(searched);
    Goal goal = new Goal(List.of(TARDINESS), floor);
    Plan best =
        DefaultPlanner.improve(
            floor, goal, Starts.ofSchedule(floor, plan, "again"), key, () -> false);
    return new Timetable(new Floor(shop), goal).schedule(best);
  }

  private static String latest(Shop shop, Schedule plan) {
    return shop.jobs().stream()
        .max(
            java.util.Comparator.comparingLong(
                j -> plan.completions().get(j.id()) - j.due().orElse(Long.MAX_VALUE / 2)))
        .orElseThrow()
        .id();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void remediesAreWhatPlanningAnewGives(int seed) {
    Shop shop = shop(seed);
    Schedule plan = planOf(shop);
    String job = latest(shop, plan);
    Lateness why = PLANNER.explain(shop, plan, job);
    assertThat(why.end()).isEqualTo(plan.completions().get(job));
    double least = TARDINESS.of(shop, plan);
    for (int key = 1; key <= 3; key++) {
      least = Math.min(least, TARDINESS.of(shop, improved(shop, shop, plan, key)));
    }
    for (Remedy r : why.remedies()) {
      assertThat(ScheduleChecker.check(r.shop(), r.plan())).as(r.what()).isEmpty();
      // What any search of the shop as it is finds is no gain of a remedy.
      assertThat(r.gain()).isLessThanOrEqualTo(least - TARDINESS.of(shop, r.plan()) + 1e-6);
      assertThat(r.jobGain()).isLessThanOrEqualTo(why.end() - r.plan().completions().get(job));
      if (ofTheShop(r)) {
        assertThat(r.gain()).as(r.what()).isNotPositive();
        assertThat(r.jobGain()).as(r.what()).isPositive();
      } else {
        assertThat(r.gain()).as(r.what()).isPositive();
      }
    }
    if (seed == 0) {
      assertThat(PLANNER.explain(shop, plan, job)).isEqualTo(why);
    }
  }

  /** Of three nights that the last job waits through, each lets more work be done before it. */
  @Test
  void everyNightThatCouldBeWorkedIsTried() {
    Calendar days = Calendar.shifts(100, List.of(new Window(10, 60)));
    Machine saw = Machine.builder("saw").calendar(days).build();
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 4; j++) {
      jobs.add(
          ShopJob.chain("j" + j, Operation.of("cut", Alternative.of("saw", 45))).toBuilder()
              .due(60)
              .build());
    }
    Shop shop = Shop.of("nights", List.of(saw), jobs);
    Schedule plan = planOf(shop);
    assertThat(plan.makespan()).isEqualTo(340);
    List<String> told =
        PLANNER.explain(shop, plan, latest(shop, plan)).remedies().stream()
            .map(Remedy::what)
            .toList();
    assertThat(told)
        .contains(
            "let machine saw work from 60 to 110",
            "let machine saw work from 160 to 210",
            "let machine saw work from 260 to 310");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLinkOfAChainBindsTheJob(int seed) {
    Shop shop = new RandomShops(seed).flexible().setups().dates().shop(14, 4).checked();
    Schedule plan = planOf(shop);
    String job = latest(shop, plan);
    List<Link> chain = PLANNER.explain(shop, plan, job).chain();
    assertThat(chain.get(chain.size() - 1).operation().job()).isEqualTo(job);
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).by()).contains(chain.get(i - 1).operation());
    }
    Floor floor = new Floor(shop);
    Plan order = Starts.ofSchedule(floor, plan, "plan");
    for (Link link : chain) {
      // A tick more on any operation of the chain is a tick more for the job.
      Floor slower = new Floor(shop);
      for (int x = 0; x < floor.n; x++) {
        ShopJob owner = shop.jobs().get(floor.jobOf[x]);
        Operation o = owner.operations().get(x - floor.jobStart[floor.jobOf[x]]);
        if (owner.id().equals(link.operation().job())
            && o.id().equals(link.operation().operation())) {
          slower.altWork[order.alternative()[x]] += 7;
        }
      }
      Schedule later = new Timetable(slower, new Goal(List.of(TARDINESS), slower)).schedule(order);
      assertThat(later.completions().get(job)).isEqualTo(plan.completions().get(job) + 7);
    }
  }

  private static List<Event> events(Shop shop, Schedule plan, long now) {
    ShopJob rush =
        ShopJob.chain(
                "rush",
                Operation.of("1", Alternative.of("m0", 9), Alternative.of("m1", 11)),
                Operation.of("2", Alternative.of("m2", 5)))
            .releasedAt(now)
            .dueAt(now + 30)
            .weighing(9);
    return List.of(
        new Event.Breakdown("m1", new Window(now, now + 60)),
        new Event.RushOrder(rush),
        new Event.LateMaterial(latest(shop, plan), now + 50),
        new Event.Absence("crane", 1),
        new Event.Away("crane", new Window(now + 5, now + 40)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void repairsKeepThePastAndTheRules(int seed) {
    Shop shop =
        new RandomShops(seed).flexible().setups().calendars().dates().absences().shop(14, 4);
    shop = shop.withResources(shop.resources().stream().map(r -> r.counting(3)).toList()).checked();
    Schedule plan = planOf(shop);
    long now = plan.makespan() / 4;
    for (Event event : events(shop, plan, now)) {
      Repair repair = PLANNER.repair(shop, plan, now, event, 2);
      assertThat(ScheduleChecker.check(repair.shop(), repair.plan())).as("%s", event).isEmpty();
      assertThat(ScheduleChecker.check(repair.shop(), repair.kept())).as("%s", event).isEmpty();
      for (Assignment a : plan.assignments()) {
        if (a.start() < now) {
          Assignment b = repair.plan().of(a.job(), a.operation()).orElseThrow();
          assertThat(b.start()).isEqualTo(a.start());
          assertThat(b.machine()).isEqualTo(a.machine());
        }
      }
      assertThat(price(repair, repair.plan(), plan))
          .isLessThanOrEqualTo(price(repair, repair.kept(), plan) + 1e-6);
      assertThat(repair.moves())
          .isEqualTo(Comparison.of(repair.shop(), plan, repair.plan()).moves());
    }
  }

  private static double price(Repair repair, Schedule plan, Schedule approved) {
    long moved =
        Comparison.of(repair.shop(), approved, plan).moves().stream()
            .filter(m -> m.before().isPresent() && m.after().isPresent())
            .filter(m -> m.otherMachine() || m.before().get().start() != m.after().get().start())
            .count();
    return TARDINESS.of(repair.shop(), plan) + 2 * moved;
  }

  @Test
  void anInfinitePriceKeepsEverySequence() {
    Shop shop = new RandomShops(3).setups().dates().shop(14, 4).checked();
    Schedule plan = planOf(shop);
    Event event = new Event.Breakdown("m1", new Window(40, 90));
    Repair repair = PLANNER.repair(shop, plan, 40, event, Double.POSITIVE_INFINITY);
    assertThat(repair.plan()).isEqualTo(repair.kept());
    for (Machine m : shop.machines()) {
      assertThat(sequence(repair.plan(), m)).isEqualTo(sequence(plan, m));
    }
    assertThat(repair.moves()).isNotEmpty();
  }

  @Test
  void whatTheEventDoesNotTouchStaysWhereItIs() {
    // Late material for the second of three leaves a gap that the third could fill.
    Machine m = Machine.of("m");
    List<ShopJob> jobs =
        List.of("a", "b", "c").stream()
            .map(id -> ShopJob.chain(id, Operation.of("1", Alternative.of("m", 10))).dueAt(30))
            .toList();
    Shop shop = Shop.of("gap", List.of(m), jobs);
    Schedule approved =
        new Schedule(
            List.of(
                new Assignment("a", "1", "m", 0, 0, 10),
                new Assignment("b", "1", "m", 0, 10, 20),
                new Assignment("c", "1", "m", 0, 20, 30)));
    Repair repair = PLANNER.repair(shop, approved, 5, new Event.LateMaterial("b", 100), 5);
    assertThat(repair.plan().of("c", "1").orElseThrow().start()).isEqualTo(20);
    assertThat(repair.plan().of("b", "1").orElseThrow().start()).isEqualTo(100);
    assertThat(repair.moves()).hasSize(1);
  }

  private static List<String> sequence(Schedule plan, Machine m) {
    return plan.assignments().stream()
        .filter(a -> a.machine().equals(m.id()) && a.end() > a.start())
        .map(a -> a.job() + "/" + a.operation())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aPlanIsRetimedWhenWorkGetsShorter(int seed) {
    Shop shop = new RandomShops(seed).flexible().setups().dates().shop(14, 4).checked();
    Schedule plan = planOf(shop);
    assertThat(PLANNER.retime(shop, plan)).isEqualTo(plan);
    String job = latest(shop, plan);
    Link link = PLANNER.explain(shop, plan, job).chain().get(0);
    Shop quicker =
        shop.withJobs(
            shop.jobs().stream()
                .map(j -> j.id().equals(link.operation().job()) ? j.releasedAt(0).pieces(1) : j)
                .toList());
    Schedule retimed = PLANNER.retime(quicker, plan);
    assertThat(ScheduleChecker.check(quicker, retimed)).isEmpty();
    for (Assignment a : retimed.assignments()) {
      Assignment before = plan.of(a.job(), a.operation()).orElseThrow();
      assertThat(a.machine()).isEqualTo(before.machine());
      assertThat(a.start()).isLessThanOrEqualTo(before.start());
    }
  }

  @Test
  void whoComesFirstAtAResourceIsDecidedAnewWhenAPlanIsLate() {
    // The crane serves a on m0 first; m0 breaks down, and b on m1 need not wait for it.
    Shop shop =
        Shop.of(
                "crane",
                List.of(Machine.of("m0"), Machine.of("m1")),
                List.of(
                    ShopJob.chain(
                        "a", Operation.of("1", Alternative.of("m0", 10)).needing(new Need("c", 1))),
                    ShopJob.chain(
                        "b",
                        Operation.of("1", Alternative.of("m1", 10)).needing(new Need("c", 1)))))
            .withResources(List.of(Resource.of("c", 1)));
    Schedule approved =
        new Schedule(
            List.of(
                new Assignment("a", "1", "m0", 0, 0, 10),
                new Assignment("b", "1", "m1", 0, 10, 20)));
    Event event = new Event.Breakdown("m0", new Window(0, 50));
    Repair repair = PLANNER.repair(shop, approved, 0, event, Double.POSITIVE_INFINITY);
    assertThat(repair.kept().of("b", "1").orElseThrow().start()).isLessThanOrEqualTo(10);
    assertThat(repair.kept().of("a", "1").orElseThrow().start()).isEqualTo(50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneMoreJobIsPlacedAmongTheOthers(int seed) {
    Shop shop = shop(seed);
    Schedule plan = planOf(shop);
    ShopJob more =
        ShopJob.chain(
                "more",
                Operation.of("1", Alternative.of("m0", 9), Alternative.of("m1", 11)),
                Operation.of("2", Alternative.of("m2", 5)))
            .dueAt(60);
    Recommendation place = PLANNER.recommend(shop, plan, more);
    assertThat(ScheduleChecker.check(place.shop(), place.plan())).isEmpty();
    assertThat(place.end()).isEqualTo(place.plan().completions().get("more"));
    assertThat(place.cost())
        .isCloseTo(
            TARDINESS.of(place.shop(), place.plan()) - TARDINESS.of(shop, plan), within(1e-6));
    // Appending the job behind everything is one of the places, so the best is no worse.
    Shop alone = shop.withJobs(List.of(more)).startingAt(plan.makespan());
    Schedule last = planOf(alone);
    assertThat(place.cost()).isLessThanOrEqualTo(TARDINESS.of(alone, last) + 1e-6);
  }

  @Test
  void wrongQuestionsAreRefused() {
    Shop shop = shop(1);
    Schedule plan = planOf(shop);
    Schedule part = new Schedule(plan.assignments().subList(1, plan.assignments().size()));
    assertThatThrownBy(() -> PLANNER.explain(shop, plan, "nobody"))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> PLANNER.explain(shop, part, "j1"))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("is not planned");
    assertThatThrownBy(() -> PLANNER.repair(shop, plan, 5, new Event.LateMaterial("nobody", 9), 0))
        .hasMessageContaining("unknown job");
    assertThatThrownBy(() -> PLANNER.repair(shop, plan, 5, new Event.Absence("crew", 5), 0))
        .hasMessageContaining("5 of resource crew are missing, of which there are 2");
    assertThatThrownBy(
            () -> PLANNER.repair(shop, plan, 5, new Event.Absence("crew", 1), Double.NaN))
        .hasMessageContaining("movePrice");
    assertThatThrownBy(() -> PLANNER.recommend(shop, plan, shop.jobs().get(0)))
        .hasMessageContaining("stands twice");
  }

  private static Schedule approved(Shop shop) {
    Schedule plan = Small.plan(shop, TARDINESS);
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    return plan;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void eventsLeaveBegunWorkAndWhatTheyDoNotTouch(long key) {
    Shop shop = new RandomShops(key).flexible().setups().dates().resources().shop(10, 3);
    Schedule plan = approved(shop);
    long now = plan.makespan() / 2;
    Event nothing = new Event.Several(List.of());
    assertThat(PLANNER.repair(shop, plan, now, nothing, 0).moves()).isEmpty();
    Event later = new Event.Breakdown("m0", new Window(plan.makespan(), plan.makespan() + 50));
    assertThat(PLANNER.repair(shop, plan, now, later, 0).moves()).isEmpty();
    Assignment last = plan.assignments().get(plan.assignments().size() - 1);
    ShopJob job =
        shop.jobs().stream().filter(j -> j.id().equals(last.job())).findFirst().orElseThrow();
    List<Event> events =
        List.of(
            new Event.Duration(last.job(), last.operation(), 77),
            new Event.Cancelled(last.job()),
            new Event.Changed(job.dueAt(now + 5).weighing(9)),
            new Event.Back("m1", new Window(now, now + 40)),
            new Event.Several(
                List.of(
                    new Event.Breakdown("m0", new Window(now, now + 30)),
                    new Event.Cancelled(last.job()),
                    new Event.Absence("crew", 0 + 1))));
    for (Event event : events) {
      Repair repair;
      try {
        repair = PLANNER.repair(shop, plan, now, event, 1);
      } catch (MillwrightException e) {
        // Who needs two of a crew of one is named.
        assertThat(event).isInstanceOf(Event.Several.class);
        assertThat(e).hasMessageContaining("crew");
        continue;
      }
      assertThat(ScheduleChecker.check(repair.shop(), repair.plan())).as("%s", event).isEmpty();
      for (Assignment a : plan.assignments()) {
        if (a.start() < now) {
          assertThat(repair.plan().of(a.job(), a.operation()).orElseThrow().start())
              .isEqualTo(a.start());
        }
      }
    }
  }

  @Test
  void answersAsJobsAreTheSame() throws InterruptedException {
    Shop shop = new RandomShops(5).setups().dates().shop(8, 3);
    Schedule plan = approved(shop);
    Budget hour = Budget.of(java.time.Duration.ofHours(1));
    assertThat(PLANNER.explain(shop, plan, "j0", hour).await())
        .isEqualTo(PLANNER.explain(shop, plan, "j0"));
    Event event = new Event.Breakdown("m0", new Window(10, 60));
    assertThat(PLANNER.repair(shop, plan, 10, event, 1, hour).await())
        .isEqualTo(PLANNER.repair(shop, plan, 10, event, 1));
    Planner stopped = new DefaultPlanner(TARDINESS, new DefaultJobs(Runnable::run), () -> true);
    assertThat(stopped.explain(shop, plan, "j0").remedies()).isEmpty();
  }
}
