package io.millwright.api.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

  private static final Offset<Double> CLOSE = within(1e-12);

  @Test
  void errorsOfQuantitiesAsComputedByHand() {
    double[] truth = {1, 2, 3, 6};
    double[] predicted = {2, 2, 1, 6};
    assertThat(RegressionMetrics.mse(truth, predicted)).isEqualTo(1.25);
    assertThat(RegressionMetrics.rmse(truth, predicted)).isEqualTo(Math.sqrt(1.25));
    assertThat(RegressionMetrics.mae(truth, predicted)).isEqualTo(0.75);
    assertThat(RegressionMetrics.bias(truth, predicted)).isEqualTo(-0.25);
    assertThat(RegressionMetrics.r2(truth, predicted)).isCloseTo(1 - 5.0 / 14, CLOSE);
    double[] weights = {1, 0, 3, 0};
    assertThat(RegressionMetrics.mse(truth, predicted, weights)).isEqualTo(13.0 / 4);
    assertThat(RegressionMetrics.rmse(truth, predicted, weights)).isEqualTo(Math.sqrt(13.0 / 4));
    assertThat(RegressionMetrics.mae(truth, predicted, weights)).isEqualTo(7.0 / 4);
    assertThat(
            RegressionMetrics.nasaScore(new double[] {100, 100, 100}, new double[] {87, 110, 100}))
        .isCloseTo(2 * (Math.E - 1), CLOSE);
    assertThat(RegressionMetrics.pinball(new double[] {10, 0}, new double[] {0, 10}, 0.9))
        .isCloseTo((9 + 1) / 2.0, CLOSE);
    assertThat(
            RegressionMetrics.coverage(
                new double[] {1, 2, 3}, new double[] {1, 0, 4}, new double[] {2, 2, 9}))
        .isCloseTo(2.0 / 3, CLOSE);
    assertThat(
            RegressionMetrics.intervalScore(
                new double[] {5, 12}, new double[] {4, 4}, new double[] {10, 10}, 0.9))
        .isCloseTo((6 + 6 + 20 * 2) / 2.0, within(1e-9));
    assertThat(RegressionMetrics.r2(new double[] {2, 2}, new double[] {1, 2})).isNaN();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void errorsOfQuantitiesKeepTheirLaws(long seed) {
    Random random = new Random(seed);
    double[] truth = random.doubles(50, -10, 10).toArray();
    double[] predicted = random.doubles(50, -10, 10).toArray();
    double mse = RegressionMetrics.mse(truth, predicted);
    double bias = RegressionMetrics.bias(truth, predicted);
    assertThat(RegressionMetrics.mae(truth, predicted))
        .isBetween(Math.abs(bias), Math.sqrt(mse) + 1e-12);
    assertThat(RegressionMetrics.mse(predicted, truth)).isCloseTo(mse, CLOSE);
    assertThat(RegressionMetrics.r2(truth, truth)).isEqualTo(1);
    assertThat(RegressionMetrics.pinball(truth, predicted, 0.5))
        .isCloseTo(RegressionMetrics.mae(truth, predicted) / 2, CLOSE);
    assertThat(RegressionMetrics.nasaScore(truth, truth)).isZero();
    double[] ones = new double[50];
    Arrays.fill(ones, 2);
    assertThat(RegressionMetrics.mse(truth, predicted, ones)).isCloseTo(mse, CLOSE);
    Metric worst =
        (t, p) -> {
          double most = 0;
          for (int i = 0; i < t.length; i++) {
            most = Math.max(most, Math.abs(t[i] - p[i]));
          }
          return most;
        };
    assertThat(worst.of(truth, predicted)).isGreaterThanOrEqualTo(Math.sqrt(mse));
  }

  @Test
  void confusionAsComputedByHand() {
    List<String> truth = List.of("a", "a", "a", "b", "b", "c");
    List<String> predicted = List.of("a", "a", "b", "b", "a", "a");
    ConfusionMatrix matrix = ConfusionMatrix.of(truth, predicted);
    assertThat(matrix.labels()).containsExactly("a", "b", "c");
    assertThat(matrix.count("a", "b")).isEqualTo(1);
    assertThat(matrix.total()).isEqualTo(6);
    assertThat(matrix.accuracy()).isEqualTo(0.5);
    assertThat(matrix.precision("a")).isEqualTo(0.5);
    assertThat(matrix.recall("a")).isCloseTo(2.0 / 3, CLOSE);
    assertThat(matrix.f1("a")).isCloseTo(4.0 / 7, CLOSE);
    assertThat(matrix.f1("b")).isEqualTo(0.5);
    assertThat(matrix.precision("c")).isZero();
    assertThat(matrix.f1(ConfusionMatrix.Average.MACRO)).isCloseTo((4.0 / 7 + 0.5) / 3, CLOSE);
    assertThat(matrix.f1(ConfusionMatrix.Average.MICRO)).isEqualTo(0.5);
    assertThat(matrix.f1(ConfusionMatrix.Average.WEIGHTED))
        .isCloseTo((3 * 4.0 / 7 + 2 * 0.5) / 6, CLOSE);
    assertThat(matrix.recall(ConfusionMatrix.Average.WEIGHTED)).isCloseTo(matrix.accuracy(), CLOSE);
    assertThat(matrix.precision(ConfusionMatrix.Average.MACRO)).isCloseTo(1.0 / 3, CLOSE);
    assertThat(matrix.expectedCost(new double[][] {{0, 5, 9}, {1, 0, 9}, {7, 9, 0}}))
        .isCloseTo(13.0 / 6, CLOSE);
    assertThat(ConfusionMatrix.of(truth, predicted, new double[] {1, 1, 0, 1, 0, 0}).accuracy())
        .isEqualTo(1);
  }

  @Test
  void ranksAsComputedByHand() {
    boolean[] positive = {true, false, true, false, false};
    double[] score = {0.9, 0.8, 0.7, 0.7, 0.1};
    assertThat(ClassMetrics.rocAuc(positive, score)).isCloseTo((3 + 1.5) / 6, CLOSE);
    assertThat(ClassMetrics.prAuc(positive, score)).isCloseTo(0.5 * 1 + 0.5 * 2 / 4, CLOSE);
    assertThat(ClassMetrics.rocAuc(new boolean[] {true}, new double[] {1})).isNaN();
    assertThat(ClassMetrics.prAuc(new boolean[] {false}, new double[] {1})).isNaN();
    assertThat(ClassMetrics.expectedCost(positive, score, 0.8, 2, 10)).isCloseTo(12.0 / 5, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ranksAgreeWithTheirDefinition(long seed) {
    Random random = new Random(seed);
    int n = 60;
    boolean[] positive = new boolean[n];
    double[] score = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      positive[i] = random.nextInt(3) == 0;
      score[i] = random.nextInt(12) + (positive[i] ? 2 : 0);
      weights[i] = random.nextDouble();
    }
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (positive[i] && !positive[j]) {
          pairs += weights[i] * weights[j];
          won +=
              weights[i] * weights[j] * (score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0);
        }
      }
    }
    double area = ClassMetrics.rocAuc(positive, score, weights);
    assertThat(area).isCloseTo(won / pairs, within(1e-10));
    double[] turned = Arrays.stream(score).map(s -> -s).toArray();
    assertThat(ClassMetrics.rocAuc(positive, turned, weights)).isCloseTo(1 - area, within(1e-10));
    double[] stretched = Arrays.stream(score).map(s -> Math.exp(s / 3)).toArray();
    assertThat(ClassMetrics.prAuc(positive, stretched, weights))
        .isCloseTo(ClassMetrics.prAuc(positive, score, weights), CLOSE);
  }

  @Test
  void probabilitiesAsComputedByHand() {
    double[][] p = {{0.8, 0.2}, {0.8, 0.2}, {0.4, 0.6}, {0.4, 0.6}};
    int[] truth = {0, 1, 1, 1};
    double expected = -(Math.log(0.8) + Math.log(0.2) + 2 * Math.log(0.6)) / 4;
    assertThat(ClassMetrics.logLoss(truth, p)).isCloseTo(expected, CLOSE);
    assertThat(ClassMetrics.logLoss(truth, p, new double[] {1, 0, 0, 0}))
        .isCloseTo(-Math.log(0.8), CLOSE);
    assertThat(ClassMetrics.logLoss(new int[] {1}, new double[][] {{1, 0}}))
        .isCloseTo(-Math.log(1e-15), CLOSE);
    // Two bins: 0.8 with half of the hits, 0.6 with all.
    assertThat(ClassMetrics.calibrationError(truth, p, 2)).isCloseTo((0.3 + 0.4) / 2, CLOSE);
    assertThat(ClassMetrics.calibrationError(truth, p, 1)).isCloseTo(0.05, CLOSE);
  }

  private static void refused(ErrorCode code, Runnable judging) {
    assertThatThrownBy(judging::run)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void whatCannotBeJudgedIsRefused() {
    double[] none = {};
    double[] one = {1};
    double[] nan = {Double.NaN};
    refused(ErrorCode.TOO_FEW_DATA, () -> RegressionMetrics.rmse(none, none));
    refused(ErrorCode.WRONG_SHAPE, () -> RegressionMetrics.mae(one, none));
    refused(ErrorCode.BAD_VALUE, () -> RegressionMetrics.bias(nan, one));
    refused(ErrorCode.BAD_VALUE, () -> RegressionMetrics.bias(one, nan));
    refused(ErrorCode.BAD_VALUE, () -> RegressionMetrics.mse(one, one, new double[] {-1}));
    refused(ErrorCode.BAD_VALUE, () -> RegressionMetrics.mse(one, one, new double[] {0}));
    refused(ErrorCode.BAD_OPTION, () -> RegressionMetrics.pinball(one, one, 1));
    refused(
        ErrorCode.BAD_VALUE,
        () -> RegressionMetrics.coverage(one, new double[] {3}, new double[] {2}));
    refused(
        ErrorCode.BAD_LABEL,
        () -> ClassMetrics.logLoss(new int[] {2}, new double[][] {{0.5, 0.5}}));
    refused(
        ErrorCode.BAD_VALUE,
        () -> ClassMetrics.logLoss(new int[] {0}, new double[][] {{1.5, 0.5}}));
    refused(ErrorCode.WRONG_SHAPE, () -> ClassMetrics.rocAuc(new boolean[2], one));
    refused(ErrorCode.TOO_FEW_DATA, () -> ConfusionMatrix.of(List.of(), List.of()));
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a"), List.of("a"));
    refused(ErrorCode.BAD_LABEL, () -> matrix.f1("z"));
    refused(ErrorCode.WRONG_SHAPE, () -> matrix.expectedCost(new double[2][2]));
  }
}
