package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millwright.api.Budget;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.BookedTime;
import io.millwright.api.plan.TimeDistribution;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Breakdowns;
import io.millwright.scheduling.Chances;
import io.millwright.scheduling.Gantt;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Risk;
import io.millwright.scheduling.RobustPlan;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.UncertainTimes;
import io.millwright.scheduling.internal.chance.DefaultChances;
import io.millwright.scheduling.internal.documents.Documents;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Dispatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChancesTest {

  private static final Objective GOAL =
      Objectives.weightedTardiness().plus(0.001, Measure.WEIGHTED_FLOW_TIME);
  private static final Machine M = Machine.of("m");

  private static Chances chances(UncertainTimes times) {
    return new DefaultChances(times, GOAL, new DefaultJobs(Runnable::run), Runnable::run);
  }

  private static Schedule ruled(Shop shop) {
    Floor floor = new Floor(shop);
    return new Timetable(floor, new Goal(List.of(GOAL), floor))
        .schedule(new Dispatch(floor, Rule.FIFO, 1, 0, new Draws(1)).run());
  }

  private static Promises promises(Shop shop, UncertainTimes times) {
    return chances(times).promises(shop, ruled(shop));
  }

  private static ShopJob job(String id, long... works) {
    Operation[] steps = new Operation[works.length];
    for (int i = 0; i < works.length; i++) {
      steps[i] = Operation.of("o" + i, Alternative.of("m", works[i]));
    }
    return ShopJob.chain(id, steps);
  }

  @Test
  void oneOperationEndsByItsDistribution() {
    TimeDistribution law = new TimeDistribution.Lognormal(1.2, 0.5);
    Shop shop = Shop.of("one", List.of(M), List.of(job("j", 1000).dueAt(1200)));
    Promises p = promises(shop, UncertainTimes.of(law));
    assertThat((double) p.of("j").by(90)).isCloseTo(1000 * law.quantile(0.9), within(60.0));
    assertThat((double) p.of("j").by(50)).isCloseTo(1000 * law.quantile(0.5), within(30.0));
    double due = 0;
    while (law.quantile(due) < 1.2) {
      due += 0.001;
    }
    assertThat(p.of("j").onTime().orElseThrow()).isCloseTo(due, within(0.04));
    assertThat(p.of("j").planned()).isEqualTo(1000);
    assertThat(promises(shop, UncertainTimes.of(law))).isEqualTo(p);
  }

  @Test
  void whatOrdersHaveInCommonSpreadsTheirEnds() {
    Shop shop =
        Shop.of("chain", List.of(M), List.of(job("j", 100, 100, 100, 100, 100, 100, 100, 100)));
    UncertainTimes.Builder times =
        UncertainTimes.builder().durations(new TimeDistribution.Lognormal(1, 0.4));
    long apart = spread(promises(shop, times.build()));
    long together = spread(promises(shop, times.together(0.8).build()));
    assertThat(together).isGreaterThan(3 * apart / 2);
  }

  private static long spread(Promises p) {
    return p.of("j").by(90) - p.of("j").by(10);
  }

  @Test
  void breakdownsTakeTheirShareOfTheTime() {
    Shop shop = Shop.of("fails", List.of(M), List.of(job("j", 50_000).dueAt(60_000)));
    UncertainTimes times =
        UncertainTimes.builder()
            .breakdowns(
                "m",
                new Breakdowns(
                    new TimeDistribution.Weibull(1, 1000), 0, new TimeDistribution.Constant(100)))
            .build();
    assertThat((double) promises(shop, times).of("j").by(50)).isCloseTo(55_000, within(300.0));
  }

  @Test
  void setupsVaryToo() {
    Machine saw = M.changing(List.of(new Setup("a", "b", 1000))).setFor("a");
    Shop shop =
        Shop.of(
            "sets",
            List.of(saw),
            List.of(ShopJob.chain("j", Operation.of("o", Alternative.of("m", 10)).ofFamily("b"))));
    Promises p =
        promises(
            shop,
            UncertainTimes.builder().setups(new TimeDistribution.Triangular(1, 1, 3)).build());
    assertThat(p.of("j").by(1)).isGreaterThan(1000);
    assertThat(p.of("j").by(99)).isBetween(2600L, 3010L);
  }

  @Test
  void whatRunsTakesLongerThanItHasRunAndPinsMayBeLate() {
    Shop shop =
        Shop.of("runs", List.of(M), List.of(job("j", 100).dueAt(200), job("k", 50).dueAt(200)))
            .startingAt(90)
            .withPins(List.of(Pin.at("j", "o0", "m", 0), Pin.at("k", "o0", "m", 100)));
    Promises p = promises(shop, UncertainTimes.of(new TimeDistribution.Lognormal(1, 0.5)));
    assertThat(p.of("j").by(1)).isGreaterThan(90);
    assertThat(p.of("k").by(1)).isGreaterThan(100);
    assertThat(p.of("k").by(95)).isGreaterThan(180);
    Shop later = shop.startingAt(100);
    assertThat(promises(later, UncertainTimes.of(new TimeDistribution.Lognormal(1, 0.5))))
        .extracting(x -> x.of("j").by(99))
        .isEqualTo(100L);
  }

  @Test
  void brokenConditionsAreCounted() {
    TimeDistribution law = new TimeDistribution.Triangular(0.5, 1, 2);
    Shop shop =
        Shop.of("strict", List.of(M), List.of(job("j", 1000).toBuilder().deadline(1600).build()));
    double late = 0.4 * 0.4 / (1.5 * 1);
    assertThat(promises(shop, UncertainTimes.of(law)).broken()).isCloseTo(late, within(0.03));
  }

  @Test
  void bookingsAreLearnt() {
    Random random = new Random(5);
    List<BookedTime> booked = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double order = 0.3 * random.nextGaussian();
      for (String m : List.of("a", "b", "b", "c")) {
        double ratio =
            (m.equals("a") ? 1.5 : 1) * Math.exp(order + 0.3 * random.nextGaussian() - 0.09);
        booked.add(new BookedTime("j" + i, m, false, 100, 100 * ratio));
      }
    }
    booked.add(new BookedTime("j1", "rare", false, 100, 300));
    UncertainTimes times = UncertainTimes.learnt(booked);
    assertThat(times.durations("a").mean()).isCloseTo(1.5, within(0.1));
    assertThat(times.durations("b").mean()).isCloseTo(1, within(0.06));
    assertThat(times.durations("rare").mean()).isBetween(1.1, 1.3);
    assertThat(times.together()).isCloseTo(0.5, within(0.1));
    assertThat(times.doubt()).isBetween(0.005, 0.03);
    assertThatThrownBy(() -> UncertainTimes.learnt(List.of())).hasMessageContaining("Maybe");
  }

  @Test
  void aSureMachinePaysWhereTheWildOneIsLate() throws InterruptedException {
    ShopJob job =
        ShopJob.chain(
                "j", Operation.of("o", Alternative.of("wild", 100), Alternative.of("sure", 110)))
            .dueAt(120);
    Shop shop = Shop.of("choice", List.of(Machine.of("wild"), Machine.of("sure")), List.of(job));
    UncertainTimes times =
        UncertainTimes.builder().durations("wild", new TimeDistribution.Lognormal(1, 0.8)).build();
    RobustPlan robust = chances(times).plan(shop, Risk.mean(), Budget.iterations(20_000)).await();
    assertThat(robust.means().assignments().get(0).machine()).isEqualTo("wild");
    assertThat(robust.plan().assignments().get(0).machine()).isEqualTo("sure");
    assertThat(robust.gain()).isGreaterThan(10);
    assertThat(chances(times).plan(shop, Risk.mean(), Budget.iterations(20_000)).await())
        .isEqualTo(robust);
    assertThat(robust.buffers()).isNotEmpty();
    assertThat(ScheduleChecker.check(shop, robust.plan())).isEmpty();
    assertThat(Gantt.of(shop, robust.plan()).withChances(robust).html())
        .contains("Chances of the orders", "100 %", "Buffers that pay");
  }

  @Test
  void whereNothingVariesThePlanOfMeansStays() throws InterruptedException {
    Shop shop = RandomShops.mixed(3, 5, 3);
    RobustPlan robust =
        chances(UncertainTimes.builder().build())
            .plan(shop, Risk.quantile(90), Budget.iterations(20_000))
            .await();
    assertThat(robust.plan()).isEqualTo(robust.means());
    assertThat(robust.buffers()).isEmpty();
    // A mean of equal figures is theirs but for the last bits.
    assertThat(robust.promises().percentiles().get(98))
        .isCloseTo(robust.promises().expected(), withinPercentage(1e-9));
  }

  @Test
  void whatCannotBeIsRefused() {
    Shop shop = Shop.of("one", List.of(M), List.of(job("j", 1000)));
    UncertainTimes other =
        UncertainTimes.builder().durations("saw", new TimeDistribution.Constant(1)).build();
    assertThatThrownBy(() -> promises(shop, other))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("[saw]")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(
            () -> chances(UncertainTimes.builder().build()).promises(shop, new Schedule(List.of())))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> UncertainTimes.builder().together(1).build())
        .hasMessageContaining("together is 1.0");
    assertThatThrownBy(() -> Risk.quantile(100)).hasMessageContaining("100 %");
  }

  @Test
  void timesAreReadFromJsonAndBookings(@TempDir Path dir) throws IOException {
    Path json = dir.resolve("times.json");
    Files.writeString(
        json,
        """
        {"format": "millwright-times 1", "together": 0.25,
         "durations": {"lognormal": {"mean": 1.1, "deviation": 0.3}},
         "machines": [{"machine": "m", "setups": {"constant": 2},
           "breakdowns": {"life": {"shape": 1, "scale": 500}, "repair": {"triangular":
             {"least": 10, "likely": 20, "most": 60}}}}]}
        """);
    UncertainTimes times = new Documents().times(json);
    assertThat(times.durations("any").mean()).isEqualTo(1.1);
    assertThat(times.setups("m").mean()).isEqualTo(2);
    assertThat(times.breakdowns("m").orElseThrow().repair().mean()).isCloseTo(30, within(1e-9));
    assertThat(times.together()).isEqualTo(0.25);
    Files.writeString(json, "{\"durations\": {\"constant\": 1, \"observed\": [1]}}");
    assertThatThrownBy(() -> new Documents().times(json))
        .hasMessageContaining("durations")
        .hasMessageContaining("2 distributions");
    Path csv = dir.resolve("booked.csv");
    Files.writeString(csv, "machine,planned,actual,kind\nm,10,12,\nm,20,10,setup\n");
    UncertainTimes learnt = new Documents().times(csv);
    assertThat(learnt.durations("m").mean()).isEqualTo(1.2);
    assertThat(learnt.setups("x").mean()).isEqualTo(0.5);
    Files.writeString(csv, "machine,planned,actual,kind\nm,0,12,\nm,x,10,\nm,1,1,rest\n");
    assertThatThrownBy(() -> new Documents().times(csv))
        .hasMessageContaining("row 1")
        .hasMessageContaining("row 2")
        .hasMessageContaining("row 3");
  }
}
