package io.millwright.quality.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceCheck;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Advisor;
import io.millwright.quality.Experiments;
import io.millwright.quality.Experiments.Design;
import io.millwright.quality.Goal;
import io.millwright.quality.Knob;
import io.millwright.quality.Quality;
import io.millwright.quality.ResponseSurface;
import io.millwright.quality.SafeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Settings for a process whose best settings are known. */
class AdviceTest {

  private static Millwright millwright;
  private static Advisor advisor;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    advisor = millwright.plugin(Quality.class).advice();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Advice advice(AdviceProblem problem) throws InterruptedException {
    return advisor.optimize(problem, Budget.iterations(4)).await().orElseThrow();
  }

  private static double at(Map<String, Double> settings, String knob) {
    return settings.getOrDefault(knob, Double.NaN);
  }

  @Test
  void theBestSettingsAreFound() throws Exception {
    Advice advice = advice(Moulding.problem(60).build());
    assertThat(at(advice.to(), "heat")).isCloseTo(195, within(6.0));
    assertThat(at(advice.to(), "time")).isBetween(20.0, 30.0);
    assertThat(at(advice.to(), "light")).as("an idle knob stays").isEqualTo(0.5);
    double gain = Moulding.strength(195, 25) - Moulding.strength(175, 15);
    assertThat(advice.gain().low()).isLessThan(gain);
    assertThat(advice.gain().high()).isGreaterThan(0.9 * gain);
    assertThat(advice.moves().get(0).column()).isEqualTo("heat");
    assertThat(advice.interactions().get(0).first()).isEqualTo("heat");
    assertThat(advice.interactions().get(0).second()).isEqualTo("time");
    assertThat(advice.words()).startsWith("set heat from 175");
  }

  @Test
  void theSafeRangeHolds() throws Exception {
    Advice advice = advice(Moulding.limited(1.0));
    // Flash of 1.0 less 1.645 times 0.05 is reached at 185.9.
    assertThat(at(advice.to(), "heat")).isBetween(183.5, 186.2);
    assertThat(advice.risk()).isBetween(0.03, 0.05);
  }

  @Test
  void aSpreadOfTheKnobAsksForMoreDistance() throws Exception {
    AdviceProblem problem = Moulding.limited(1.0);
    Advice exact = advice(problem);
    List<Knob> knobs = new ArrayList<>(Moulding.KNOBS);
    knobs.set(0, knobs.get(0).spread(2));
    AdviceProblem loose =
        Moulding.problem(40).knobs(knobs).safe(List.of(SafeRange.atMost("flash", 1))).build();
    assertThat(at(advice(loose).to(), "heat")).isLessThan(at(exact.to(), "heat") - 0.5);
  }

  @Test
  void movesThatCostMoreThanTheyBringAreNotAdvised() throws Exception {
    List<Knob> knobs = Moulding.KNOBS.stream().map(k -> k.cost(100)).toList();
    Advice advice = advice(Moulding.problem(40).knobs(knobs).build());
    assertThat(advice.moves()).isEmpty();
    assertThat(advice.to()).isEqualTo(advice.from());
    assertThat(advice.words()).startsWith("leave the settings");
  }

  @Test
  void aTargetIsMet() throws Exception {
    Advice advice = advice(Moulding.problem(60).goal(Goal.target("strength", 55)).build());
    assertThat(Moulding.strength(at(advice.to(), "heat"), at(advice.to(), "time")))
        .isCloseTo(55, within(0.6));
  }

  @Test
  void theSmallestIsTheLargestOfTheNegative() throws Exception {
    Table runs = Moulding.runs(4, 60);
    double[] negative = Arrays.stream(runs.numbers("strength")).map(v -> -v).toArray();
    Advice one = advice(Moulding.problem(60).build());
    Advice two =
        advice(
            Moulding.problem(60)
                .runs(runs.with(Column.number("weakness"), negative))
                .goal(Goal.smallest("weakness"))
                .build());
    assertThat(at(two.to(), "heat")).isCloseTo(at(one.to(), "heat"), within(1e-6));
    assertThat(two.gain().value()).isCloseTo(one.gain().value(), within(1e-6));
  }

