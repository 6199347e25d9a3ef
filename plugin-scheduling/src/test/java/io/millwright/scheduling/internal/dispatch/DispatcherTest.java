package io.millwright.scheduling.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.LiveFloor;
import io.millwright.scheduling.LiveFloor.Step;
import io.millwright.scheduling.LiveTrial;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.RandomShops;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.StochasticShop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The policies that come along, at work. */
class DispatcherTest {

  private static Millwright millwright;
  private static Scheduling scheduling;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    scheduling = millwright.plugin(Scheduling.class);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Shop drawn(int jobs, int machines, int key) {
    PlainShop plain = PlainShop.drawn(jobs, machines, KeyedRandom.of(99, Purpose.OTHER, key));
    List<ShopJob> all = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      Operation[] steps = new Operation[machines];
      for (int k = 0; k < machines; k++) {
        steps[k] =
            Operation.of(
                "o" + k, Alternative.of("m" + plain.route()[j][k], (long) plain.work()[j][k]));
      }
      all.add(ShopJob.chain("j" + j, steps));
    }
    return Shop.of(
        "drawn", IntStream.range(0, machines).mapToObj(m -> Machine.of("m" + m)).toList(), all);
  }

  private static ErrorCode code(Runnable call) {
    try {
      call.run();
      return new ErrorCode("NONE");
    } catch (MillwrightException e) {
      return e.code();
    }
  }

  @Test
  void thePolicyBeatsEveryRuleOnShopsItNeverSaw() {
    Dispatcher policy = scheduling.dispatcher(DispatchGoal.MAKESPAN);
    List<Shop> shops = IntStream.range(0, 12).mapToObj(i -> drawn(12 + i, 10, i)).toList();
    double own = shops.stream().mapToDouble(s -> policy.plan(s, 1, 0).makespan()).sum();
    for (Rule rule : Rule.values()) {
      double ruled = shops.stream().mapToDouble(s -> scheduling.dispatch(s, rule).makespan()).sum();
      assertThat(own).as("%s", rule).isLessThan(0.98 * ruled);
    }
    double ends = shops.stream().mapToDouble(s -> policy.plan(s).makespan()).sum();
    double drawn = shops.stream().mapToDouble(s -> policy.plan(s, 16, 1).makespan()).sum();
    assertThat(ends).isLessThan(own);
    assertThat(drawn).isLessThan(0.985 * own).isLessThan(ends);
    assertThat(policy.plan(shops.get(3), 16, 1)).isEqualTo(policy.plan(shops.get(3), 16, 1));
  }

  @ParameterizedTest
  @EnumSource(DispatchGoal.class)
  void shopsOfAllKindsArePlannedWithinTheirRules(DispatchGoal goal) {
    Dispatcher policy = scheduling.dispatcher(goal);
    for (int seed = 0; seed < 30; seed++) {
      RandomShops kind = new RandomShops(seed);
      kind = seed % 2 == 0 ? kind.flexible() : kind;
      kind = seed % 3 == 0 ? kind.setups() : kind;
      kind = seed % 5 == 0 ? kind.calendars() : kind;
      kind = seed % 7 < 4 ? kind.dates() : kind;
      kind = seed % 4 == 0 ? kind.resources() : kind;
      Shop shop = kind.shop(1 + seed % 9, 1 + seed % 4);
      assertThat(ScheduleChecker.check(shop, policy.plan(shop))).as("%s", shop).isEmpty();
      assertThat(ScheduleChecker.check(shop, policy.plan(shop, 3, seed))).isEmpty();
    }
    Shop flow = drawn(6, 3, 1);
    assertThat(ScheduleChecker.check(flow.startingAt(50), policy.plan(flow.startingAt(50))))
        .isEmpty();
    Shop pinned =
        flow.withPins(
            List.of(
                Pin.at(
                    "j2",
                    "o0",
                    flow.jobs().get(2).operations().get(0).alternatives().get(0).machine(),
                    7)));
    assertThat(ScheduleChecker.check(pinned, policy.plan(pinned))).isEmpty();
  }

  @Test
  void aPlanIsWhereASearchBegins() throws Exception {
    Shop shop = drawn(10, 6, 5);
    Schedule plan = scheduling.dispatcher(DispatchGoal.MAKESPAN).plan(shop);
    Schedule searched =
        scheduling
            .optimizer()
            .workers(1)
            .optimize(shop.withDraft(plan), io.millwright.api.Budget.iterations(100))
            .await()
            .orElseThrow();
    assertThat(searched.makespan()).isLessThanOrEqualTo(plan.makespan());
  }

  @Test
  void whatAPolicyNeverMetIsRefused() {
    Dispatcher policy = scheduling.dispatcher(DispatchGoal.MAKESPAN);
    Shop assembly = new RandomShops(3).assembly().shop(6, 3);
    for (int seed = 4; allChains(assembly); seed++) {
      assembly = new RandomShops(seed).assembly().shop(6, 3);
    }
    Shop parallel = assembly;
    assertThat(code(() -> policy.plan(parallel))).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(code(() -> policy.plan(drawn(3, 3, 1), 0, 1))).isEqualTo(ErrorCode.BAD_OPTION);
    Shop empty = Shop.of("empty", List.of(), List.of());
    assertThatThrownBy(() -> policy.plan(empty)).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> scheduling.dispatcher(ModelSource.bytes("x", new byte[40])))
        .isInstanceOf(MillwrightException.class);
  }

  private static boolean allChains(Shop shop) {
    return new io.millwright.scheduling.internal.model.Floor(shop).chains();
  }

  @Test
  void theFrontDoorOpensTheBundle() {
    ModelSource bundle = ModelSource.resource(DefaultDispatcher.class, "makespan.mwb");
    try (Predictor<Shop, Schedule> predictor = millwright.open(Scheduling.DISPATCH, bundle)) {
      Shop shop = drawn(6, 4, 2);
      assertThat(predictor.predict(shop))
          .isInstanceOfSatisfying(
              Outcome.Prediction.class,
              p ->
                  assertThat(p.value())
                      .isEqualTo(scheduling.dispatcher(DispatchGoal.MAKESPAN).plan(shop)));
      assertThat(predictor.predict(Shop.of("empty", List.of(), List.of())))
          .isInstanceOf(Outcome.Abstention.class);
      assertThat(predictor.info().provenance().settings()).containsKeys("method", "rounds");
    }
  }

  @Test
  void aLiveFloorIsFollowedAndItsFaultsAreNamed() {
    Dispatcher policy = scheduling.dispatcher(DispatchGoal.TARDINESS);
    LiveFloor floor = policy.floor(List.of("saw", "mill"));
    assertThat(floor.next(0, "saw")).isEmpty();
    floor.arrived(0, "a", List.of(new Step("saw", 20), new Step("mill", 5)), 500, 1);
    floor.arrived(0, "b", List.of(new Step("saw", 10)), 12, 4);
    // Tight, short and heavy against loose, long and light: any policy worth its name.
    assertThat(floor.next(0, "saw")).contains("b");
    assertThat(floor.next(0, "mill")).isEmpty();
    floor.begun(0, "saw", "b");
    assertThat(floor.next(1, "saw")).isEmpty();
    assertThat(code(() -> floor.begun(1, "saw", "a"))).isEqualTo(ErrorCode.BAD_VALUE);
    floor.failed(2, "saw", 30);
    floor.repaired(9, "saw");
    floor.ended(17, "saw");
    assertThat(code(() -> floor.cancelled(17, "b"))).isEqualTo(ErrorCode.BAD_VALUE);
    assertThat(floor.next(17, "saw")).contains("a");
    floor.begun(17, "saw", "a");
    floor.ended(40, "saw");
    assertThat(floor.next(40, "mill")).contains("a");
    floor.failed(40, "mill", 60);
    assertThat(floor.next(41, "mill")).isEmpty();
    floor.cancelled(42, "a");
    floor.repaired(43, "mill");
    assertThat(floor.next(43, "mill")).isEmpty();
    List<Runnable> wrong =
        List.of(
            () -> floor.next(1, "saw"),
            () -> floor.next(Double.NaN, "saw"),
            () -> floor.next(50, "drill"),
            () -> floor.ended(50, "saw"),
            () -> floor.arrived(50, "c", List.of(), 60, 1),
            () -> floor.arrived(50, "c", List.of(new Step("saw", -1)), 60, 1),
            () -> floor.arrived(50, "c", List.of(new Step("saw", 1)), Double.NaN, 1),
            () -> floor.arrived(50, "c", List.of(new Step("saw", 1)), 60, 0),
            () -> floor.failed(50, "saw", 10));
    for (Runnable call : wrong) {
      assertThat(code(call)).isEqualTo(ErrorCode.BAD_VALUE);
    }
    assertThat(code(() -> policy.floor(List.of("saw", "saw")))).isEqualTo(ErrorCode.BAD_OPTION);
    assertThat(code(() -> policy.floor(List.of()))).isEqualTo(ErrorCode.BAD_OPTION);
  }

  @Test
  void aStudySetsThePolicyBesideTheRules() throws Exception {
    StochasticShop shop =
        StochasticShop.builder().machines(6).steps(2, 6).allowance(1.5, 4).jobs(250, 50).build();
    List<LiveTrial> trials =
        scheduling
            .liveStudy(shop)
            .with(scheduling.dispatcher(DispatchGoal.TARDINESS))
            .replications(4)
            .key(11)
            .run()
            .await();
    assertThat(trials).extracting(LiveTrial::name).contains("FIFO", "EDD", "ATC");
    LiveTrial policy =
        trials.stream().filter(t -> t.name().startsWith("policy")).findFirst().orElseThrow();
    for (LiveTrial t : trials) {
      // With expected waits ATC comes near the policy.
      if (List.of("FIFO", "EDD").contains(t.name())) {
        assertThat(policy.tardiness().mean()).isLessThan(0.9 * t.tardiness().mean());
      } else if (t.name().equals("ATC")) {
        assertThat(policy.tardiness().mean()).isLessThan(t.tardiness().mean());
      }
    }
    assertThat(code(() -> scheduling.liveStudy(shop).replications(1)))
        .isEqualTo(ErrorCode.BAD_OPTION);
    assertThat(code(() -> scheduling.liveStudy(shop).withSearch(0)))
        .isEqualTo(ErrorCode.BAD_OPTION);
    assertThat(code(() -> StochasticShop.builder().utilisation(Double.NaN).build()))
        .isEqualTo(ErrorCode.BAD_OPTION);
    assertThat(code(() -> StochasticShop.builder().steps(3, 11).build()))
        .isEqualTo(ErrorCode.BAD_OPTION);
  }
}
