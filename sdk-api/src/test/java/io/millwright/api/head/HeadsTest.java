package io.millwright.api.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every known head must do: keep itself as data, refuse strangers', answer what was said. */
class HeadsTest {

  private record Case<L, V>(Head<L, V> head, List<L> labels) {
    FittedHead<L, V> fitted() {
      return head.fit(new Labels<>(labels, labels, 4, Optional.empty()));
    }

    @Override
    public String toString() {
      return head.kind();
    }
  }

  static Stream<Case<?, ?>> cases() {
    LinkedHashMap<String, Unit> units = new LinkedHashMap<>();
    units.put("length", Unit.of("mm"));
    units.put("mass", Unit.of("g"));
    return Stream.of(
        new Case<>(
            Heads.quantity(Unit.of("h"), 0, 100),
            List.of(Amount.of(3), Amount.of(90), Amount.atLeast(40))),
        new Case<>(Heads.classes(), List.of("a", "b", "a", "c")),
        new Case<>(
            Heads.quantities(units),
            List.of(
                Map.of("length", 1.0), Map.of("length", 3.0, "mass", 2.0), Map.of("mass", 5.0))),
        new Case<>(
            Heads.labels(),
            List.of(Map.of("x", true, "y", false), Map.of("y", true), Map.of("x", false))),
        new Case<>(
            Heads.quantileCurve(Unit.NONE, 2, 0.1, 0.5, 0.9),
            List.of(List.of(1.0, 2.0), List.of(Double.NaN, 4.0), List.of(3.0, 3.0))),
        new Case<>(
            Heads.survival(Unit.of("h")),
            List.of(Amount.of(5), Amount.of(9), Amount.atLeast(7), Amount.of(30))),
        new Case<>(Heads.ranking(), List.of(Set.of("p"), Set.of("q", "r"), Set.of("p", "r"))),
        new Case<>(
            Heads.field(1, 3),
            List.of(
                new FieldMap(1, 3, List.of("a", "b", "")),
                new FieldMap(1, 3, List.of("b", "b", "a")))),
        new Case<>(Heads.reconstruction(), List.of(false, true, false)),
        new Case<>(Heads.embedding(3), List.of("one", "two", "one", "two")));
  }