  @Test
  void intervalsOfTheMeanCoverTheTruth() {
    ResponseSurface surface = advisor.surface(Moulding.problem(60).build(), "strength");
    int covered = 0;
    Random random = new Random(1);
    for (int k = 0; k < 200; k++) {
      double heat = 160 + 60 * random.nextDouble();
      double time = 5 + 35 * random.nextDouble();
      double truth = Moulding.strength(heat, time);
      var span = surface.mean(Map.of("heat", heat, "time", time, "light", random.nextDouble()));
      covered += span.low() <= truth && truth <= span.high() ? 1 : 0;
    }
    // The level is 0.8; errors at near places go together.
    assertThat(covered).isBetween(110, 200);
    assertThat(surface.explained()).isGreaterThan(0.9);
    assertThat(surface.noise()).isBetween(0.35, 0.7);
  }

  @Test
  void whereNothingMattersTheSurfaceSaysSo() {
    Table runs = Moulding.runs(4, 60);
    Random random = new Random(2);
    double[] noise = new double[60];
    Arrays.setAll(noise, i -> random.nextGaussian());
    AdviceProblem problem =
        Moulding.problem(60)
            .runs(runs.with(Column.number("noise"), noise))
            .goal(Goal.largest("noise"))
            .build();
    assertThat(advisor.surface(problem, "noise").explained()).isLessThan(0.15);
  }

  @Test
  void aGivenMaterialCounts() throws Exception {
    Table runs = Moulding.runs(4, 60);
    List<String> material = new ArrayList<>();
    double[] strength = runs.numbers("strength");
    for (int i = 0; i < 60; i++) {
      material.add(i % 2 == 0 ? "A" : "B");
      strength[i] += i % 2 == 0 ? 5 : 0;
    }
    Table with =
        runs.without("strength")
            .with(Column.number("strength"), strength)
            .with(Column.category("material"), material);
    double a =
        advice(Moulding.problem(60).runs(with).given(Map.of("material", "A")).build())
            .after()
            .value();
    double b =
        advice(Moulding.problem(60).runs(with).given(Map.of("material", "B")).build())
            .after()
            .value();
    assertThat(a - b).isCloseTo(5, within(1.0));
    assertThatThrownBy(
            () -> advice(Moulding.problem(60).runs(with).given(Map.of("material", "C")).build()))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("'C'");
  }

  @Test
  void experimentsWithoutRunsTellAboutAllKnobs() {
    AdviceProblem none = Moulding.problem(40).runs(Moulding.runs(4, 40).slice(0, 0)).build();
    Experiments experiments = advisor.experiments(none, 12, Optional.empty());
    assertThat(experiments.design()).isEqualTo(Design.D_OPTIMAL);
    assertThat(experiments.runs()).hasSize(12);
    for (Knob knob : Moulding.KNOBS) {
      double[] x = experiments.runs().stream().mapToDouble(r -> at(r, knob.column())).toArray();
      assertThat(Arrays.stream(x).min().orElse(9)).isCloseTo(knob.low(), within(1e-9));
      assertThat(Arrays.stream(x).max().orElse(0)).isCloseTo(knob.high(), within(1e-9));
      assertThat(Arrays.stream(x).distinct().count()).isGreaterThan(2);
    }
    assertThat(advisor.experiments(none, 12, Optional.empty())).isEqualTo(experiments);
  }

  @Test
  void withEnoughRunsExperimentsLieWhereTheBestMayBe() {
    Experiments experiments =
        advisor.experiments(Moulding.problem(60).build(), 3, Optional.empty());
    assertThat(experiments.design()).isEqualTo(Design.IMPROVEMENT);
    for (Map<String, Double> run : experiments.runs()) {
      assertThat(at(run, "heat")).isBetween(180.0, 210.0);
      assertThat(at(run, "time")).isBetween(15.0, 35.0);
    }
  }

  @Test
  void newPartsConfirmOrContradict() throws Exception {
    AdviceProblem problem = Moulding.limited(1.0);
    Advice advice = advice(problem);
    AdviceCheck good = advisor.check(problem, advice, parts(advice, 0));
    assertThat(good.asExpected()).isTrue();
    assertThat(good.withinRisk()).isTrue();
    AdviceCheck bad = advisor.check(problem, advice, parts(advice, 5));
    assertThat(bad.asExpected()).isFalse();
    assertThat(bad.withinRisk()).isFalse();
    assertThat(bad.outside().value()).isGreaterThan(0.9);
    assertThat(bad.words()).contains("not as promised").contains("more than");
  }

