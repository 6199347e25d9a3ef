package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
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
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event finds on the floor: stocks in use, work that runs, links to what is left out. */
class StandingTest {

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final Planner PLANNER =
      new DefaultPlanner(TARDINESS, new DefaultJobs(Runnable::run));

  private static ShopJob job(String id, Operation... operations) {
    return ShopJob.builder(id, List.of(operations)).due(1).build();
  }

  private static Operation on(String machine, long work) {
    return Operation.of("o", Alternative.of(machine, work));
  }

  private static Schedule plan(Assignment... at) {
    return new Schedule(List.of(at));
  }

  private static Assignment at(String job, String machine, long start, long end) {
    return new Assignment(job, "o", machine, 0, start, end, List.of());
  }

  private static Repair repaired(Shop shop, Schedule approved, long now, Event event) {
    assertThat(ScheduleChecker.check(shop, approved)).isEmpty();
    Repair repair = PLANNER.repair(shop, approved, now, event, 0.1);
    assertThat(ScheduleChecker.check(repair.shop(), repair.kept())).isEmpty();
    assertThat(ScheduleChecker.check(repair.shop(), repair.plan())).isEmpty();
    for (Assignment a : approved.assignments()) {
      if (a.start() < now) {
        assertThat(repair.plan().of(a.job(), a.operation()).map(Assignment::start))
            .contains(a.start());
      }
    }
    return repair;
  }

  @Test
  void countsWhatHasFlowedBeforeTheEvent() {
    Operation takes = on("m", 4).toBuilder().flows(Flow.takes("steel", 2)).build();
    Operation makes = on("n", 5).toBuilder().flows(Flow.makes("steel", 1)).build();
    Shop shop =
        Shop.builder(
                "steel",
                List.of(Machine.of("m"), Machine.of("n")),
                List.of(job("a", takes), job("b", takes), job("c", takes), job("d", makes)))
            .stocks(
                Stock.tank("steel", 2, 4).supplied(new Stock.Supply(3, 1), new Stock.Supply(20, 2)))
            .build();
    Schedule approved =
        plan(at("a", "m", 0, 4), at("d", "n", 0, 5), at("b", "m", 5, 9), at("c", "m", 20, 24));

    for (long now : new long[] {2, 4, 5, 6, 19, 20, 21}) {
      Repair same = repaired(shop, approved, now, new Event.Breakdown("n", new Window(100, 101)));
      assertThat(same.moves()).as("now %d", now).isEmpty();
      Repair sooner =
          repaired(
              shop,
              approved,
              now,
              new Event.Changed(shop.jobs().get(2).toBuilder().weight(1_000).due(2).build()));
      // Nothing is taken that is not there: by the shop as it was, with all that flows in it.
      assertThat(ScheduleChecker.check(shop, sooner.plan())).as("now %d", now).isEmpty();
    }
    Repair done = repaired(shop, approved, 5, new Event.Cancelled("b"));
    assertThat(done.shop().stocks().get(0).level()).isEqualTo(1);
    assertThat(done.shop().stocks().get(0).supplies())
        .containsExactly(new Stock.Supply(20, 2), new Stock.Supply(5, 1));
  }

  @Test
  void workThatRunsPausesWhateverItMay() {
    Shop shop =
        Shop.builder(
                "heat",
                List.of(Machine.builder("oven").oven(new Oven(2, 2)).build(), Machine.of("cast")),
                List.of(
                    job("a", on("oven", 6)),
                    job("b", on("oven", 8)),
                    job("c", on("cast", 6).toBuilder().unbroken(true).build())))
            .build();
    Schedule approved = plan(at("a", "oven", 0, 8), at("b", "oven", 0, 8), at("c", "cast", 0, 6));
    Repair repair =
        repaired(
            shop,
            approved,
            4,
            new Event.Several(
                List.of(
                    new Event.Breakdown("oven", new Window(4, 7)),
                    new Event.Breakdown("cast", new Window(5, 6)))));
    assertThat(repair.plan().of("a", "o").orElseThrow().end()).isEqualTo(11);
    assertThat(repair.plan().of("b", "o").orElseThrow().end()).isEqualTo(11);
    assertThat(repair.plan().of("c", "o").orElseThrow().end()).isEqualTo(7);
  }

