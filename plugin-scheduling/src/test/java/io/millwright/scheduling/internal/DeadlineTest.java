package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.MachineWindow;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines, and maintenance windows that move, against every order of small shops. */
class DeadlineTest {

  private static Operation op(String id, String machine, long duration) {
    return Operation.of(id, Alternative.of(machine, duration));
  }

  /** Three jobs of two operations, one with a deadline, and a window on the saw. */
  private static Shop drawn(long key) {
    Random random = new Random(key);
    Machine saw =
        Machine.builder("saw")
            .setups(new Setup("a", "b", 3), new Setup("b", "a", 2))
            .family("a")
            .build();
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      Operation cut =
          op("cut", "saw", 3 + random.nextInt(8)).ofFamily(random.nextBoolean() ? "a" : "b");
      Operation bore = op("bore", "mill", 3 + random.nextInt(8));
      boolean sawFirst = random.nextBoolean();
      ShopJob.Builder job =
          ShopJob.chain("j" + j, sawFirst ? cut : bore, sawFirst ? bore : cut).toBuilder()
              .due(5 + random.nextInt(15))
              .weight(1 + random.nextInt(3));
      jobs.add(j == 0 ? job.deadline(12 + random.nextInt(10)).build() : job.build());
    }
    int earliest = random.nextInt(10);
    int duration = 4 + random.nextInt(4);
    int due = earliest + duration + random.nextInt(4);
    int deadline = due + random.nextInt(12);
    jobs.add(
        ShopJob.of(
            MachineWindow.builder()
                .id("service")
                .machine("saw")
                .earliest(earliest)
                .deadline(deadline)
                .duration(duration)
                .due(due)
                .price(0.5)
                .build()));
    return Shop.of("small", List.of(saw, Machine.of("mill")), jobs);
  }

  private static void agrees(Shop shop, Objective objective) {
    double least = Small.least(shop, objective);
    Schedule plan = Small.plan(shop, objective);
    if (least == Double.POSITIVE_INFINITY) {
      assertThat(ScheduleChecker.check(shop, plan)).isNotEmpty();
    } else {
      assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
      assertThat(objective.of(shop, plan)).isCloseTo(least, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void findsTheBestPlanOfASmallShop(long key) {
    agrees(drawn(key), Objectives.weightedTardiness());
    agrees(drawn(key), Objectives.makespan());
    agrees(drawn(key), Objectives.weightedFlowTime());
  }

  @Test
  void someDrawnShopsCanBePlannedAndSomeCannot() {
    List<Boolean> possible = new ArrayList<>();
    for (long key = 1; key <= 12; key++) {
      possible.add(Small.least(drawn(key), Objectives.makespan()) < Double.POSITIVE_INFINITY);
    }
    assertThat(possible).contains(true, false);
  }

  @Test
  void aWindowFindsItsPlaceOnALoadedMachine() {
    Random random = new Random(3);
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 30; j++) {
      jobs.add(
          ShopJob.chain(
                  "j" + j,
                  op("1", random.nextBoolean() ? "saw" : "mill", 4 + random.nextInt(5)),
                  op("2", "oven", 4 + random.nextInt(5)))
              .dueAt(20 + random.nextInt(200)));
    }
    jobs.add(
        ShopJob.of(
            MachineWindow.builder()
                .id("relining")
                .machine("oven")
                .earliest(60)
                .deadline(100)
                .duration(20)
                .due(90)
                .build()));
    Shop shop =
        Shop.of("loaded", List.of(Machine.of("saw"), Machine.of("mill"), Machine.of("oven")), jobs);
    for (Objective objective :
        List.of(
            Objectives.makespan(), Objectives.weightedTardiness(), Objectives.weightedFlowTime())) {
      assertThat(ScheduleChecker.check(shop, Small.plan(shop, objective))).isEmpty();
    }
  }

  @Test
  void theCheckerTellsAMissedDeadline() {
    Shop shop =
        Shop.of(
            "one",
            List.of(Machine.of("saw")),
            List.of(
                ShopJob.of(
                    MachineWindow.builder()
                        .id("service")
                        .machine("saw")
                        .earliest(2)
                        .deadline(9)
                        .duration(5)
                        .due(8)
                        .price(1)
                        .build())));
    assertThat(
            ScheduleChecker.check(
                shop,
                new Schedule(List.of(new Assignment("service", "maintenance", "saw", 0, 5, 10)))))
        .extracting(Finding::message)
        .containsExactly("ends at 10, behind deadline 9");
    Schedule plan = new Schedule(List.of(new Assignment("service", "maintenance", "saw", 0, 4, 9)));
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat(Objectives.weightedTardiness().of(shop, plan)).isEqualTo(1);
  }

  @Test
  void refusesADeadlineBeforeWorkCanBegin() {
    ShopJob job = ShopJob.chain("a", op("1", "m", 3)).toBuilder().release(7).deadline(7).build();
    assertThat(Shop.of("bad", List.of(Machine.of("m")), List.of(job)).findings())
        .extracting(Finding::message)
        .containsExactly("deadline is 7, but work may begin at 7");
  }

  @Test
  void documentsKeepDeadlines() {
    try (Millwright millwright = Millwright.create()) {
      ShopDocuments documents = millwright.plugin(Scheduling.class).documents();
      Shop shop = drawn(2);
      assertThat(documents.shop("small", documents.json(shop))).isEqualTo(shop);
    }
  }

  @Test
  void refusesWindowsThatCannotBe() {
    refuses("begins at -1", -1, 9, 3, 9, 1);
    refuses("takes 0 ticks", 0, 9, 0, 9, 1);
    refuses("more than from 4 to its deadline 6", 4, 6, 3, 6, 1);
    refuses("is due at 10", 0, 9, 3, 10, 1);
    refuses("has the price NaN", 0, 9, 3, 9, Double.NaN);
    refuses("has the price -1.0", 0, 9, 3, 9, -1);
  }

  private static void refuses(
      String text, long earliest, long deadline, long duration, long due, double price) {
    assertThatThrownBy(
            () ->
                MachineWindow.builder()
                    .id("w")
                    .machine("m")
                    .earliest(earliest)
                    .deadline(deadline)
                    .duration(duration)
                    .due(due)
                    .price(price)
                    .build())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("Maybe");
  }
}