  @Test
  void partsMadeOtherwiseOrNotMeasuredSayNothing() throws Exception {
    AdviceProblem problem = Moulding.limited(1.0);
    Advice advice = advice(problem);
    Table good = parts(advice, 0);
    double[] heat = new double[good.rows()];
    Arrays.fill(heat, at(advice.to(), "heat"));
    Table told = good.with(Column.number("heat"), heat);
    assertThat(advisor.check(problem, advice, told).asExpected()).isTrue();
    heat[3] -= 20;
    Table mixed = good.with(Column.number("heat"), heat);
    assertThatThrownBy(() -> advisor.check(problem, advice, mixed))
        .hasMessageContainingAll("new part 4", "'heat'", "but the advice is");
    double[] flash = good.numbers("flash").clone();
    Arrays.fill(flash, 5, flash.length, Double.NaN);
    flash[0] = 9;
    Table few = good.without("flash").with(Column.number("flash"), flash);
    // One of five, not one of twenty: a part that was not measured is not within.
    assertThat(advisor.check(problem, advice, few).outside().value()).isEqualTo(0.2);
  }

  private static Table parts(Advice advice, double off) {
    Random random = new Random(8);
    double[][] values = new double[20][2];
    for (double[] row : values) {
      row[0] =
          Moulding.strength(at(advice.to(), "heat"), at(advice.to(), "time"))
              - off
              + 0.5 * random.nextGaussian();
      row[1] = Moulding.flash(at(advice.to(), "heat")) + off / 10 + 0.05 * random.nextGaussian();
    }
    return Table.ofNumbers(
        io.millwright.api.data.Schema.of(Column.number("strength"), Column.number("flash")),
        values);
  }

  @Test
  void adviceBeyondAllRunsSaysSo() throws Exception {
    Table runs = Moulding.runs(4, 40);
    double[] heat = runs.numbers("heat");
    double most = Arrays.stream(heat).max().orElseThrow();
    double[] rising = Arrays.stream(heat).map(h -> h / 10).toArray();
    Table risen = runs.without("strength").with(Column.number("strength"), rising);
    AdviceProblem problem =
        AdviceProblem.builder()
            .runs(risen)
            .knobs(List.of(Knob.between("heat", 150, most + 20)))
            .goal(Goal.largest("strength"))
            .build();
    Advice advice = advice(problem);
    assertThat(at(advice.to(), "heat")).isGreaterThan(most);
    assertThat(advice.words()).contains("no run had heat beyond", "make one there first");
  }

  @Test
  void problemsSayAllTheirFaults() {
    assertThatThrownBy(
            () ->
                Moulding.problem(10)
                    .goal(Goal.largest("heat"))
                    .current(Map.of("speed", 1.0))
                    .risk(0.9, 0.1)
                    .build())
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION))
        .hasMessageContainingAll("heat", "speed", "risk 0.9", "confidence 0.1");
    assertThatThrownBy(() -> Knob.between("x", 2, 1)).isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> Knob.between("x", 0, Double.NaN))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> Knob.between("x", 0, 1).cost(-1))
        .isInstanceOf(MillwrightException.class);
  }

  @Test
  void badRunsAreRefused() {
    AdviceProblem still =
        Moulding.problem(40)
            .runs(
                Moulding.runs(4, 40).without("light").with(Column.number("light"), new double[40]))
            .build();
    assertThatThrownBy(() -> advice(still)).hasMessageContaining("'light' stood still");
    assertThatThrownBy(() -> advice(Moulding.problem(40).goal(Goal.largest("nothing")).build()))
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> advice(Moulding.problem(40).current(Map.of("heat", 500.0)).build()))
        .hasMessageContaining("500");
    AdviceProblem.Builder plain =
        AdviceProblem.builder().runs(Moulding.runs(4, 40)).goal(Goal.largest("strength"));
    AdviceProblem inFahrenheit = plain.knobs(List.of(Knob.between("heat", 320, 428))).build();
    assertThatThrownBy(() -> advice(inFahrenheit))
        .hasMessageContainingAll("no run has 'heat' within 320.0 to 428.0", "unit");
    AdviceProblem bright =
        plain.knobs(List.of(Knob.between("heat", 160, 220))).given(Map.of("light", "9")).build();
    assertThatThrownBy(() -> advice(bright))
        .hasMessageContainingAll("'light'", "9", "far from the runs");
    assertThatThrownBy(() -> advisor.experiments(Moulding.problem(40).build(), 0, Optional.empty()))
        .hasMessageContaining("0 experiments");
  }
}
