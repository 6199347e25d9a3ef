package io.millwright.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartsTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static Millwright millwright;
  private static Spc quality;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    quality = millwright.plugin(Quality.class).spc();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static ControlChart known(ChartPlan plan) {
    return ControlChart.given(plan, 0, 1, BEGIN);
  }

  private static List<ChartPoint> run(ControlChart chart, double... values) {
    List<ChartPoint> points = new ArrayList<>();
    try (Monitor<Reading, ChartPoint> monitor = quality.monitor(chart)) {
      for (int i = 0; i < values.length; i++) {
        points.add(
            monitor.update("a", Reading.of(values[i]), BEGIN.plusSeconds(i)).orElseThrow().value());
      }
    }
    return points;
  }

  private static List<Rule> rules(ChartPoint point) {
    return point.signals().stream().map(ChartPoint.Signal::rule).toList();
  }

  /** Closed forms where there are any, otherwise tables of order statistics (Harter 1960). */
  @ParameterizedTest
  @CsvSource({
    "2, 0.7978845608, 1.1283791671, 0.8525024664",
    "3, 0.8862269255, 1.6925687506, 0.8883680040",
    "4, 0.9213177319, 2.0587507460, 0.8798082028",
    "5, 0.9399856030, 2.3259289473, 0.8640819411",
    "10, 0.9726592741, 3.0775054617, 0.7970506735"
  })
  void constantsHaveTheirDefinedValues(int n, double c4, double d2, double d3) {
    ChartConstants constants = quality.constants(n);
    assertThat(constants.c4()).isCloseTo(c4, within(1e-7));
    assertThat(constants.d2()).isCloseTo(d2, within(1e-7));
    assertThat(constants.d3()).isCloseTo(d3, within(1e-6));
  }

  @Test
  void whatFollowsFromConstantsIsWhatTablesPrint() {
    ChartConstants five = quality.constants(5);
    assertThat(five.a3()).isCloseTo(1.427, within(5e-4));
    assertThat(five.a2()).isCloseTo(0.577, within(5e-4));
    assertThat(five.b3()).isZero();
    assertThat(five.b4()).isCloseTo(2.089, within(5e-4));
    assertThat(five.highRange()).isCloseTo(2.114, within(5e-4));
    assertThat(quality.constants(10).b3()).isCloseTo(0.284, within(5e-4));
    assertThat(quality.constants(10).lowRange()).isCloseTo(0.223, within(5e-4));
    assertThat(quality.constants(2).highRange()).isCloseTo(3.267, within(1e-3));
    assertThatThrownBy(() -> quality.constants(1)).isInstanceOf(MillwrightException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void limitsComeFromTheBaseline(long seed) {
    Random random = new Random(seed);
    List<Reading> single = new ArrayList<>();
    List<Reading> groups = new ArrayList<>();
    List<Reading> counts = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      single.add(Reading.of(50 + 2 * random.nextGaussian()));
      List<Double> group = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        group.add(50 + 2 * random.nextGaussian());
      }
      groups.add(new Reading.Values(group));
      int defective = 0;
      for (int k = 0; k < 50; k++) {
        defective += random.nextDouble() < 0.04 ? 1 : 0;
      }
      counts.add(new Reading.Count(defective, 50));
    }
    ControlChart i = quality.chart(new ChartPlan.Individuals(RunRules.NONE), single);
    assertThat(i.centre()).isCloseTo(50, within(0.15));
    assertThat(i.sigma()).isCloseTo(2, within(0.12));
    ControlChart x =
        quality.chart(new ChartPlan.Means(5, ChartPlan.Spread.DEVIATION, RunRules.NONE), groups);
    assertThat(x.sigma()).isCloseTo(2, within(0.06));
    ControlChart p =
        quality.chart(
            new ChartPlan.Attributes(ChartPlan.Attribute.P, false, RunRules.NONE), counts);
    assertThat(p.centre()).isCloseTo(0.04, within(0.003));
  }

  @Test
  void theRulesOfWesternElectricSignalWhenTheyShould() {
    ControlChart chart = known(new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC));
    assertThat(rules(run(chart, 3.1).get(0))).contains(Rule.BEYOND_LIMIT);
    assertThat(rules(run(chart, 2.9).get(0))).isEmpty();
    assertThat(rules(run(chart, 2.1, 0.5, 2.2).get(2))).contains(Rule.TWO_OF_THREE);
    assertThat(rules(run(chart, 2.1, 0.5, -0.5, 2.2).get(3))).doesNotContain(Rule.TWO_OF_THREE);
    assertThat(rules(run(chart, 2.1, -2.2).get(1))).doesNotContain(Rule.TWO_OF_THREE);
    assertThat(rules(run(chart, -1.1, -1.2, 0.2, -1.3, -1.4).get(4))).contains(Rule.FOUR_OF_FIVE);
    assertThat(rules(run(chart, -1.1, -1.2, 0.2, 0.1, -1.3, -1.4).get(5)))
        .doesNotContain(Rule.FOUR_OF_FIVE);
    double[] up = {0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2};
    assertThat(rules(run(chart, up).get(7))).contains(Rule.EIGHT_IN_A_ROW);
    up[3] = -0.1;
    assertThat(rules(run(chart, up).get(7))).isEmpty();
    assertThat(run(known(new ChartPlan.Individuals(RunRules.NONE)), up).get(7).inControl())
        .isTrue();
  }

  @Test
  void aMovingRangeBeyondItsLimitSignals() {
    List<ChartPoint> points = run(known(new ChartPlan.Individuals(RunRules.NONE)), -2, 2);
    assertThat(points.get(0).tracks()).hasSize(1);
    ChartPoint.Track range = points.get(1).tracks().get(1);
    assertThat(range.value()).isEqualTo(4);
    assertThat(range.centre()).isCloseTo(1.128379, within(1e-6));
    assertThat(range.high()).isCloseTo(3.2665 * 1.128379, within(1e-3));
    assertThat(points.get(1).signals())
        .containsExactly(new ChartPoint.Signal(Rule.BEYOND_LIMIT, "moving range"));
  }

  @Test
  void ewmaAndCusumFollowTheirRecursions() {
    double[] x = new double[30];
    Random random = new Random(2);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian() + (i > 15 ? 1 : 0);
    }
    double z = 0;
    double high = 0;
    double low = 0;
    List<ChartPoint> ewma = run(known(new ChartPlan.Ewma(1, 0.2, 2.962, true)), x);
    List<ChartPoint> cusum = run(known(new ChartPlan.Cusum(1, 0.5, 4, 0)), x);
    for (int i = 0; i < x.length; i++) {
      z = 0.2 * x[i] + 0.8 * z;
      double variance = 0.2 / 1.8 * (1 - Math.pow(0.8, 2 * (i + 1)));
      ChartPoint.Track t = ewma.get(i).tracks().get(0);
      assertThat(t.value()).isCloseTo(z, within(1e-12));
      assertThat(t.high()).isCloseTo(2.962 * Math.sqrt(variance), within(1e-12));
      high = Math.max(0, high + x[i] - 0.5);
      low = Math.max(0, low - x[i] - 0.5);
      assertThat(cusum.get(i).tracks().get(0).value()).isCloseTo(high, within(1e-12));
      assertThat(cusum.get(i).tracks().get(1).value()).isCloseTo(-low, within(1e-12));
      assertThat(cusum.get(i).inControl()).isEqualTo(high <= 4 && low <= 4);
    }
  }

  /** A short run of what the benchmark measures in full: 370.4 for 3 sigma. */
  @Test
  void falseSignalsAreAsRareAsTheory() {
    ControlChart chart = known(new ChartPlan.Means(4, ChartPlan.Spread.DEVIATION, RunRules.NONE));
    Random random = new Random(3);
    int signals = 0;
    int n = 100_000;
    try (Monitor<Reading, ChartPoint> monitor = quality.monitor(chart)) {
      for (int i = 0; i < n; i++) {
        List<Double> values = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
          values.add(random.nextGaussian());
        }
        ChartPoint point =
            monitor
                .update("a", new Reading.Values(values), BEGIN.plusSeconds(i))
                .orElseThrow()
                .value();
        signals += point.signals().stream().anyMatch(s -> s.track().equals("mean")) ? 1 : 0;
      }
    }
    // 270 expected, with a standard deviation of 16.
    assertThat(signals).isBetween(206, 334);
  }

  @Test
  void readingsThatNeverVaryAreRefusedForLimits() {
    List<Reading> same = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      same.add(Reading.of(7.25));
    }
    assertThatThrownBy(
            () -> quality.chart(new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC), same))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE))
        .hasMessageContaining("7.25")
        .hasMessageContaining("Maybe the sensor is stuck");
    List<Reading> perfect = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      perfect.add(new Reading.Count(0, 100));
    }
    assertThatThrownBy(
            () ->
                quality.chart(
                    new ChartPlan.Attributes(ChartPlan.Attribute.P, false, RunRules.NONE), perfect))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("0 found on 3000");
  }

  @Test
  void aStuckSensorSignalsWithoutRunRules() {
    double[] same = new double[8];
    java.util.Arrays.fill(same, 0.4);
    List<ChartPoint> points = run(known(new ChartPlan.Individuals(RunRules.NONE)), same);
    assertThat(rules(points.get(6))).isEmpty();
    assertThat(rules(points.get(7))).containsExactly(Rule.STUCK);
  }

  @Test
  void aBurstOfMissingReadingsIsPassedOver() {
    ControlChart chart = known(new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC));
    try (Monitor<Reading, ChartPoint> monitor = quality.monitor(chart)) {
      monitor.update("a", Reading.of(0.5), BEGIN);
      for (int i = 1; i < 6; i++) {
        assertThat(monitor.update("a", Reading.of(Double.NaN), BEGIN.plusSeconds(i)))
            .isInstanceOfSatisfying(
                Outcome.Abstention.class,
                a -> assertThat(a.findings().toString()).contains("NaN", "reading"));
      }
      ChartPoint after =
          monitor.update("a", Reading.of(-2.0), BEGIN.plusSeconds(6)).orElseThrow().value();
      // No moving range over the gap.
      assertThat(after.tracks()).hasSize(1);
      assertThat(after.inControl()).isTrue();
      assertThat(monitor.update("a", new Reading.Count(1, 2), BEGIN.plusSeconds(7)))
          .isInstanceOf(Outcome.Abstention.class);
    }
  }

  @Test
  void badBaselinesNameTheirReadings() {
    List<Reading> bad = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bad.add(Reading.of(i == 4 ? Double.NaN : i));
    }
    bad.set(9, new Reading.Values(List.of(1.0, 2.0)));
    assertThatThrownBy(
            () -> quality.chart(new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC), bad))
        .isInstanceOfSatisfying(MillwrightException.class, e -> assertThat(e.findings()).hasSize(2))
        .hasMessageContaining("reading 5")
        .hasMessageContaining("reading 10");
    assertThatThrownBy(() -> quality.chart(ChartPlan.Cusum.standard(), bad.subList(0, 3)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("at least 10");
  }

  @Test
  void capabilityHasItsIntervals() {
    // Mean 0 and deviation 1 exactly, by symmetric values.
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      values.add(i % 2 == 0 ? Math.sqrt(49.0 / 50) : -Math.sqrt(49.0 / 50));
    }
    ProcessCapability c = quality.capability(values, CapabilityPlan.between(-4, 5));
    assertThat(c.deviation()).isCloseTo(1, within(1e-12));
    assertThat(c.pp().orElseThrow().value()).isCloseTo(1.5, within(1e-12));
    assertThat(c.ppk().value()).isCloseTo(4.0 / 3, within(1e-12));
    // chi-square quantiles with 49 degrees of freedom: 31.5549 and 70.2224.
    assertThat(c.pp().orElseThrow().low()).isCloseTo(1.5 * Math.sqrt(31.5549 / 49), within(1e-5));
    assertThat(c.pp().orElseThrow().high()).isCloseTo(1.5 * Math.sqrt(70.2224 / 49), within(1e-5));
    double half = 1.959964 * Math.sqrt(1 / 450.0 + 16.0 / 9 / 98);
    assertThat(c.ppk().high() - c.ppk().value()).isCloseTo(half, within(1e-5));
    assertThat(c.within()).isCloseTo(2 * Math.sqrt(49.0 / 50) / 1.1283791671, within(1e-9));
    ProcessCapability one = quality.capability(values, CapabilityPlan.upTo(3).level(0.9));
    assertThat(one.pp()).isEmpty();
    assertThat(one.cp()).isEmpty();
    assertThat(one.ppk().value()).isCloseTo(1, within(1e-12));
    assertThatThrownBy(() -> CapabilityPlan.between(5, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                quality.capability(
                    java.util.Collections.nCopies(20, 2.0), CapabilityPlan.between(0, 4)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("all the same");
  }

  @Test
  void capabilityIntervalsCoverTheTruth() {
    Random random = new Random(8);
    int covered = 0;
    int both = 0;
    int runs = 2000;
    for (int r = 0; r < runs; r++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        values.add(random.nextGaussian());
      }
      ProcessCapability c = quality.capability(values, CapabilityPlan.between(-4, 3.6).level(0.9));
      ProcessCapability.Index cp = c.pp().orElseThrow();
      covered += cp.low() <= 7.6 / 6 && 7.6 / 6 <= cp.high() ? 1 : 0;
      both += c.ppk().low() <= 1.2 && 1.2 <= c.ppk().high() ? 1 : 0;
    }
    assertThat((double) covered / runs).isBetween(0.88, 0.92);
    assertThat((double) both / runs).isBetween(0.87, 0.93);
  }

  @Test
  void snapshotsOfOtherLimitsAndDamagedOnesAreRefused() {
    ControlChart chart = known(new ChartPlan.Individuals(RunRules.WESTERN_ELECTRIC));
    ControlChart other = ControlChart.given(chart.plan(), 0, 2, BEGIN);
    try (Monitor<Reading, ChartPoint> one = quality.monitor(chart);
        Monitor<Reading, ChartPoint> two = quality.monitor(other)) {
      one.update("a", Reading.of(1), BEGIN);
      byte[] saved = one.snapshot();
      assertThatThrownBy(() -> two.restore(saved))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("other limits");
      for (int cut = 0; cut < saved.length; cut++) {
        byte[] part = java.util.Arrays.copyOf(saved, cut);
        assertThatThrownBy(() -> one.restore(part))
            .isInstanceOfSatisfying(
                MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE));
      }
    }
  }
}
