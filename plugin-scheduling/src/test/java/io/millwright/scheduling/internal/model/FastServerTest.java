package io.millwright.scheduling.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.search.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bound is met where one server is all there is, and never above a plan. */
class FastServerTest {

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final Objective FLOW = Objectives.weightedFlowTime();

  private static double bound(Shop shop, Objective objective) {
    Floor floor = new Floor(shop.checked());
    return Bounds.queues(floor, new Goal(List.of(objective), floor), () -> false);
  }

  private static Schedule plan(Shop shop, Objective objective, long moves) {
    Search search =
        new Search(
            shop.checked(),
            List.of(objective),
            Budget.iterations(moves),
            1,
            1,
            Runnable::run,
            null);
    Plan plan = search.run(() -> false, p -> {});
    return new Timetable(search.floor(), new Goal(List.of(objective), search.floor()))
        .schedule(plan);
  }

  private static ShopJob job(String id, long work, double weight) {
    return ShopJob.chain(id, Operation.of("o", Alternative.of("m", work)))
        .weighing(weight)
        .dueAt(0);
  }

  /** Smith's rule: by weight for work, 3/1, 4/2, 5/5, ends at 1, 3, 8: 3 + 12 + 40. */
  @Test
  void oneMachineIsSolved() {
    List<ShopJob> jobs = List.of(job("a", 5, 5), job("b", 1, 3), job("c", 2, 4));
    Shop shop = Shop.of("smith", List.of(Machine.of("m")), jobs);
    assertThat(bound(shop, TARDINESS)).isCloseTo(55, within(1e-6));
    assertThat(bound(shop, FLOW)).isCloseTo(55, within(1e-6));
    // What is early costs nothing, and does not pay for the others.
    List<ShopJob> early = new ArrayList<>(jobs);
    early.add(job("d", 1, 1).dueAt(1_000));
    assertThat(bound(shop.withJobs(early), TARDINESS)).isCloseTo(55, within(1e-6));
    // From 2 to 10 nobody works: ends at 1, 11, 16.
    Machine rests = Machine.of("m").working(Calendar.closed(new Window(2, 10)));
    assertThat(bound(shop.withMachines(List.of(rests)), TARDINESS))
        .isGreaterThan(55 + 2 * 8)
        .isLessThanOrEqualTo(3 + 4 * 11 + 5 * 16);
  }

  /** Three machines that share one operator are as one. */
  @Test
  void oneOperatorIsSolved() {
    List<ShopJob> jobs = new ArrayList<>();
    long[] work = {5, 1, 2};
    double[] weight = {5, 3, 4};
    for (int j = 0; j < 3; j++) {
      Operation step =
          Operation.of("o", Alternative.of("m" + j, work[j])).needing(new Need("operator", 1));
      jobs.add(ShopJob.chain("j" + j, step).weighing(weight[j]).dueAt(0));
    }
    Shop shop =
        Shop.of("crew", List.of(Machine.of("m0"), Machine.of("m1"), Machine.of("m2")), jobs)
            .withResources(List.of(Resource.of("operator", 1)));
    assertThat(bound(shop, TARDINESS)).isCloseTo(55, within(1e-6));
    // Two operators are no more than twice as fast: work of 2.5, 0.5 and 1.
    assertThat(bound(shop.withResources(List.of(Resource.of("operator", 2))), TARDINESS))
        .isGreaterThan(55 / 2.0)
        .isLessThanOrEqualTo(3 + 8 + 30);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 200, 300})
  void neverAbovePlans(long from) {
    for (long key = from; key < from + 100; key++) {
      Shop drawn = RandomShops.mixed(key, 6, 3);
      if (key % 3 == 0) {
        Machine first = drawn.machines().get(0).toBuilder().oven(new Oven(0, 4)).build();
        List<Machine> machines = new ArrayList<>(drawn.machines());
        machines.set(0, first);
        drawn = drawn.withMachines(machines);
      }
      for (Objective objective :
          List.of(TARDINESS, FLOW, FLOW.plus(3, Measure.WEIGHTED_TARDINESS))) {
        if (!drawn.findings().isEmpty()) {
          continue;
        }
        Schedule plan = plan(drawn, objective, 500);
        assertThat(bound(drawn, objective))
            .as("shop %s, %s", key, objective.name())
            .isLessThanOrEqualTo(objective.of(drawn, plan));
        long now = 1 + plan.makespan() / 3;
        List<Pin> pins = new ArrayList<>(drawn.pins());
        for (Assignment a : plan.assignments()) {
          if (a.start() < now) {
            pins.removeIf(p -> p.job().equals(a.job()) && p.operation().equals(a.operation()));
            pins.add(
                new Pin(a.job(), a.operation(), a.machine(), OptionalLong.of(a.start()), a.held()));
          }
        }
        Shop later = drawn.startingAt(now).withPins(pins);
        if (later.findings().isEmpty()) {
          assertThat(bound(later, objective))
              .as("shop %s from %s, %s", key, now, objective.name())
              .isLessThanOrEqualTo(objective.of(later, plan));
        }
      }
    }
  }

  @Test
  void toldToStopItSaysNothing() {
    Shop shop = new RandomShops(3).flexible().dates().resources().shop(2_000, 4).checked();
    Floor floor = new Floor(shop);
    assertThat(Bounds.queues(floor, new Goal(List.of(TARDINESS), floor), () -> true)).isZero();
    assertThat(Bounds.queues(floor, new Goal(List.of(Objectives.makespan()), floor), () -> true))
        .isZero();
  }
}
