package io.millwright.quality.spc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.quality.Adjustment;
import io.millwright.quality.BaselineCheck;
import io.millwright.quality.CapabilityPlan;
import io.millwright.quality.ChartCosts;
import io.millwright.quality.ChartDesign;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.MultivariatePlan;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.Reading;
import io.millwright.quality.Rule;
import io.millwright.quality.RunRules;
import io.millwright.quality.Spc;
import io.millwright.quality.internal.spc.DefaultSpc;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpcTest {

  private static final Spc SPC = new DefaultSpc(Clock.systemUTC());
  private static final double GAP = Double.NaN;

  private static List<ChartPoint> run(ControlChart chart, double... values) {
    List<ChartPoint> points = new ArrayList<>();
    try (Monitor<Reading, ChartPoint> monitor = SPC.monitor(chart)) {
      for (int i = 0; i < values.length; i++) {
        Outcome<ChartPoint> o =
            monitor.update("a", Reading.of(values[i]), Instant.EPOCH.plusSeconds(i));
        if (Double.isNaN(values[i])) {
          assertThat(o).isInstanceOf(Outcome.Abstention.class);
        } else {
          points.add(o.orElseThrow().value());
        }
      }
    }
    return points;
  }

  private static List<Rule> last(RunRules rules, double... values) {
    ControlChart chart = ControlChart.given(new ChartPlan.Individuals(rules), 0, 1, Instant.EPOCH);
    List<ChartPoint> points = run(chart, values);
    return points.get(points.size() - 1).signals().stream()
        .filter(s -> s.track().equals("value"))
        .map(ChartPoint.Signal::rule)
        .toList();
  }

  @Test
  void nelsonsRulesSignalWhenTheyShould() {
    double[] nine = {0.1, 0.2, 0.1, 0.3, 0.2, 0.1, 1.2, 0.2, 0.1};
    assertThat(last(RunRules.NELSON, nine)).containsExactly(Rule.NINE_IN_A_ROW);
    assertThat(last(RunRules.NELSON, Arrays.copyOf(nine, 8))).isEmpty();
    assertThat(last(RunRules.NELSON, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5))
        .containsExactly(Rule.SIX_TREND);
    assertThat(last(RunRules.NELSON, -0.5, -0.3, -0.1, 0.1, 0.3)).isEmpty();
    assertThat(last(RunRules.NELSON, -0.5, -0.3, -0.1, -0.1, 0.3, 0.5)).isEmpty();
    double[] turns = new double[14];
    for (int i = 0; i < 14; i++) {
      turns[i] = (i % 2 == 0 ? 1 : -1) * (0.4 + 0.1 * i);
    }
    assertThat(last(RunRules.NELSON, turns)).contains(Rule.FOURTEEN_ALTERNATING);
    assertThat(last(RunRules.NELSON, Arrays.copyOf(turns, 13)))
        .doesNotContain(Rule.FOURTEEN_ALTERNATING);
    double[] near = {
      0.5, -0.5, -0.2, 0.5, 0.7, -0.5, -0.6, 0.5, 0.9, -0.5, -0.9, 0.5, 0.2, -0.5, -0.1
    };
    assertThat(last(RunRules.NELSON, near)).containsExactly(Rule.FIFTEEN_NEAR);
    near[3] = 1.1;
    assertThat(last(RunRules.NELSON, near)).isEmpty();
    double[] far = {1.1, -1.2, -1.3, 1.4, 1.2, -1.1, -1.5, 1.3};
    assertThat(last(RunRules.NELSON, far)).containsExactly(Rule.EIGHT_FAR);
    assertThat(last(RunRules.NELSON, 2.1, 0.4, 2.2)).containsExactly(Rule.TWO_OF_THREE);
    assertThat(last(RunRules.WESTERN_ELECTRIC, far)).isEmpty();
    assertThat(last(RunRules.WESTERN_ELECTRIC, Arrays.copyOf(nine, 8)))
        .containsExactly(Rule.EIGHT_IN_A_ROW);
  }

  /** A run is of readings in a row: what is missing between them ends it. */
  @Test
  void aMissingReadingBreaksEveryRun() {
    double[] nine = {0.1, 0.2, 0.1, 0.3, 0.2, 0.1, 1.2, 0.2, 0.1};
    assertThat(last(RunRules.NELSON, gap(nine, 5))).isEmpty();
    assertThat(last(RunRules.WESTERN_ELECTRIC, gap(nine, 8))).isEmpty();
    assertThat(last(RunRules.WESTERN_ELECTRIC, 2.1, GAP, 2.2)).isEmpty();
    assertThat(last(RunRules.WESTERN_ELECTRIC, 1.1, 1.1, 1.2, GAP, 1.3)).isEmpty();
    assertThat(last(RunRules.NELSON, -0.5, -0.3, -0.1, GAP, 0.1, 0.3, 0.5)).isEmpty();
    double[] same = new double[9];
    Arrays.fill(same, 0.4);
    assertThat(last(RunRules.NONE, same)).containsExactly(Rule.STUCK);
    assertThat(last(RunRules.NONE, gap(same, 4))).isEmpty();
    // After the gap a run counts from its beginning again.
    double[] again = new double[18];
    for (int i = 0; i < 18; i++) {
      again[i] = i < 9 ? nine[i] : nine[i - 9] + 0.01;
    }
    assertThat(last(RunRules.NELSON, gap(again, 9))).contains(Rule.NINE_IN_A_ROW);
    // Averages and sums go on.
    ControlChart cusum = ControlChart.given(ChartPlan.Cusum.standard(), 0, 1, Instant.EPOCH);
    List<ChartPoint> points = run(cusum, 2, GAP, 2);
    assertThat(points.get(1).tracks().get(0).value()).isEqualTo(3);
  }

  private static double[] gap(double[] values, int at) {
    double[] with = new double[values.length + 1];
    for (int i = 0; i < with.length; i++) {
      with[i] = i < at ? values[i] : i == at ? GAP : values[i - 1];
    }
    return with;
  }

  @ParameterizedTest
  // d2, d3 and c4 to ten places as Harter (1960) and closed forms have them.
  @CsvSource({
    "2, 1.1283791671, 0.8525024664, 0.7978845608", "3, 1.6925687506, 0.8883680040, 0.8862269255",
    "4, 2.0587507460, 0.8798082028, 0.9213177319", "5, 2.3259289473, 0.8640819411, 0.9399856030",
    "6, 2.5344127212, 0.8480396861, 0.9515328619", "8, 2.8472006121, 0.8198314898, 0.9650304561",
    "10, 3.0775054617, 0.7970506735, 0.9726592741", "25, 3.9306291757, 0.7084406591, 0.9896403756"
  })
  void constantsHaveSixDigits(int n, double d2, double d3, double c4) {
    var c = SPC.constants(n);
    assertThat(c.d2()).isCloseTo(d2, within(5e-7));
    assertThat(c.d3()).isCloseTo(d3, within(5e-7));
    assertThat(c.c4()).isCloseTo(c4, within(5e-7));
  }

  @Test
  void firStartsSumsHigh() {
    ControlChart fir = ControlChart.given(new ChartPlan.Cusum(1, 0.5, 5, 2.5), 0, 1, Instant.EPOCH);
    ChartPoint first = run(fir, 1).get(0);
    assertThat(first.tracks().get(0).value()).isEqualTo(3);
    assertThat(first.tracks().get(1).value()).isEqualTo(-1);
    assertThatThrownBy(() -> new ChartPlan.Cusum(1, 0.5, 5, 5)).hasMessageContaining("head");
  }

  @Test
  void phaseOneLeavesOutsiders() {
    Random random = new Random(4);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      readings.add(Reading.of(50 + random.nextGaussian() + (i == 20 || i == 41 ? 8 : 0)));
    }
    PhaseOne<ControlChart> found =
        SPC.phaseOne(new ChartPlan.Individuals(RunRules.NONE), new Adjustment.AsIs(), readings, 5);
    assertThat(found.removed()).contains(20, 41);
    assertThat(found.removed().size()).isLessThan(8);
    assertThat(found.chart().centre()).isCloseTo(50, within(0.4));
    assertThat(found.words()).contains("left out");
    // Half of them out of control is no process.
    List<Reading> mixed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      mixed.add(Reading.of((i / 2 % 2 == 0 ? 0 : 100) + random.nextGaussian() * 0.1 + i % 2));
    }
    assertThat(
            SPC.phaseOne(new ChartPlan.Individuals(RunRules.NONE), new Adjustment.AsIs(), mixed, 50)
                .removed()
                .size())
        .isLessThanOrEqualTo(20);
  }

  @Test
  void laneyWidensLimitsOfLargeSamplesThatVary() {
    Random random = new Random(9);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double p = 0.1 + 0.01 * random.nextGaussian();
      int found = 0;
      for (int k = 0; k < 20_000; k++) {
        found += random.nextDouble() < p ? 1 : 0;
      }
      readings.add(new Reading.Count(found, 20_000));
    }
    PhaseOne<ControlChart> plain =
        SPC.phaseOne(
            new ChartPlan.Attributes(ChartPlan.Attribute.P, false, RunRules.NONE),
            new Adjustment.AsIs(),
            readings,
            0);
    PhaseOne<ControlChart> laney =
        SPC.phaseOne(
            new ChartPlan.Attributes(ChartPlan.Attribute.P, true, RunRules.NONE),
            new Adjustment.AsIs(),
            readings,
            0);
    // sigma_z = sqrt(1 + 0.01^2 / (0.1 0.9 / 20000)) = 4.82.
    assertThat(laney.chart().sigma() / plain.chart().sigma()).isCloseTo(4.82, within(0.6));
    assertThat(plain.points().stream().filter(p -> !p.inControl()).count()).isGreaterThan(40);
    assertThat(laney.points().stream().filter(p -> !p.inControl()).count()).isLessThan(4);
  }

  @Test
  void npAndCShowCountsWithTheSameSignals() {
    ControlChart p =
        ControlChart.given(
            new ChartPlan.Attributes(ChartPlan.Attribute.P, false, RunRules.NONE),
            0.1,
            0.3,
            Instant.EPOCH);
    ControlChart np =
        ControlChart.given(
            new ChartPlan.Attributes(ChartPlan.Attribute.NP, false, RunRules.NONE),
            0.1,
            0.3,
            Instant.EPOCH);
    try (Monitor<Reading, ChartPoint> a = SPC.monitor(p);
        Monitor<Reading, ChartPoint> b = SPC.monitor(np)) {
      for (long found = 0; found <= 60; found += 5) {
        Reading reading = new Reading.Count(found, 100);
        ChartPoint x = a.update("a", reading, Instant.EPOCH).orElseThrow().value();
        ChartPoint y = b.update("a", reading, Instant.EPOCH).orElseThrow().value();
        assertThat(y.inControl()).isEqualTo(x.inControl());
        assertThat(y.tracks().get(0).high())
            .isCloseTo(100 * x.tracks().get(0).high(), within(1e-9));
      }
      assertThat(a.update("a", new Reading.Count(5, 4), Instant.EPOCH))
          .isInstanceOf(Outcome.Abstention.class);
    }
  }

  @Test
  void aSelfStartingChartNeedsNoBaselineAndScoresAreStandardNormal() {
    ControlChart chart = SPC.chart(new ChartPlan.SelfStarting(RunRules.NONE), List.of());
    double sum = 0;
    double squares = 0;
    int n = 0;
    Random random = new Random(3);
    try (Monitor<Reading, ChartPoint> monitor = SPC.monitor(chart)) {
      for (int r = 0; r < 2000; r++) {
        for (int i = 0; i < 6; i++) {
          double q =
              monitor
                  .update("r" + r, Reading.of(7 + 3 * random.nextGaussian()), Instant.EPOCH)
                  .orElseThrow()
                  .value()
                  .tracks()
                  .get(0)
                  .value();
          if (i >= 2) {
            sum += q;
            squares += q * q;
            n++;
          }
        }
      }
    }
    assertThat(sum / n).isCloseTo(0, within(0.04));
    assertThat(squares / n).isCloseTo(1, within(0.06));
    List<ChartPoint> shifted = run(chart, 5.1, 4.9, 5, 5.05, 4.95, 5.02, 4.98, 9);
    assertThat(shifted.get(7).signals()).isNotEmpty();
  }

  @Test
  void shortRunsOfProductsShareAChart() {
    Adjustment products =
        new Adjustment.Products(
            Map.of("small", new Adjustment.Target(10, 0.1), "large", new Adjustment.Target(80, 2)));
    ControlChart chart =
        new ControlChart(
            new ChartPlan.Individuals(RunRules.NONE), 0, 1, products, 0, Instant.EPOCH);
    try (Monitor<Reading, ChartPoint> monitor = SPC.monitor(chart)) {
      Reading small = new Reading.Values(List.of(10.1), "small");
      Reading large = new Reading.Values(List.of(88.0), "large");
      assertThat(monitor.update("a", small, Instant.EPOCH).orElseThrow().value().inControl())
          .isTrue();
      ChartPoint off = monitor.update("a", large, Instant.EPOCH).orElseThrow().value();
      assertThat(off.tracks().get(0).value()).isCloseTo(4, within(1e-12));
      assertThat(off.inControl()).isFalse();
      assertThat(monitor.update("a", new Reading.Values(List.of(1.0), "odd"), Instant.EPOCH))
          .isInstanceOf(Outcome.Abstention.class);
    }
  }

  @Test
  void examinationFindsWhatLimitsDoNotAssume() {
    Random random = new Random(11);
    List<Double> plain = new ArrayList<>();
    List<Double> skew = new ArrayList<>();
    List<Double> chain = new ArrayList<>();
    double x = 0;
    for (int i = 0; i < 400; i++) {
      plain.add(5 + random.nextGaussian());
      skew.add(Math.exp(random.nextGaussian()));
      x = 0.7 * x + random.nextGaussian();
      chain.add(20 + x);
    }
    BaselineCheck a = SPC.examine(plain);
    assertThat(a.adjustment()).isInstanceOf(Adjustment.AsIs.class);
    BaselineCheck b = SPC.examine(skew);
    assertThat(b.adjustment())
        .isInstanceOfSatisfying(
            Adjustment.Power.class, p -> assertThat(p.lambda()).isCloseTo(0, within(0.15)));
    assertThat(b.words()).contains("Box and Cox");
    BaselineCheck c = SPC.examine(chain);
    assertThat(c.adjustment())
        .isInstanceOfSatisfying(
            Adjustment.Residual.class, r -> assertThat(r.phi()).isCloseTo(0.7, within(0.12)));
    // Charted as they are, correlated readings cry wolf; their residuals do not.
    List<Reading> readings = chain.stream().map(Reading::of).toList();
    ChartPlan plan = new ChartPlan.Individuals(RunRules.NONE);
    long raw =
        SPC.phaseOne(plan, new Adjustment.AsIs(), readings, 0).points().stream()
            .filter(p -> !p.inControl())
            .count();
    long residual =
        SPC.phaseOne(plan, c.adjustment(), readings, 0).points().stream()
            .filter(p -> !p.inControl())
            .count();
    assertThat(residual).isLessThan(raw / 3);
    assertThatThrownBy(() -> SPC.examine(List.of(1.0, 2.0)))
        .isInstanceOf(MillwrightException.class);
  }

  @Test
  void capabilityOfOtherLaws() {
    Random random = new Random(12);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      values.add(Math.exp(0.5 * random.nextGaussian()));
    }
    // Quantiles of the law: exp(-+1.5) at 3 sigma.
    double upper = Math.exp(2);
    double due = (upper - 1) / (Math.exp(1.5) - 1);
    for (CapabilityPlan.Law law :
        new CapabilityPlan.Law[] {
          CapabilityPlan.Law.LOGNORMAL, CapabilityPlan.Law.BOX_COX, CapabilityPlan.Law.EMPIRICAL
        }) {
      ProcessCapability c = SPC.capability(values, CapabilityPlan.upTo(upper).law(law));
      assertThat(c.ppk().value()).as(law.name()).isCloseTo(due, within(0.15 * due));
      assertThat(c.ppk().low()).isLessThanOrEqualTo(c.ppk().value());
      assertThat(c.ppk().high()).isGreaterThanOrEqualTo(c.ppk().value());
    }
    List<Double> weibull = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      weibull.add(3 * Math.sqrt(-Math.log(random.nextDouble())));
    }
    ProcessCapability w =
        SPC.capability(weibull, CapabilityPlan.upTo(9).law(CapabilityPlan.Law.WEIBULL));
    assertThat(w.law()).contains("shape").contains("scale");
    // exp(-9) beyond, in parts per million.
    assertThat(w.beyond()).isBetween(20.0, 800.0);
    assertThatThrownBy(
            () ->
                SPC.capability(
                    List.of(1.0, 2.0, -3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0),
                    CapabilityPlan.upTo(9).law(CapabilityPlan.Law.WEIBULL)))
        .hasMessageContaining("-3");
    ProcessCapability m =
        SPC.capability(values, CapabilityPlan.between(-3, 5).target(1).subgroups(5));
    assertThat(m.cpm().orElseThrow().value()).isLessThan(m.pp().orElseThrow().value());
  }

  /**
   * Montgomery (2013), section 10.6: n = 5, h = 0.76, k = 2.99, 10.38 dollars an hour. The cost is
   * flat there: the minimum itself, found by another method too, lies at h = 0.8147 and 10.367.
   */
  @Test
  void duncansDesignOfTheTextbook() {
    ChartDesign d = SPC.design(new ChartCosts(1, 0.10, 25, 50, 100, 0.05, 2, 0.0167, 1));
    assertThat(d.size()).isEqualTo(5);
    assertThat(d.interval()).isCloseTo(0.81467, within(1e-3));
    assertThat(d.width()).isCloseTo(2.99, within(0.02));
    assertThat(d.cost()).isCloseTo(10.3670, within(1e-4)).isLessThan(10.38);
    assertThat(d.power()).isCloseTo(0.9308, within(0.005));
  }

  private static List<Reading> pairs(int n, long seed, double at) {
    Random random = new Random(seed);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double a = random.nextGaussian();
      double b = 0.8 * a + 0.6 * random.nextGaussian();
      readings.add(new Reading.Values(List.of(10 + a + (i >= n - 3 ? at : 0), 5 + b)));
    }
    return readings;
  }

  @Test
  void hotellingFindsWhatSingleChartsCannot() {
    PhaseOne<MultivariateChart> phase =
        SPC.multivariate()
            .phaseOne(
                new MultivariatePlan.Hotelling(1, 0.0027), List.of("a", "b"), pairs(200, 1, 0), 2);
    try (Monitor<Reading, ChartPoint> monitor = SPC.multivariate().monitor(phase.chart())) {
      // Each within 2 sigma, but against their correlation.
      ChartPoint p =
          monitor
              .update("x", new Reading.Values(List.of(12.0, 3.2)), Instant.EPOCH)
              .orElseThrow()
              .value();
      assertThat(p.inControl()).isFalse();
      assertThat(p.contributions()).containsOnlyKeys("a", "b");
      assertThat(p.contributions().get("a")).isGreaterThan(5);
    }
    assertThatThrownBy(
            () ->
                SPC.multivariate()
                    .phaseOne(
                        new MultivariatePlan.Hotelling(1, 0.01),
                        List.of("a", "b"),
                        pairs(30, 1, 0).stream()
                            .map(r -> ((Reading.Values) r).values().get(0))
                            .map(v -> (Reading) new Reading.Values(List.of(v, 2 * v)))
                            .toList(),
                        0))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("follows from the others");
  }

  /** Prabhu and Runger (1997), table 1: limits for a run length of 200 in control. */
  @ParameterizedTest
  @CsvSource({"2, 0.1, 8.64", "4, 0.1, 12.73", "2, 0.2, 9.65"})
  void mewmaLimitsOfTheTable(int variables, double weight, double limit) {
    assertThat(SPC.multivariate().mewmaLimit(variables, weight, 200))
        .isCloseTo(limit, within(0.02));
  }

  @Test
  void profilesSignalWhenTheirSlopeChanges() {
    Random random = new Random(6);
    List<Double> at = List.of(2.0, 4.0, 6.0, 8.0);
    List<Reading> baseline = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<Double> y = new ArrayList<>();
      at.forEach(x -> y.add(3 + 2 * x + random.nextGaussian()));
      baseline.add(new Reading.Values(y));
    }
    PhaseOne<MultivariateChart> phase =
        SPC.multivariate()
            .phaseOne(new MultivariatePlan.Profile(at, 1, 0.005), List.of(), baseline, 1);
    assertThat(phase.chart().variables()).containsExactly("level", "slope");
    assertThat(phase.chart().mean().get(1)).isCloseTo(2, within(0.1));
    assertThat(phase.chart().residual()).isCloseTo(1, within(0.15));
    try (Monitor<Reading, ChartPoint> monitor = SPC.multivariate().monitor(phase.chart())) {
      List<Double> steep = at.stream().map(x -> 13 + 3.5 * (x - 5)).toList();
      ChartPoint p =
          monitor.update("x", new Reading.Values(steep), Instant.EPOCH).orElseThrow().value();
      assertThat(p.signals().stream().map(ChartPoint.Signal::track)).contains("T2");
      assertThat(p.contributions().get("slope")).isGreaterThan(p.contributions().get("level"));
      List<Double> rough = List.of(12.0, 6.0, 20.0, 14.0);
      ChartPoint q =
          monitor.update("x", new Reading.Values(rough), Instant.EPOCH).orElseThrow().value();
      assertThat(q.signals().stream().map(ChartPoint.Signal::track)).contains("deviation");
    }
  }
}
