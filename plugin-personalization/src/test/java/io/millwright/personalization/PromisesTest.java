package io.millwright.personalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.WorkLoad;
import io.millwright.api.plan.WorkOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromisesTest {

  private Millwright millwright;
  private Promises promises;
  private ProductModel model;

  @BeforeAll
  void open() {
    millwright = Millwright.create();
    Personalization personal = millwright.plugin(Personalization.class);
    promises = personal.promises();
    model =
        personal
            .configuration()
            .read(
                """
                product Pump
                feature material = iron | steel
                feature head = 10..50 step 10 m
                option heater
                rule r: heater requires material = steel
                """);
  }

  @AfterAll
  void close() {
    millwright.close();
  }

  private static ProductionRules rules(List<String> afterWeld) {
    ProductRule.Condition steel = new ProductRule.Condition("material", Set.of("steel"));
    ProductRule.Condition heated = new ProductRule.Condition("heater", Set.of("yes"));
    return new ProductionRules(
        List.of(
            new ProductionRules.StepRule("cut", "saw", 10, 2, Map.of(), List.of(), List.of()),
            new ProductionRules.StepRule(
                "weld", "robot", 5, 1, Map.of("head", 0.5), afterWeld, List.of(steel)),
            new ProductionRules.StepRule(
                "mount", "bench", 0, 4, Map.of(), List.of("weld"), List.of())),
        List.of(
            new ProductionRules.PartRule("body", 1, "cut", List.of()),
            new ProductionRules.PartRule("coil", 2, "mount", List.of(heated))),
        Map.of("body", Map.of("plate", 3.0, "screw", 8.0)));
  }

  @Test
  void makesAnOrderOfAConfiguration() {
    WorkOrder steel =
        promises.order(
            model,
            Map.of("material", "steel", "head", "40", "heater", "yes"),
            rules(List.of("cut")),
            "A",
            3,
            7);
    assertThat(steel.steps())
        .extracting(WorkOrder.Step::name)
        .containsExactly("cut", "weld", "mount");
    assertThat(steel.steps().get(0).duration()).isEqualTo(16);
    assertThat(steel.steps().get(1).duration()).isEqualTo(5 + 3 + 60);
    assertThat(steel.materials())
        .containsExactlyInAnyOrder(
            new WorkOrder.Material("plate", 9, "cut"),
            new WorkOrder.Material("screw", 24, "cut"),
            new WorkOrder.Material("coil", 6, "mount"));
    WorkOrder iron =
        promises.order(
            model,
            Map.of("material", "iron", "head", "40", "heater", "no"),
            rules(List.of("cut")),
            "B",
            1,
            0);
    assertThat(iron.steps()).extracting(WorkOrder.Step::name).containsExactly("cut", "mount");
    // The weld is passed over; what is before it stays before the mount.
    assertThat(iron.steps().get(1).after()).containsExactly("cut");
  }

  @Test
  void namesRingsAndInvalidConfigurations() {
    Map<String, String> steel = Map.of("material", "steel", "head", "40", "heater", "yes");
    assertThatThrownBy(() -> promises.order(model, steel, rules(List.of("mount")), "A", 1, 0))
        .hasMessageContaining("[weld, mount] wait for each other in a ring");
    ProductionRules ring =
        new ProductionRules(
            List.of(
                new ProductionRules.StepRule("cut", "saw", 1, 1, Map.of(), List.of(), List.of())),
            List.of(new ProductionRules.PartRule("a", 1, "cut", List.of())),
            Map.of("a", Map.of("b", 1.0), "b", Map.of("c", 2.0), "c", Map.of("a", 1.0)));
    assertThatThrownBy(() -> promises.order(model, steel, ring, "A", 1, 0))
        .hasMessageContaining("a > b > c > a");
    assertThatThrownBy(
            () ->
                promises.order(
                    model,
                    Map.of("material", "iron", "head", "40", "heater", "yes"),
                    rules(List.of("cut")),
                    "A",
                    1,
                    0))
        .hasMessageContaining("[r]")
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.NO_SOLUTION);
  }

  private static WorkOrder random(String id, Random random) {
    List<WorkOrder.Step> steps = new ArrayList<>();
    String last = "";
    for (String r : List.of("saw", "robot", "bench")) {
      if (steps.isEmpty() || random.nextDouble() < 0.7) {
        steps.add(
            new WorkOrder.Step(
                r, r, 20 + random.nextInt(60), last.isEmpty() ? List.of() : List.of(last)));
        last = r;
      }
    }
    return new WorkOrder(
        id,
        "pump",
        1,
        steps,
        List.of(new WorkOrder.Material("plate", 1, "saw")),
        0,
        Long.MAX_VALUE);
  }

  /** The shop, written anew: each machine does its steps in the order of the plan. */
  private static double truth(List<WorkOrder> orders, double[] arrivals, Random random) {
    record Step(WorkOrder order, int number, WorkOrder.Step step, long start) {}
    List<Step> plan = new ArrayList<>();
    Map<String, Long> free = new HashMap<>();
    for (int o = 0; o < orders.size(); o++) {
      long before = o < 3 ? 0 : 100;
      for (WorkOrder.Step s : orders.get(o).steps()) {
        long start = Math.max(before, free.getOrDefault(s.resource(), 0L));
        plan.add(new Step(orders.get(o), o, s, start));
        before = start + s.duration();
        free.put(s.resource(), before);
      }
    }
    plan.sort(Comparator.comparingLong(Step::start));
    Map<String, Double> machine = new HashMap<>();
    double[] done = new double[orders.size()];
    for (Step s : plan) {
      double cv = s.step.resource().equals("robot") ? 0.5 : 0.3;
      double sigma = Math.sqrt(Math.log(1 + cv * cv));
      double time = s.step.duration() * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
      double start =
          Math.max(
              s.number < 3 ? 0 : arrivals[0],
              Math.max(done[s.number], machine.getOrDefault(s.step.resource(), 0.0)));
      done[s.number] = start + time;
      machine.put(s.step.resource(), start + time);
    }
    return done[orders.size() - 1];
  }

  @Test
  void ninetyOfAHundredPromisesAreKept() throws InterruptedException {
    Random random = new Random(8);
    int kept = 0;
    int median = 0;
    int n = 1200;
    for (int k = 0; k < n; k++) {
      List<WorkOrder> orders = new ArrayList<>();
      int before = 3 + random.nextInt(4);
      for (int o = 0; o <= before; o++) {
        orders.add(random("o" + o, random));
      }
      Promises.Promise promise =
          promises
              .promise(
                  orders.get(before),
                  new Promises.Situation(
                      new WorkLoad(orders.subList(0, before), Map.of()),
                      Map.of("plate", 3.0),
                      List.of(new Promises.Receipt("plate", 10, 100, 40)),
                      Map.of("saw", 0.3, "robot", 0.5, "bench", 0.3),
                      400),
                  promises.dispatching(),
                  k)
              .await();
      double[] arrivals = {100 - 40 * Math.log(1 - random.nextDouble())};
      double end = truth(orders, arrivals, random);
      kept += end <= promise.quantile(0.9) ? 1 : 0;
      median += end <= promise.quantile(0.5) ? 1 : 0;
      assertThat(promise.available()).isEqualTo(before < 3 ? 0 : 100);
    }
    assertThat((double) kept / n).isBetween(0.87, 0.93);
    assertThat((double) median / n).isBetween(0.46, 0.54);
  }

  @Test
  void promisesWithoutVariationAreThePlan() throws InterruptedException {
    WorkOrder one =
        new WorkOrder(
            "x",
            "pump",
            1,
            List.of(new WorkOrder.Step("s", "saw", 30, List.of())),
            List.of(),
            5,
            99);
    Promises.Promise promise =
        promises
            .promise(
                one,
                new Promises.Situation(
                    new WorkLoad(List.of(), Map.of()), Map.of(), List.of(), Map.of(), 100),
                promises.dispatching(),
                0)
            .await();
    assertThat(promise.planned()).isEqualTo(35);
    assertThat(promise.quantile(0.5)).isEqualTo(35);
    WorkOrder lacking =
        new WorkOrder(
            "y",
            "pump",
            1,
            List.of(new WorkOrder.Step("s", "saw", 30, List.of())),
            List.of(new WorkOrder.Material("gold", 2, "s")),
            0,
            99);
    assertThatThrownBy(
            () ->
                promises.promise(
                    lacking,
                    new Promises.Situation(
                        new WorkLoad(List.of(), Map.of()),
                        Map.of("gold", 1.0),
                        List.of(),
                        Map.of(),
                        100),
                    promises.dispatching(),
                    0))
        .hasMessageContaining("lacks 1.0 of gold");
  }

  /**
   * Independent normal demands: the safety stock of n variants grows as n, of the module as its
   * root.
   */
  @Test
  void poolingSavesAsTheSquareRoot() {
    Random random = new Random(3);
    Map<String, List<Double>> demand = new HashMap<>();
    Map<String, String> module = new HashMap<>();
    for (int v = 0; v < 9; v++) {
      demand.put(
          "v" + v,
          IntStream.range(0, 20000)
              .mapToObj(k -> Math.max(0, 100 + 20 * random.nextGaussian()))
              .toList());
      module.put("v" + v, "m");
    }
    Promises.VariantStock stock = promises.stock(demand, module, 0.99);
    // Standard loss: L(z) = (1 - fill) mean / sd; 0.05 gives z 1.255 alone, 0.15 gives z 0.668
    // pooled.
    assertThat(stock.variants().get("v0")).isCloseTo(100 + 20 * 1.255, within(0.8));
    assertThat(stock.modules().get("m")).isCloseTo(900 + 60 * 0.668, within(3.0));
    assertThat(stock.saving().get("m")).isBetween(0.14, 0.19);
    demand.put("v0", List.of(1.0));
    assertThatThrownBy(() -> promises.stock(demand, module, 0.9))
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.WRONG_SHAPE);
  }
}
