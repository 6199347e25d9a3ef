package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Networks, suppliers and courses of which the truth is known. */
class SupplyRiskTest {

  private static Millwright millwright;
  private static SupplyRisk risk;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    risk = millwright.plugin(SupplyChain.class).risk();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static SupplyNetwork.Supplier supplier(String name) {
    return new SupplyNetwork.Supplier(name, 40, 4, 1);
  }

  /** One product of one part; 10 a period, each worth 3. */
  private static SupplyNetwork single(double stock, double most) {
    return new SupplyNetwork(
        List.of(supplier("one")),
        List.of(
            SupplyNetwork.Item.bought("part", stock, new SupplyNetwork.Source("one", most)),
            SupplyNetwork.Item.product("product", 0, 10, 3, Map.of("part", 1.0))));
  }

  /** The expected time away until some time, from a supplier that works at first. */
  private static double away(double time) {
    double fails = 1 / 40.0;
    double recovers = 1 / 4.0;
    double both = fails + recovers;
    return fails / both * (time - (1 - Math.exp(-both * time)) / both);
  }

  private static RiskRun play(SupplyNetwork network, double periods) throws InterruptedException {
    return risk.simulate(network, new RiskStudy(periods, 4000, 7)).await();
  }

  @Test
  void oneSupplierWithoutStockLosesWhatItIsAway() throws InterruptedException {
    RiskRun run = play(single(0, 10), 100);
    double truth = 30 * away(100);
    assertThat(truth).isBetween(run.loss().low() - 1, run.loss().high() + 1);
    assertThat(run.loss().value()).isCloseTo(truth, within(0.06 * truth));
    assertThat(run.fillRate().value()).isCloseTo(1 - away(100) / 100, within(0.006));
    assertThat(run.anyLoss().value()).isCloseTo(1 - Math.exp(-100 / 40.0), within(0.02));
    assertThat(run.suppliers().get(0).loss().value())
        .isCloseTo(run.loss().value(), within(1e-6 * truth));
  }

  /** With a refill in no time, each failure loses what exceeds the stock: E (R - s)+. */
  @Test
  void stockBuysTime() throws InterruptedException {
    RiskRun run = play(single(30, 1e9), 400);
    double cycles = 400 / 44.0;
    double truth = 30 * cycles * 4 * Math.exp(-3 / 4.0);
    assertThat(run.loss().value()).isCloseTo(truth, within(0.1 * truth));
    SupplierExposure exposure = risk.exposure(single(30, 1e9)).get(0);
    assertThat(exposure.timeToSurvive()).isCloseTo(3, within(1e-6));
    assertThat(exposure.isExposed()).isTrue();
    assertThat(exposure.lossOfOne()).isCloseTo(30, within(1e-6));
    assertThat(exposure.products()).containsExactly("product");
    assertThat(exposure.runShort()).containsExactly("product");
  }

  /** Two that fail independently, each enough: lost only while both are away. */
  @Test
  void aSecondSourceIsWorthWhatTheProductOfProbabilitiesSays() throws InterruptedException {
    SupplyNetwork one = single(0, 10);
    SupplyNetwork two = one.supplier(supplier("two")).source("part", "two", 10);
    double both = 0;
    double fails = 1 / 40.0;
    double sum = fails + 1 / 4.0;
    for (int k = 0; k < 10000; k++) {
      double p = fails / sum * (1 - Math.exp(-sum * (k + 0.5) / 100));
      both += p * p / 100;
    }
    double truth = 30 * (away(100) - both);
    Estimate worth = risk.worth(one, two, new RiskStudy(100, 4000, 7)).await();
    assertThat(truth).isBetween(worth.low() - 2, worth.high() + 2);
    RiskRun run = play(two, 100);
    assertThat(run.loss().value()).isCloseTo(30 * both, within(4.0));
    assertThat(risk.exposure(two).get(0).timeToSurvive()).isInfinite();
    assertThat(risk.exposure(two).get(0).products()).isEmpty();
  }

  /** One supplier, two products: only what runs out before it is back is named as running short. */
  @Test
  void whatOutlastsTheOutageRunsNotShort() {
    SupplyNetwork network =
        new SupplyNetwork(
            List.of(supplier("steel")),
            List.of(
                SupplyNetwork.Item.bought("sheet", 0, new SupplyNetwork.Source("steel", 40)),
                SupplyNetwork.Item.product("car", 10, 5, 100, Map.of("sheet", 1.0)),
                SupplyNetwork.Item.product("cart", 100, 5, 10, Map.of("sheet", 1.0))));
    SupplierExposure steel = risk.exposure(network).get(0);
    assertThat(steel.timeToSurvive()).isCloseTo(2, within(1e-6));
    assertThat(steel.timeToRecover()).isCloseTo(4, within(1e-6));
    assertThat(steel.products()).containsExactly("car", "cart");
    assertThat(steel.runShort()).containsExactly("car");
    assertThat(steel.lossOfOne()).isCloseTo(2 * 5 * 100, within(1e-3));
  }

