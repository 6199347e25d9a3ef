package io.millwright.api.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds and figures on scores whose best answer is known. */
class FiguresTest {

  private static final double[] SCORE = {0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1};
  private static final boolean[] POSITIVE = {true, true, false, true, false, false, true, false};

  private static Decision cost(double missed, double falseAlarm) {
    return new Decision.ByCost("none", missed, falseAlarm);
  }

  @Test
  void theThresholdOfTheLargestF1() {
    // 2 of 2: 2*2/(4+0+2) = 0.667; 3 of 4: 6/(6+1+1) = 0.75; 4 of 7: 8/(8+3) = 0.727
    assertThat(Figures.threshold(new Decision.ByF1("none"), POSITIVE, SCORE))
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theThresholdOfTheLeastCost() {
    assertThat(Figures.threshold(cost(1, 10), POSITIVE, SCORE)).isCloseTo(0.75, within(1e-12));
    assertThat(Figures.threshold(cost(3, 2), POSITIVE, SCORE)).isCloseTo(0.5, within(1e-12));
    assertThat(Figures.threshold(cost(100, 1), POSITIVE, SCORE)).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void whereNothingPaysNothingAlarms() {
    boolean[] none = new boolean[SCORE.length];
    assertThat(Figures.threshold(cost(1, 1), none, SCORE)).isEqualTo(1);
    assertThat(Figures.threshold(new Decision.ByF1("none"), none, SCORE)).isEqualTo(1);
  }

  /** Against every threshold there is, ties included. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noOtherThresholdIsBetter(long seed) {
    Random random = new Random(seed);
    int n = 5 + random.nextInt(40);
    double[] score = new double[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      score[i] = random.nextInt(12) / 11.0;
      positive[i] = random.nextDouble() < score[i];
    }
    for (Decision rule : List.of(new Decision.ByF1("none"), cost(1, 1), cost(7, 1), cost(1, 7))) {
      double chosen = Figures.threshold(rule, positive, score);
      for (int i = 0; i <= 110; i++) {
        assertThat(value(rule, positive, score, chosen))
            .as("%s: %s against %s", rule, chosen, i / 110.0)
            .isGreaterThanOrEqualTo(value(rule, positive, score, i / 110.0) - 1e-12);
      }
    }
  }

  private static double value(Decision rule, boolean[] positive, double[] score, double at) {
    double hits = 0;
    double alarms = 0;
    double missed = 0;
    for (int i = 0; i < score.length; i++) {
      boolean yes = score[i] >= at;
      hits += yes && positive[i] ? 1 : 0;
      alarms += yes && !positive[i] ? 1 : 0;
      missed += !yes && positive[i] ? 1 : 0;
    }
    return rule instanceof Decision.ByCost cost
        ? -(missed * cost.missed() + alarms * cost.falseAlarm())
        : hits == 0 ? 0 : 2 * hits / (2 * hits + alarms + missed);
  }

  @Test
  void figuresOfADecision() {
    Map<String, Double> figures = new LinkedHashMap<>();
    Figures.decision(
        figures, POSITIVE, SCORE, new ClassScores.Threshold("none", 0.5), Optional.of(cost(3, 2)));
    assertThat(figures)
        .containsEntry("precision", 0.75)
        .containsEntry("recall", 0.75)
        .containsEntry("f1", 0.75)
        .containsEntry("cost realised", 5.0 / 8);
    // Of 16 pairs of a positive and a negative, 0.9 and 0.8 win 4 each, 0.6 wins 3, 0.2 wins 1.
    assertThat(figures.get("roc auc")).isCloseTo(12.0 / 16, within(1e-12));
    double expected = (2 * (0.1 + 0.2 + 0.3 + 0.4) + 3 * (0.4 + 0.3 + 0.2 + 0.1)) / 8;
    assertThat(figures.get("cost expected")).isCloseTo(expected, within(1e-12));
  }

  @Test
  void figuresOfAQuantityAndItsIntervals() {
    double[] truth = {1, 2, 3, 8};
    Map<String, Double> figures = Figures.quantity(truth, new double[] {1, 3, 3, 10});
    assertThat(figures.get("rmse")).isCloseTo(Math.sqrt(5.0 / 4), within(1e-12));
    assertThat(figures.get("mae")).isCloseTo(0.75, within(1e-12));
    assertThat(figures.get("bias")).isCloseTo(0.75, within(1e-12));
    assertThat(figures.get("r2")).isCloseTo(1 - 5.0 / 29, within(1e-12));
    Figures.intervals(
        figures,
        truth,
        List.of(interval(0, 2), interval(2.5, 4), interval(2, 4), interval(7, 1e9)),
        0,
        9);
    assertThat(figures.get("coverage 90")).isEqualTo(0.75);
    assertThat(figures.get("width 90")).isCloseTo((2 + 1.5 + 2 + 2) / 4, within(1e-12));
  }

  private static Uncertainty interval(double low, double high) {
    return new Uncertainty.Interval(0.9, low, high, Unit.NONE);
  }

  @Test
  void figuresOfClasses() {
    Map<String, Double> figures =
        Figures.classes(
            new int[] {0, 1, 1, 0},
            new double[][] {{0.8, 0.2}, {0.4, 0.6}, {0.9, 0.1}, {0.6, 0.4}},
            List.of("a", "b"));
    assertThat(figures.get("accuracy")).isEqualTo(0.75);
    assertThat(figures.get("f1 macro")).isCloseTo((0.8 + 2.0 / 3) / 2, within(1e-12));
    assertThat(figures.get("log loss"))
        .isCloseTo(-Math.log(0.8 * 0.6 * 0.1 * 0.6) / 4, within(1e-9));
  }

  private static Map<String, Double> decided(boolean[] positive, double at, Decision.ByCost cost) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Figures.decision(
        figures, positive, SCORE, new ClassScores.Threshold("none", at), Optional.of(cost));
    return figures;
  }

  /** Worked by hand: a score at the threshold alarms. */
  @Test
  void everyCountOfADecisionTells() {
    Map<String, Double> at = decided(POSITIVE, 0.6, new Decision.ByCost("none", 5, 2));
    // 0.9, 0.8, 0.7, 0.6 alarm: 3 hits, 1 false alarm, 1 missed (0.2).
    assertThat(at.get("precision")).isCloseTo(0.75, within(1e-12));
    assertThat(at.get("recall")).isCloseTo(0.75, within(1e-12));
    assertThat(at.get("f1")).isCloseTo(0.75, within(1e-12));
    assertThat(at.get("cost realised")).isCloseTo((2.0 + 5.0) / 8, within(1e-12));
    assertThat(at.get("cost expected"))
        .isCloseTo((2 * (0.1 + 0.2 + 0.3 + 0.4) + 5 * (0.4 + 0.3 + 0.2 + 0.1)) / 8, within(1e-12));
    Map<String, Double> high = decided(POSITIVE, 0.95, new Decision.ByCost("none", 5, 2));
    assertThat(high.get("precision")).isNaN();
    assertThat(high.get("recall")).isZero();
    assertThat(high.get("f1")).isZero();
    Map<String, Double> uneven = decided(POSITIVE, 0.15, new Decision.ByCost("none", 5, 2));
    // Seven alarm: 4 hits, 3 false alarms, none missed.
    assertThat(uneven.get("precision")).isCloseTo(4.0 / 7, within(1e-12));
    assertThat(uneven.get("recall")).isEqualTo(1);
    assertThat(uneven.get("f1")).isCloseTo(8.0 / 11, within(1e-12));
  }

  @Test
  void areasNeedBothAnswers() {
    boolean[] all = new boolean[SCORE.length];
    java.util.Arrays.fill(all, true);
    assertThat(decided(all, 0.5, new Decision.ByCost("none", 1, 1))).doesNotContainKey("roc auc");
    Map<String, Double> none =
        decided(new boolean[SCORE.length], 0.5, new Decision.ByCost("none", 1, 1));
    assertThat(none).doesNotContainKey("roc auc");
    assertThat(none.get("recall")).isNaN();
    assertThat(decided(POSITIVE, 0.5, new Decision.ByCost("none", 1, 1))).containsKey("roc auc");
  }

  @Test
  void numbersForPeople() {
    assertThat(Figures.number(12)).isEqualTo("12");
    assertThat(Figures.number(-3)).isEqualTo("-3");
    assertThat(Figures.number(12.5)).isEqualTo("12.50");
    assertThat(Figures.number(1e9)).isEqualTo("1.000e+09");
    assertThat(Figures.number(999_999_999)).isEqualTo("999999999");
  }

  /** A level of 0 or 1 promises nothing, or everything. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void noLevelIsEmptyOrWhole(double level) {
    assertThatThrownBy(() -> QuantityUncertainties.open("level", level))
        .hasMessageContaining("level is " + level)
        .hasMessageContaining("Maybe");
  }
}
