package io.millwright.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnlabelledTest {

  /** A classifier whose stated logit is {@code slope} times too strong, whose inputs move. */
  private static double[][] answers(Random random, int n, double shift, double slope) {
    double[][] answers = new double[3][n];
    for (int i = 0; i < n; i++) {
      double z = 2 * (shift + 1.5 * random.nextGaussian());
      double p = 1 / (1 + Math.exp(-z));
      double stated = 1 / (1 + Math.exp(-slope * z));
      boolean event = random.nextDouble() < p;
      answers[0][i] = Math.max(stated, 1 - stated);
      answers[1][i] = event == stated > 0.5 ? 1 : 0;
      answers[2][i] = event ? 1 : 0;
    }
    return answers;
  }

  /** The interval covers at its level over held-out sets and windows, also where inputs moved. */
  @Test
  void intervalsOfAccuracyHold() {
    Random random = new Random(3);
    for (double slope : new double[] {1, 2}) {
      for (double shift : new double[] {0, 0.7, -1}) {
        int inside = 0;
        double bias = 0;
        for (int w = 0; w < 80; w++) {
          double[][] then = answers(random, 600, 0, slope);
          double[][] now = answers(random, 150, shift, slope);
          UnlabelledEstimate e = UnlabelledAccuracy.of(then[0], then[1]).estimate(now[0]);
          double truth = Arrays.stream(now[1]).average().orElseThrow();
          inside += truth >= e.low() && truth <= e.high() ? 1 : 0;
          bias += (truth - e.value()) / 80;
        }
        assertThat(inside).as("slope %s, shift %s", slope, shift).isBetween(70, 80);
        assertThat(bias).as("slope %s, shift %s", slope, shift).isCloseTo(0, within(0.015));
      }
    }
  }

  /** A line cannot say that the middle is overstated alone; groups can. */
  @Test
  void groupsThatContradictTheLineKeepTheirOwnShare() {
    Random random = new Random(5);
    double[] stated = new double[6000];
    double[] right = new double[6000];
    for (int i = 0; i < stated.length; i++) {
      stated[i] = 0.5 + 0.5 * random.nextDouble();
      double true_ = stated[i] > 0.7 && stated[i] < 0.8 ? 0.4 : stated[i];
      right[i] = random.nextDouble() < true_ ? 1 : 0;
    }
    double[] middle = new double[500];
    Arrays.fill(middle, 0.75);
    UnlabelledEstimate e = UnlabelledAccuracy.of(stated, right).estimate(middle);
    assertThat(e.value()).isCloseTo(0.4, within(0.06));
    assertThat(e.low()).isLessThan(0.4);
    assertThat(e.high()).isGreaterThan(0.4);
  }

  @Test
  void decisionsAreJudgedByF1AndCost() {
    Random random = new Random(7);
    int inside = 0;
    int priced = 0;
    for (int w = 0; w < 60; w++) {
      double[][] then = decisions(random, 1000, 0);
      UnlabelledDecisions estimator = UnlabelledDecisions.of(then[0], then[1]);
      double[][] now = decisions(random, 500, 0.6);
      boolean[] alarmed = new boolean[500];
      double found = 0;
      double events = 0;
      double alarms = 0;
      double cost = 0;
      for (int i = 0; i < alarmed.length; i++) {
        alarmed[i] = now[0][i] > 0.3;
        events += now[1][i];
        alarms += alarmed[i] ? 1 : 0;
        found += alarmed[i] ? now[1][i] : 0;
        cost += alarmed[i] ? 1 - now[1][i] : 8 * now[1][i];
      }
      UnlabelledEstimate f1 = estimator.f1(now[0], alarmed);
      double truth = 2 * found / (events + alarms);
      inside += truth >= f1.low() && truth <= f1.high() ? 1 : 0;
      assertThat(f1.value()).isCloseTo(truth, within(0.2));
      UnlabelledEstimate price = estimator.cost(now[0], alarmed, 1, 8);
      assertThat(price.value()).isCloseTo(cost / 500, within(0.45));
      priced += cost / 500 >= price.low() && cost / 500 <= price.high() ? 1 : 0;
    }
    assertThat(inside).isBetween(52, 60);
    assertThat(priced).isBetween(52, 60);
  }

  private static double[][] decisions(Random random, int n, double shift) {
    double[][] rows = new double[2][n];
    for (int i = 0; i < n; i++) {
      double z = -2.5 + shift + 1.5 * random.nextGaussian();
      rows[0][i] = 1 / (1 + Math.exp(-z));
      rows[1][i] = random.nextDouble() < rows[0][i] ? 1 : 0;
    }
    return rows;
  }

  @Test
  void errorsFollowTheWidthOfIntervals() {
    Random random = new Random(11);
    double[][] then = widths(random, 2000, 1);
    UnlabelledError estimator = UnlabelledError.of(then[0], then[1]);
    int inside = 0;
    for (int w = 0; w < 100; w++) {
      double[][] now = widths(random, 200, 1.5);
      UnlabelledEstimate e = estimator.estimate(now[0]);
      double truth = Arrays.stream(now[1]).average().orElseThrow();
      inside += truth >= e.low() && truth <= e.high() ? 1 : 0;
      assertThat(e.value()).isCloseTo(truth, within(0.3 * truth));
    }
    assertThat(inside).isBetween(89, 100);
  }

  /** Twenty rows of a machine err alike: the interval knows of 25 machines, not of 500 rows. */
  @Test
  void errorsOfOneUnitHangTogether() {
    Random random = new Random(13);
    int inside = 0;
    int alone = 0;
    for (int w = 0; w < 60; w++) {
      double[][] then = machines(random);
      double[][] now = machines(random);
      List<String> units = IntStream.range(0, 500).mapToObj(i -> "m" + i / 20).toList();
      double truth = Arrays.stream(now[1]).average().orElseThrow();
      UnlabelledEstimate e = UnlabelledError.of(then[0], then[1], units).estimate(now[0], units);
      inside += truth >= e.low() && truth <= e.high() ? 1 : 0;
      UnlabelledEstimate rows = UnlabelledError.of(then[0], then[1]).estimate(now[0]);
      alone += truth >= rows.low() && truth <= rows.high() ? 1 : 0;
    }
    assertThat(inside).isBetween(52, 60);
    assertThat(alone).isLessThan(40);
  }

  private static double[][] machines(Random random) {
    double[][] rows = new double[2][500];
    for (int i = 0; i < 500; i++) {
      rows[1][i] = i % 20 == 0 ? Math.exp(0.5 * random.nextGaussian()) : rows[1][i - 1];
      rows[0][i] = 2 + random.nextDouble();
    }
    for (int i = 0; i < 500; i++) {
      rows[1][i] *= Math.abs(random.nextGaussian());
    }
    return rows;
  }

  private static double[][] widths(Random random, int n, double factor) {
    double[][] rows = new double[2][n];
    for (int i = 0; i < n; i++) {
      rows[0][i] = factor * (1 + 4 * random.nextDouble());
      rows[1][i] = Math.abs(rows[0][i] / 3.3 * random.nextGaussian());
    }
    return rows;
  }

  @Test
  void answersUnlikeThoseHeldOutAreSaidToBe() {
    double[][] then = answers(new Random(1), 2000, 0, 1);
    UnlabelledAccuracy estimator = UnlabelledAccuracy.of(then[0], then[1]);
    double[] doubtful = new double[400];
    Arrays.fill(doubtful, 0.55);
    UnlabelledEstimate e = estimator.estimate(doubtful);
    assertThat(e.known()).isFalse();
    assertThat(e.why()).contains("wait for truths");
    assertThat(estimator.estimate(then[0]).known()).isTrue();
    assertThat(estimator.estimate().known()).isFalse();
    assertThat(estimator.estimate().value()).isNaN();
  }

  /** A few answers cannot differ in distribution, but lie where nothing was learnt. */
  @Test
  void fewAnswersBeyondAllThatWereHeldOutAreNotKnown() {
    double[] confidence = new double[500];
    double[] right = new double[500];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      confidence[i] = 0.5 + random.nextDouble() / 2;
      right[i] = random.nextDouble() < confidence[i] ? 1 : 0;
    }
    UnlabelledAccuracy accuracy = UnlabelledAccuracy.of(confidence, right);
    UnlabelledEstimate beyond = accuracy.estimate(0.01, 0.02, 0.03);
    assertThat(beyond.known()).isFalse();
    assertThat(beyond.why()).contains("3 of 3 confidences are beyond all");
    assertThat(accuracy.estimate(0.6, 0.7, 0.8).known()).isTrue();
    assertThat(accuracy.estimate(Arrays.copyOf(confidence, 300)).known()).isTrue();
  }

  @Test
  void wrongNumbersAreNamed() {
    double[] many = new double[200];
    Arrays.fill(many, 0.9);
    double[] truths = new double[200];
    refused(() -> UnlabelledAccuracy.of(new double[5], new double[5]), ErrorCode.TOO_FEW_DATA);
    refused(() -> UnlabelledAccuracy.of(many, new double[7]), ErrorCode.TOO_FEW_DATA);
    truths[3] = 0.5;
    refused(() -> UnlabelledAccuracy.of(many, truths), ErrorCode.BAD_VALUE);
    truths[3] = 1;
    UnlabelledAccuracy sound = UnlabelledAccuracy.of(many, truths);
    refused(() -> sound.estimate(0.5, Double.NaN), ErrorCode.BAD_VALUE);
    refused(
        () -> UnlabelledDecisions.of(many, truths).f1(many, new boolean[2]), ErrorCode.WRONG_SHAPE);
    refused(() -> UnlabelledError.of(truths, truths), ErrorCode.BAD_VALUE);
    refused(() -> UnlabelledError.of(many, truths).estimate(0), ErrorCode.BAD_VALUE);
  }

  private static void refused(Runnable what, ErrorCode code) {
    assertThatThrownBy(what::run)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ")
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(code);
  }
}