  @Test
  void anOvenGoesOnWithTheSetUpThatRuns() {
    List<Setup> changes = List.of(new Setup("p", "q", 5));
    Operation p = on("oven", 6).ofFamily("p");
    Operation q = on("oven", 6).ofFamily("q");
    Shop shop =
        Shop.of(
            "heat",
            List.of(Machine.builder("oven").oven(new Oven(1, 2)).setups(changes).build()),
            List.of(job("a", p), job("b", q), job("c", q)));
    Schedule approved =
        plan(
            at("a", "oven", 0, 6),
            at("b", "oven", 11, 17),
            new Assignment("c", "o", "oven", 5, 11, 17, List.of()));
    Repair repair =
        repaired(shop, approved, 9, new Event.Breakdown("oven", new Window(1_000, 1_001)));
    assertThat(repair.moves()).isEmpty();
  }

  @Test
  void whatHasBegunIsDoneAndLinksToWhatIsLeftOutEnd() {
    ShopJob first = job("a", on("m", 6)).toBuilder().rejection(3).build();
    ShopJob second = job("b", on("n", 2).toBuilder().lags(Lag.fed("c", "o")).build());
    Shop shop =
        Shop.of(
            "links",
            List.of(Machine.of("m"), Machine.of("n")),
            List.of(first, second, job("c", on("m", 3))));
    Schedule approved = plan(at("a", "m", 0, 6), at("c", "m", 6, 9), at("b", "n", 9, 11));
    Repair heavier =
        repaired(shop, approved, 3, new Event.Changed(first.toBuilder().weight(9).build()));
    assertThat(heavier.plan().of("a", "o")).isPresent();
    Repair cancelled = repaired(shop, approved, 3, new Event.Cancelled("c"));
    assertThat(cancelled.plan().of("b", "o").map(Assignment::start)).contains(3L);
  }

  @Test
  void nobodyIsLeftOfAResource() {
    Need crew = new Need("crew", 1);
    Operation needing = on("m", 4).toBuilder().needs(crew).build();
    Operation either =
        Operation.of("o", Alternative.of("m", 3).needing(crew), Alternative.of("n", 5));
    Shop shop =
        Shop.builder(
                "crew",
                List.of(Machine.of("m"), Machine.of("n")),
                List.of(job("a", needing), job("b", needing), job("c", either)))
            .resources(List.of(Resource.of("crew", 1)))
            .build();
    Schedule approved = plan(at("a", "m", 0, 4), at("b", "m", 4, 8), at("c", "m", 8, 11));
    for (Event gone :
        List.of(
            new Event.Absence("crew", 1), new Event.Away("crew", new Window(2, Long.MAX_VALUE)))) {
      Repair repair = repaired(shop, approved, 2, gone);
      assertThat(repair.plan().of("a", "o").map(Assignment::end)).contains(4L);
      assertThat(repair.plan().of("b", "o")).isEmpty();
      assertThat(repair.plan().of("c", "o").map(Assignment::machine)).contains("n");
      assertThat(repair.moves()).anyMatch(m -> m.after().isEmpty());
    }
  }

  @Test
  void namesTheDeadlineThatAnEventBreaks() {
    ShopJob job = job("a", on("m", 6)).toBuilder().deadline(8).build();
    Shop shop = Shop.of("late", List.of(Machine.of("m")), List.of(job));
    assertThatThrownBy(
            () ->
                PLANNER.repair(
                    shop,
                    plan(at("a", "m", 0, 6)),
                    2,
                    new Event.Breakdown("m", new Window(2, 9)),
                    1))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("job a, operation o ends at 13, behind deadline 8");
  }
}