  private static <L, V> HeldOut heldOut(Case<L, V> c, FittedHead<L, V> head) {
    Random random = new Random(5);
    int n = 40;
    double[][] said = new double[n][head.outputs()];
    float[][] targets = new float[n][head.targets()];
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] outputs = new float[head.outputs()];
      for (int k = 0; k < outputs.length; k++) {
        outputs[k] = (float) random.nextGaussian();
      }
      head.say(outputs, 0, said[i], 0, 1);
      Arrays.fill(targets[i], c.head.reconstructs() ? 0.5f : Float.NaN);
      head.target(c.labels.get(i % c.labels.size()), targets[i], 0);
      groups.add("g" + i);
    }
    return new HeldOut(said, targets, groups);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <L, V> void whatAHeadLearntComesBackFromItsData(Case<L, V> c) {
    FittedHead<L, V> plain = c.fitted();
    HeldOut heldOut = heldOut(c, plain);
    FittedHead<L, V> calibrated = plain.calibrated(heldOut, Calibration.conformal());
    assertThat(calibrated.isCalibrated()).isTrue();
    assertThat(plain.isCalibrated()).isFalse();
    for (FittedHead<L, V> head : List.of(plain, calibrated)) {
      FittedHead<L, V> read = c.head.read(head.data());
      assertThat(read.data()).isEqualTo(head.data());
      assertThat(read.outputs()).isEqualTo(head.outputs());
      assertThat(read.targets()).isEqualTo(head.targets());
      assertThat(read.description()).isEqualTo(head.description());
      assertThat(read.uncertainty()).isEqualTo(head.uncertainty());
      for (double[] said : heldOut.said()) {
        Answer<V> answer = head.answer(said, new float[] {1, 2, 3, 4});
        assertThat(read.answer(said, new float[] {1, 2, 3, 4})).isEqualTo(answer);
        assertThat(answer.uncertainty().at(0.9)).isNotNull();
      }
      assertThat(head.figures(heldOut)).isNotEmpty();
    }
    assertThat(Heads.ofKind(c.head.kind(), plain.unit())).isPresent();
  }

  @ParameterizedTest
  @MethodSource("cases")
  <L, V> void baselinesAreJudgedLikeModels(Case<L, V> c) {
    FittedHead<L, V> head = c.fitted();
    HeldOut heldOut = heldOut(c, head);
    head.baselines()
        .forEach(
            (name, said) -> {
              assertThat(said).hasSize(head.outputs());
              double[][] constant = new double[heldOut.size()][];
              Arrays.fill(constant, said);
              assertThat(head.figures(new HeldOut(constant, heldOut.targets(), heldOut.groups())))
                  .isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  <L, V> void dataOfStrangersAreRefused(Case<L, V> c) {
    assertThatThrownBy(() -> c.head.read(PlainData.empty()))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("missing");
    PlainData good = c.fitted().data();
    for (String name : good.values().keySet()) {
      PlainData.Builder bad = PlainData.builder();
      good.values().forEach((k, v) -> bad.put(k, k.equals(name) ? List.of(List.of()) : v));
      assertThatThrownBy(() -> c.head.read(bad.build()))
          .as(name)
          .isInstanceOfAny(MillwrightException.class, IllegalArgumentException.class);
    }
  }

  @Test
  void censoredLabelsAreLearntAndCountedApart() {
    Head<Amount, Amount> head =
        Heads.quantity(Unit.of("h"), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    List<Amount> labels = List.of(Amount.of(1), Amount.of(3), Amount.atLeast(2));
    FittedHead<Amount, Amount> fitted = head.fit(new Labels<>(labels, labels, 1, Optional.empty()));
    assertThat(fitted.targets()).isEqualTo(2);
    float[] target = new float[2];
    fitted.target(Amount.atLeast(2), target, 0);
    assertThat(target[1]).isEqualTo(1);
    float[][] targets = new float[3][2];
    for (int i = 0; i < 3; i++) {
      fitted.target(labels.get(i), targets[i], 0);
    }
    HeldOut heldOut =
        new HeldOut(new double[][] {{0}, {0}, {1}}, targets, Collections.nCopies(3, "g"));
    assertThat(fitted.figures(heldOut)).containsEntry("censored", 1.0).containsKey("concordance");
    List<Amount> known = List.of(Amount.of(1), Amount.of(3));
    assertThat(head.fit(new Labels<>(known, known, 1, Optional.empty())).targets()).isEqualTo(1);
  }

  @Test
  void survivalIsThatOfKaplanAndMeierWithoutInputs() {
    List<Amount> labels = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      labels.add(i % 4 == 0 ? Amount.atLeast(i) : Amount.of(i));
    }
    FittedHead<Amount, SurvivalCurve> head =
        Heads.survival(Unit.of("h")).fit(new Labels<>(labels, labels, 1, Optional.empty()));
    double[] hazards = head.baselines().values().iterator().next();
    SurvivalCurve curve = head.answer(hazards, new float[0]).value();
    double s = 1;
    for (int i = 1; i <= 20; i++) {
      s *= i % 4 == 0 ? 1 : 1 - 1.0 / (41 - i);
    }
    assertThat(curve.at(20)).isCloseTo(s, within(0.03));
    assertThat(curve.quantile(1 - curve.at(20))).isCloseTo(20, within(1e-6));
    assertThat(curve.at(0)).isEqualTo(1);
    assertThat(
            Survival.concordance(
                new double[] {1, 2, 3}, new boolean[] {true, false, true}, new double[] {1, 2, 3}))
        .isEqualTo(1);
  }

  @Test
  void setsOfLabelsHoldAllThatAreTrueAtTheirLevel() {
    Case<Map<String, Boolean>, LabelScores> c =
        new Case<>(
            Heads.labels(), List.of(Map.of("x", true, "y", false), Map.of("x", false, "y", true)));
    FittedHead<Map<String, Boolean>, LabelScores> plain = c.fitted();
    Random random = new Random(2);
    int n = 400;
    double[][] said = new double[n][2];
    float[][] targets = new float[n][2];
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 2; k++) {
        said[i][k] = random.nextDouble();
        targets[i][k] = random.nextDouble() < said[i][k] * said[i][k] ? 1 : 0;
      }
      groups.add("g" + i);
    }
    HeldOut all = new HeldOut(said, targets, groups);
    int[] first = java.util.stream.IntStream.range(0, 200).toArray();
    int[] rest = java.util.stream.IntStream.range(200, n).toArray();
    FittedHead<Map<String, Boolean>, LabelScores> head =
        plain.calibrated(all.some(first), Calibration.conformal());
    assertThat(head.uncertaintyFigures(all.some(rest)).get("coverage 90"))
        .isCloseTo(0.9, within(0.06));
    assertThat(head.figures(all.some(rest)).get("log loss"))
        .isLessThan(plain.figures(all.some(rest)).get("log loss"));
    assertThat(head.answer(said[0], new float[0]).uncertainty().at(0.9))
        .isInstanceOf(Uncertainty.LabelSet.class);
  }
}
