package io.millwright.scheduling.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.search.Dispatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others wait for is as urgent as they are. */
class FeedingTest {

  private static Operation step(String id, String machine, long work) {
    return Operation.of(id, Alternative.of(machine, work));
  }

  private static ShopJob assembly(String id, long due, String part) {
    Operation join = step("join", "bench", 10).toBuilder().lags(Lag.fed(part, "cut")).build();
    return ShopJob.of(id, List.of(join, step("pack", "bench", 20).following("join")))
        .dueAt(due)
        .weighing(6);
  }

  /** Two parts queue for the saw; the one of the order that is due first is listed last. */
  private static Shop shop() {
    return Shop.of(
        "orders",
        List.of(Machine.of("saw"), Machine.of("bench")),
        List.of(
            ShopJob.chain("slow part", step("cut", "saw", 30)),
            ShopJob.chain("quick part", step("cut", "saw", 30)),
            assembly("slow", 1_000, "slow part"),
            assembly("quick", 60, "quick part")));
  }

  @Test
  void partsHaveDatesAndSharesOfTheirOrder() {
    Feeding feeding = new Floor(shop().checked()).feeding;
    // The bench takes 30 behind the saw; of 60 ticks of work the part has 30.
    assertThat(feeding.due).containsExactly(970, 30, 1_000, 60);
    assertThat(feeding.weight[0]).isCloseTo(3, within(1e-9));
    assertThat(feeding.weight[1]).isCloseTo(3, within(1e-9));
    assertThat(feeding.weight[2]).isEqualTo(6);
  }

  @Test
  void withoutFeedersNothingIsInherited() {
    Floor floor = new Floor(shop().withJobs(shop().jobs().subList(0, 2)).checked());
    assertThat(floor.feeding.due).isSameAs(floor.due);
    assertThat(floor.feeding.weight).isSameAs(floor.weight);
  }

  @Test
  void jobsThatFeedEachOtherInTurnKeepTheirWeights() {
    ShopJob one =
        ShopJob.of(
            "one",
            List.of(
                step("a", "saw", 5),
                step("b", "saw", 5).toBuilder().lags(Lag.fed("two", "a")).build()));
    ShopJob two =
        ShopJob.of(
            "two",
            List.of(
                step("a", "bench", 5).toBuilder().lags(Lag.fed("one", "a")).build(),
                step("b", "bench", 5)));
    Floor floor =
        new Floor(
            Shop.of(
                    "turns",
                    List.of(Machine.of("saw"), Machine.of("bench")),
                    List.of(one.weighing(2), two.weighing(3)))
                .checked());
    assertThat(floor.feeding.weight).containsExactly(2, 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"ATC", "EDD", "WEIGHTED_DUE", "CR"})
  void theUrgentOrderGetsItsPartFirst(Rule rule) {
    Floor floor = new Floor(shop().checked());
    Plan plan = new Dispatch(floor, rule, 1, 0, new Draws(1)).run();
    Timetable timetable =
        new Timetable(floor, new Goal(List.of(Objectives.weightedTardiness()), floor));
    assertThat(timetable.evaluate(plan)).isZero();
  }
}