  /** A part that two products share lasts as long as both let it; the longer bill runs later. */
  @Test
  void exposureGoesOverTheBillOfMaterials() {
    SupplyNetwork network =
        new SupplyNetwork(
            List.of(supplier("steel"), supplier("chips")),
            List.of(
                SupplyNetwork.Item.bought("sheet", 60, new SupplyNetwork.Source("steel", 40)),
                SupplyNetwork.Item.bought("chip", 10, new SupplyNetwork.Source("chips", 10)),
                new SupplyNetwork.Item(
                    "frame", 10, 0, 0, Double.POSITIVE_INFINITY, Map.of("sheet", 2.0), List.of()),
                SupplyNetwork.Item.product("car", 5, 5, 100, Map.of("frame", 1.0, "chip", 1.0)),
                SupplyNetwork.Item.product("cart", 0, 5, 10, Map.of("frame", 1.0))));
    List<SupplierExposure> all = risk.exposure(network);
    SupplierExposure steel =
        all.stream().filter(e -> e.supplier().equals("steel")).findFirst().orElseThrow();
    // 20 sheets a period for 10 frames: 3 periods; then 10 frames for 10 a period: 1 more.
    assertThat(steel.timeToSurvive()).isCloseTo(4, within(1e-6));
    assertThat(steel.products()).containsExactly("car", "cart");
    assertThat(steel.runShort()).as("both last as long as steel is away").isEmpty();
    assertThat(steel.atRisk()).isCloseTo(550, within(1e-6));
    SupplierExposure chips =
        all.stream().filter(e -> e.supplier().equals("chips")).findFirst().orElseThrow();
    assertThat(chips.timeToSurvive()).isCloseTo(3, within(1e-6));
    assertThat(chips.products()).containsExactly("car");
    assertThat(chips.runShort()).containsExactly("car");
    assertThat(chips.atRisk()).isCloseTo(500, within(1e-6));
  }

  @Test
  void aStudyRepeatsAndCanBeStopped() throws InterruptedException {
    assertThat(play(single(20, 15), 50)).isEqualTo(play(single(20, 15), 50));
    Job<RiskRun> job = risk.simulate(single(20, 15), new RiskStudy(500, 1_000_000, 1));
    job.cancel();
    try {
      assertThat(job.await().replications()).isLessThan(1_000_000);
    } catch (io.millwright.api.MillwrightException e) {
      assertThat(e.code()).isEqualTo(io.millwright.api.ErrorCode.JOB_CANCELLED);
    }
  }

  @Test
  void badNetworksAreNamed() {
    SupplyNetwork.Item part =
        SupplyNetwork.Item.bought("part", 1, new SupplyNetwork.Source("nobody", 1));
    SupplyNetwork.Item product =
        SupplyNetwork.Item.product("product", 0, 1, 1, Map.of("part", 1.0));
    assertThatThrownBy(() -> new SupplyNetwork(List.of(), List.of(part, product)))
        .hasMessageContaining("nobody");
    SupplyNetwork.Item circle = SupplyNetwork.Item.product("a", 0, 1, 1, Map.of("b", 1.0));
    SupplyNetwork.Item back = SupplyNetwork.Item.product("b", 0, 1, 1, Map.of("a", 1.0));
    assertThatThrownBy(() -> new SupplyNetwork(List.of(), List.of(circle, back)))
        .hasMessageContaining("needs itself");
    assertThatThrownBy(
            () -> new SupplyNetwork(List.of(new SupplyNetwork.Supplier("x", 0, 1, 1)), List.of()))
        .hasMessageContaining("supplier x")
        .hasMessageContaining("time between failures is 0.0")
        .hasMessageContaining("none of them has demand");
    SupplyNetwork.Supplier sound = new SupplyNetwork.Supplier("x", 50, 5, 1);
    assertThatThrownBy(
            () ->
                new SupplyNetwork(
                    List.of(sound, sound, new SupplyNetwork.Supplier("y", 50, -5, -1)),
                    List.of(part, product)))
        .hasMessageContaining("supplier x: it stands twice")
        .hasMessageContaining("supplier y: its time to recover is -5.0")
        .hasMessageContaining("variation of its time to recover is -1.0")
        .hasMessageContaining("its source nobody is no supplier")
        .hasMessageContaining("name one of [x, y]")
        .message()
        .doesNotContain("Supplier[", "Source[");
    assertThatThrownBy(() -> new RiskStudy(0, 5, 1)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Delivery("s", 5, 6, 4, 1, 1, 0)).hasMessageContaining("s:");
    assertThatThrownBy(() -> risk.scores(List.of())).hasMessageContaining("no delivery");
  }

