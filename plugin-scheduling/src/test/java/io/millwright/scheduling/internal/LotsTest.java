package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Lots;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.List;
import org.junit.jupiter.api.Test;

class LotsTest {

  private static final Objective END = Objectives.makespan();

  private static Alternative on(String machine, long fixed, long perPiece) {
    return new Alternative(machine, fixed, perPiece);
  }

  private static final ShopJob JOB =
      ShopJob.builder(
              "a",
              List.of(
                  Operation.of("turn", on("m", 1, 1), on("n", 1, 1)),
                  Operation.of("join", on("o", 2, 0)).following("turn")))
          .quantity(5)
          .due(6)
          .weight(3)
          .build();

  private static Shop shop(List<ShopJob> jobs) {
    return Shop.of("lots", List.of(Machine.of("m"), Machine.of("n"), Machine.of("o")), jobs)
        .checked();
  }

  @Test
  void lotsRunBesideEachOtherAndAreJoined() {
    Shop whole = shop(List.of(JOB));
    Shop split = shop(Lots.joined(JOB, 2, "join"));
    assertThat(split.jobs().stream().map(ShopJob::id)).containsExactly("a/1", "a/2", "a");
    assertThat(split.jobs().stream().map(ShopJob::quantity)).containsExactly(3L, 2L, 5L);
    // By hand: 1 + 5 + 2 as a whole; the larger lot of 3 takes 1 + 3, then all are joined.
    assertThat(Small.plan(whole, END).makespan()).isEqualTo(8);
    Schedule plan = Small.plan(split, END);
    assertThat(ScheduleChecker.check(split, plan)).isEmpty();
    assertThat(plan.makespan()).isEqualTo(6);
    assertThat(Tried.best(split, END, 7)).isEqualTo(6);
  }

  /** A lag may name its own job, which the lots no longer have. */
  @Test
  void lotsWaitForThemselvesWhereALagNamesTheirJob() {
    Operation dry =
        Operation.of("dry", on("n", 1, 0)).toBuilder().lags(Lag.fed("a", "turn")).build();
    Operation pack =
        Operation.of("pack", on("o", 1, 0)).toBuilder().lags(Lag.fed("a", "dry")).build();
    ShopJob job = JOB.toBuilder().operations(List.of(JOB.operations().get(0), dry, pack)).build();
    Shop lots = shop(Lots.of(job, 2));
    assertThat(ScheduleChecker.check(lots, Small.plan(lots, END))).isEmpty();
    for (String joint : List.of("dry", "pack")) {
      Shop joined = shop(Lots.joined(job, 2, joint));
      Schedule plan = Small.plan(joined, END);
      assertThat(ScheduleChecker.check(joined, plan)).isEmpty();
      assertThat(joined.jobs().get(2).operations().get(0).id()).isEqualTo(joint);
      assertThat(plan.assignments().stream().filter(x -> x.job().equals("a")).count())
          .isEqualTo(joint.equals("dry") ? 2 : 1);
    }
  }

  @Test
  void lotsShareWhatTheJobIsWorth() {
    List<ShopJob> lots = Lots.of(JOB.toBuilder().rejection(10).build(), 2);
    assertThat(lots).extracting(ShopJob::weight).containsExactly(1.8, 1.2);
    assertThat(lots).extracting(l -> l.rejection().orElse(0)).containsExactly(6.0, 4.0);
    assertThat(lots).extracting(l -> l.due().orElse(0)).containsExactly(6L, 6L);
    assertThat(shop(lots).findings()).isEmpty();
  }

  @Test
  void refusesWhatHasNoShare() {
    refused(() -> Lots.of(JOB, 6), "5 pieces cannot be split into 6 lots");
    refused(() -> Lots.of(JOB, 0), "into 0 lots");
    refused(() -> Lots.joined(JOB, 2, "turn"), "nothing comes before");
    refused(() -> Lots.joined(JOB, 2, "paint"), "it does not have");
    refused(() -> Lots.joined(JOB.toBuilder().rejection(1).build(), 2, "join"), "can be left out");
    Operation takes =
        Operation.builder("1", List.of(on("m", 1, 0))).flows(Flow.takes("steel", 1)).build();
    refused(
        () -> Lots.of(ShopJob.builder("b", List.of(takes)).quantity(2).build(), 2),
        "moves -1 of stock steel");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Maybe");
  }
}
