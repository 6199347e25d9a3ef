package io.millwright.api.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calibration and decisions against their definitions, written out here. */
class ScoresTest {

  private static Scores of(double... scores) {
    return Scores.of(scores, Groups.of(scores.length, List.of()));
  }

  @Test
  void quantilesOfFiveScoresByHand() {
    Scores scores = of(3, 1, 2, 5, 4);
    // The k-th of n scores is the quantile of k / (n + 1) (Vovk; Lei and others 2018).
    for (int k = 1; k <= 5; k++) {
      assertThat(scores.upper(k / 6.0)).isEqualTo(k);
      assertThat(scores.upper(k / 6.0 - 0.1)).isEqualTo(k);
      assertThat(scores.lower(1 - k / 6.0)).isEqualTo(6 - k);
      assertThat(scores.lower(1 - k / 6.0 + 0.1)).isEqualTo(6 - k);
    }
    assertThat(scores.upper(5 / 6.0 + 0.01)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(scores.lower(1 / 6.0 - 0.01)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(scores.leastTail()).isEqualTo(1 / 6.0);
    assertThat(scores.groups()).isEqualTo(5);
    assertThat(scores.largest()).isEqualTo(5);
    assertThat(of(-7, 2).largest()).isEqualTo(7);
    assertThat(scores.shareBelow(1)).isZero();
    assertThat(scores.shareBelow(3.5)).isCloseTo(0.6 * 5 / 6, within(1e-12));
    assertThat(scores.shareBelow(9)).isCloseTo(5 / 6.0, within(1e-12));
  }

  /** With groups and ties: the least score whose weight up to it suffices, one by one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void quantilesByTheirDefinition(long key) {
    Random random = new Random(key);
    int n = 10 + random.nextInt(40);
    double[] scores = new double[n];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(9) - 4;
      names.add("g" + random.nextInt(6));
    }
    Groups groups = Groups.of(n, key % 2 == 0 ? List.of() : names);
    Scores read = Scores.of(Scores.of(scores, groups).data());
    long distinct = Arrays.stream(scores).distinct().count();
    double m = Math.max(groups.count(), distinct);
    for (double p = 0.02; p < 1; p += 0.02) {
      double up = Double.POSITIVE_INFINITY;
      double down = Double.NEGATIVE_INFINITY;
      for (double v = -4; v <= 4; v++) {
        double upTo = 0;
        double from = 0;
        boolean there = false;
        for (int i = 0; i < n; i++) {
          upTo += scores[i] <= v ? groups.weights()[i] : 0;
          from += scores[i] >= v ? groups.weights()[i] : 0;
          there |= scores[i] == v;
        }
        up = there && upTo >= p * (m + 1) / m - 1e-9 ? Math.min(up, v) : up;
        down = there && from >= (1 - p) * (m + 1) / m - 1e-9 ? Math.max(down, v) : down;
      }
      assertThat(read.upper(p)).as("upper %s", p).isEqualTo(up);
      assertThat(read.lower(p)).as("lower %s", p).isEqualTo(down);
    }
  }

  @Test
  void manyScoresAreThinnedWithTheirEnds() {
    double[] scores = new double[5000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i;
    }
    Scores thinned = of(scores);
    assertThat(thinned.values()).hasSize(Scores.MOST);
    assertThat(thinned.values().get(0)).isZero();
    assertThat(thinned.values().get(Scores.MOST - 1)).isEqualTo(4999);
    for (double p = 0.01; p < 1; p += 0.01) {
      assertThat(thinned.upper(p)).isBetween(5000 * p - 6, 5000 * p + 6);
      assertThat(thinned.lower(p)).isBetween(5000 * p - 6, 5000 * p + 6);
    }
    double[] thousand = Arrays.copyOf(scores, Scores.MOST);
    assertThat(of(thousand).values()).hasSize(Scores.MOST);
    assertThatThrownBy(() -> new Scores(List.of(), List.of(), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scores(List.of(1.0), List.of(), List.of(1.0), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scores(List.of(1.0), List.of(0.0), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scores(List.of(1.0), List.of(0.0), List.of(1.0), 0))
        .isInstanceOf(IllegalArgumentException.class);
    Scores falls = new Scores(List.of(2.0, 1.0), List.of(0.0, 0.5), List.of(0.5, 1.0), 2);
    assertThatThrownBy(() -> Scores.of(falls.data())).isInstanceOf(IllegalArgumentException.class);
    Scores shares = new Scores(List.of(1.0, 2.0), List.of(0.0, 0.5), List.of(0.5, 0.4), 2);
    assertThatThrownBy(() -> Scores.of(shares.data())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void groupsWeighAlike() {
    Groups groups = Groups.of(5, List.of("a", "b", "b", "a", "b"));
    assertThat(groups.count()).isEqualTo(2);
    assertThat(groups.of()).containsExactly(0, 1, 1, 0, 1);
    assertThat(groups.weights()[0]).isEqualTo(0.25);
    assertThat(groups.weights()[1]).isCloseTo(1 / 6.0, within(1e-12));
    assertThat(groups.samples(2, 0, true)).containsExactly(0, 3);
    assertThat(groups.samples(2, 0, false)).containsExactly(1, 2, 4);
    Groups one = Groups.of(4, List.of("a", "a", "a", "a"));
    assertThat(one.count()).isEqualTo(4);
    assertThat(one.weights()).containsOnly(0.25);
  }

  @Test
  void sizesOfErrorsAreInterpolated() {
    LocalScale scale = new LocalScale(List.of(1.0, 2.0, 4.0), List.of(10.0, 20.0, 0.0), 3);
    double[] at = {0, 1, 1.5, 2, 3, 3.9, 4, 9};
    double[] due = {10, 10, 15, 20, 10, 3, 3, 3};
    for (int i = 0; i < at.length; i++) {
      assertThat(scale.of(at[i])).as("at %s", at[i]).isCloseTo(due[i], within(1e-12));
    }
    assertThat(LocalScale.constant().of(7)).isEqualTo(1);
    assertThatThrownBy(() -> new LocalScale(List.of(1.0), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocalScale(List.of(), List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Errors twice as large above 0 as below: sizes follow, shrunk by ten samples' worth. */
  @Test
  void sizesOfErrorsFollowThePrediction() {
    int n = 400;
    double[] predicted = new double[n];
    double[] truth = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      predicted[i] = i - 199.5;
      truth[i] = predicted[i] + (i % 2 == 0 ? 1 : -1) * (predicted[i] > 0 ? 2 : 1);
      weights[i] = 1.0 / n;
    }
    LocalScale scale = ScaleFitter.fit(predicted, truth, weights);
    assertThat(scale.predictions()).hasSize(12);
    assertThat(scale.least()).isCloseTo(0.05 * 1.5, within(1e-9));
    // Bins of 33 or 34 samples.
    assertThat(scale.of(-190)).isCloseTo((33 + 15) / 43.0, within(0.01));
    assertThat(scale.of(190)).isCloseTo((66 + 15) / 43.0, within(0.01));
    assertThat(scale.of(0)).isBetween(scale.of(-60), scale.of(60));
    double[] sizes = ScaleFitter.crossFitted(predicted, truth, Groups.of(n, List.of()));
    assertThat(sizes[10]).isCloseTo(scale.of(predicted[10]), within(0.05));
    assertThat(sizes[390]).isCloseTo(scale.of(predicted[390]), within(0.05));
    assertThat(ScaleFitter.fit(predicted, predicted, weights).predictions()).isEmpty();
    double[] few = Arrays.copyOf(predicted, 49);
    assertThat(
            ScaleFitter.fit(few, Arrays.copyOf(truth, 49), Arrays.copyOf(weights, 49))
                .predictions())
        .isEmpty();
    assertThat(
            ScaleFitter.fit(
                    Arrays.copyOf(predicted, 50),
                    Arrays.copyOf(truth, 50),
                    Arrays.copyOf(weights, 50))
                .predictions())
        .hasSize(2);
  }

  private static double platt(double a, double b, double[] logit, boolean[] truth) {
    double sum = (a - 1) * (a - 1) + b * b;
    for (int i = 0; i < logit.length; i++) {
      double z = a * logit[i] + b;
      sum += Math.log1p(Math.exp(truth[i] ? -z : z));
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void plattsLineIsTheLikeliest(long key) {
    Random random = new Random(key);
    int n = key == 4 ? 3 : 200;
    double[] logit = new double[n];
    boolean[] truth = new boolean[n];
    for (int i = 0; i < n; i++) {
      logit[i] = 3 * random.nextGaussian();
      truth[i] = random.nextDouble() < 1 / (1 + Math.exp(-0.5 * key * logit[i] - 1));
    }
    double[] line = Platt.fit(logit, truth);
    double least = platt(line[0], line[1], logit, truth);
    for (double d : new double[] {-1e-3, 1e-3}) {
      assertThat(platt(line[0] + d, line[1], logit, truth)).isGreaterThan(least);
      assertThat(platt(line[0], line[1] + d, logit, truth)).isGreaterThan(least);
    }
  }

  @Test
  void theTemperatureIsTheLikeliestWhereItGainsClearly() {
    Random random = new Random(8);
    int n = 300;
    double[][] p = new double[n][];
    int[] truth = new int[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double[] logits = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[] sharp = new double[3];
      double[] soft = new double[3];
      for (int k = 0; k < 3; k++) {
        sharp[k] = Math.exp(3 * logits[k]);
        soft[k] = Math.exp(logits[k]);
      }
      p[i] = Temperature.apply(sharp, 1);
      double[] right = Temperature.apply(soft, 1);
      double u = random.nextDouble();
      truth[i] = u < right[0] ? 0 : u < right[0] + right[1] ? 1 : 2;
      weights[i] = 1.0 / n;
    }
    double inverse = Temperature.fit(p, truth, weights);
    double most = likelihood(p, truth, inverse);
    assertThat(inverse).isBetween(0.2, 0.5);
    for (double other : new double[] {0.1, 0.99 * inverse, 1.01 * inverse, 1, 10}) {
      assertThat(likelihood(p, truth, other)).isLessThan(most);
    }
    // Right already: left as it is.
    double[][] right = new double[n][];
    for (int i = 0; i < n; i++) {
      right[i] = Temperature.apply(p[i], 1 / 3.0);
    }
    assertThat(Temperature.fit(right, truth, weights)).isBetween(0.8, 1.2);
    double[] sums = Temperature.apply(new double[] {0.7, 0.2, 0.1}, 2);
    double total = 0.49 + 0.04 + 0.01;
    assertThat(sums[0]).isCloseTo(0.49 / total, within(1e-12));
    assertThat(sums[2]).isCloseTo(0.01 / total, within(1e-12));
  }

  private static double likelihood(double[][] p, int[] truth, double inverse) {
    double doubt = 1.0 / (truth.length + 2);
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double[] said = Temperature.apply(p[i], inverse);
      for (int k = 0; k < said.length; k++) {
        sum += (k == truth[i] ? 1 - doubt : doubt / (said.length - 1)) * Math.log(said[k]);
      }
    }
    return sum;
  }

  @Test
  void samplesThatAllHappenToBeRightMakeNoCertainties() {
    double[][] p = new double[40][];
    java.util.Arrays.setAll(p, i -> new double[] {0.8, 0.15, 0.05});
    double[] weights = new double[40];
    java.util.Arrays.fill(weights, 1.0 / 40);
    double said = Temperature.apply(p[0], Temperature.fit(p, new int[40], weights))[0];
    assertThat(said).isBetween(0.95, 0.99);
  }

  @Test
  void whereAPersonShouldLook() {
    Decision rule = new Decision.ByCost("none", 10, 4, OptionalDouble.of(1));
    double[] score = {0.05, 0.2, 0.5, 0.7, 0.8, 0.95};
    boolean[] positive = {false, false, true, true, true, true};
    // Looking pays from 1 / 10 to 1 - 1 / 4, and no sample beyond says otherwise.
    ClassScores.Band band = Figures.review(rule, positive, score, 0.3).orElseThrow();
    assertThat(band.low()).isCloseTo(0.1, within(1e-12));
    assertThat(band.high()).isCloseTo(0.75, within(1e-12));
    Map<String, Double> figures = new LinkedHashMap<>();
    Figures.decision(
        figures,
        positive,
        score,
        new ClassScores.Threshold("none", 0.3, Optional.of(band)),
        Optional.of(rule));
    // 0.2, 0.5 and 0.7 are looked at; 0.05 is a no, 0.8 and 0.95 are a yes.
    assertThat(figures.get("review share")).isEqualTo(0.5);
    assertThat(figures.get("cost realised")).isCloseTo(3.0 / 6, within(1e-12));
    assertThat(figures.get("cost expected"))
        .isCloseTo((3 + 0.05 * 10 + 4 * (0.2 + 0.05)) / 6, within(1e-12));
    // A miss below, and a false alarm above, widen it.
    boolean[] missed = {true, false, true, true, true, true};
    assertThat(Figures.review(rule, missed, score, 0.3).orElseThrow().low()).isEqualTo(0.05);
    boolean[] alarm = {false, false, true, true, false, true};
    assertThat(Figures.review(rule, alarm, score, 0.3).orElseThrow().high())
        .isEqualTo(Math.nextUp(0.8));
    assertThat(Figures.review(new Decision.ByF1("none"), positive, score, 0.3)).isEmpty();
    assertThat(
            Figures.review(
                new Decision.ByCost("none", 10, 4, OptionalDouble.empty()), positive, score, 0.3))
        .isEmpty();
  }
}