  @Test
  void intervalsOfScoresHoldTheTruthAndFewRecordsAreWide() {
    int held = 0;
    int good = 0;
    for (int k = 0; k < 200; k++) {
      Random random = new Random(k);
      List<Delivery> all = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        boolean late = random.nextDouble() < 0.2;
        double bad = random.nextDouble() < 0.1 ? 20 : 0;
        double lead = 10 * Math.exp(0.2 * random.nextGaussian());
        all.add(new Delivery("s", i, late ? i : i + 1000, i + lead, 100, 100 + bad, bad));
      }
      SupplierScore score = risk.scores(all).get(0);
      held += score.onTime().low() <= 0.8 && score.onTime().high() >= 0.8 ? 1 : 0;
      double truth = 1 - 0.1 * 20 / (100 + 0.1 * 20);
      good += score.good().low() <= truth && score.good().high() >= truth ? 1 : 0;
      assertThat(score.leadTime().low()).isLessThan(score.leadTime().value());
    }
    assertThat(held).isBetween(182, 200);
    assertThat(good).isBetween(174, 200);
    List<Delivery> two = new ArrayList<>();
    two.add(new Delivery("new", 0, 9, 5, 10, 10, 0));
    two.add(new Delivery("new", 1, 9, 8, 10, 10, 0));
    for (int i = 0; i < 100; i++) {
      two.add(new Delivery("known", i, i + 9, i + 5 + i % 3, 10, 10, 0));
    }
    List<SupplierScore> scores = risk.scores(two);
    assertThat(scores.get(0).supplier()).isEqualTo("known");
    assertThat(scores.get(1).perfect().low()).isLessThan(0.4);
    assertThat(scores.get(0).perfect().low()).isGreaterThan(0.95);
  }

  @Test
  void whatChangedAndSinceWhenIsFound() {
    Random random = new Random(3);
    double[] lead = new double[60];
    double[] price = new double[60];
    double[] orders = new double[60];
    for (int t = 0; t < 60; t++) {
      lead[t] = (t < 40 ? 10 : 16) * Math.exp(0.1 * random.nextGaussian());
      price[t] = 5 * Math.exp(0.02 * random.nextGaussian()) * (t == 30 ? 1.3 : 1);
      orders[t] = t < 54 ? Math.rint(20 + 4 * random.nextGaussian()) : Double.NaN;
    }
    List<SupplyAnomaly> found =
        risk.anomalies(
            List.of(
                Series.of("lead time", Frequency.WEEKLY.seasons(new Integer[0]), "2025-W01", lead),
                Series.of("price", Frequency.WEEKLY.seasons(new Integer[0]), "2025-W01", price),
                Series.of("orders", Frequency.WEEKLY.seasons(new Integer[0]), "2025-W01", orders)));
    assertThat(found).hasSize(3);
    assertThat(found.get(0).kind()).isEqualTo(SupplyAnomaly.Kind.LEVEL);
    assertThat(found.get(0).since()).isEqualTo("2025-W41");
    assertThat(found.get(0).lasts()).isTrue();
    assertThat(found.get(0).after()).isCloseTo(16, within(1.0));
    assertThat(found.get(1).kind()).isEqualTo(SupplyAnomaly.Kind.SPIKE);
    assertThat(found.get(1).since()).isEqualTo("2025-W31");
    assertThat(found.get(2).kind()).isEqualTo(SupplyAnomaly.Kind.SILENCE);
    assertThat(found.get(2).since()).isEqualTo("2026-W03");
  }

  @Test
  void ordinaryCoursesRaiseFewAlarms() {
    int alarms = 0;
    for (int k = 0; k < 300; k++) {
      Random random = new Random(k);
      double[] y = new double[100];
      double walk = 0;
      for (int t = 0; t < 100; t++) {
        walk += 0.03 * random.nextGaussian();
        y[t] =
            switch (k % 3) {
              case 0 -> 100 + 10 * random.nextGaussian();
              case 1 -> Math.rint(Math.abs(3 + 1.7 * random.nextGaussian()));
              default -> 50 * Math.exp(walk);
            };
      }
      Series s = Series.of("c", Frequency.MONTHLY, "2015-01", y);
      alarms += risk.anomalies(List.of(s)).isEmpty() ? 0 : 1;
    }
    assertThat(alarms).isLessThan(30);
  }
}
