package io.millwright.api.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.RegressionMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratedTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  /**
   * Held-out samples of units: errors are skewed, grow with the prediction, and each unit has an
   * error of its own.
   */
  private record Held(double[] predicted, double[] truth, List<String> groups) {

    static Held draw(Random random, int units, int most, double clip) {
      List<double[]> all = new ArrayList<>();
      List<String> groups = new ArrayList<>();
      for (int u = 0; u < units; u++) {
        double own = random.nextGaussian();
        int rows = 1 + random.nextInt(most);
        for (int r = 0; r < rows; r++) {
          double predicted = 125 * random.nextDouble();
          double doubt = Math.exp(0.4 * random.nextGaussian());
          double size = (0.5 + predicted / 12) * doubt;
          double error =
              size
                  * (0.5 * own
                      + random.nextGaussian()
                      + 0.5 * (Math.exp(random.nextGaussian() / 2) - 1.13));
          double truth = Math.max(0, Math.min(clip, predicted + error));
          all.add(new double[] {Math.min(clip, predicted), truth});
          groups.add("unit " + u);
        }
      }
      return new Held(column(all, 0), column(all, 1), groups);
    }

    private static double[] column(List<double[]> rows, int c) {
      return rows.stream().mapToDouble(r -> r[c]).toArray();
    }

    /** Those whose truth is between two bounds, the upper one left out. */
    Held between(double from, double to) {
      int[] some =
          IntStream.range(0, truth.length).filter(i -> truth[i] >= from && truth[i] < to).toArray();
      return new Held(
          Arrays.stream(some).mapToDouble(i -> predicted[i]).toArray(),
          Arrays.stream(some).mapToDouble(i -> truth[i]).toArray(),
          Arrays.stream(some).mapToObj(groups::get).toList());
    }

    Calibrated.Quantity calibrate(boolean normalised) {
      return Calibrated.quantity(normalised, predicted, truth, groups);
    }
  }

  private record Judged(double coverage, double score) {}

  private static Judged judge(
      Calibrated.Quantity calibrated, Held test, double level, double clip) {
    double[] low = new double[test.truth().length];
    double[] high = new double[low.length];
    boolean limited = true;
    for (int i = 0; i < low.length; i++) {
      Uncertainty.Interval interval =
          (Uncertainty.Interval)
              calibrated.uncertainties(test.predicted()[i], Unit.CYCLE, 0, clip).at(level);
      low[i] = interval.low();
      high[i] = interval.high();
      limited &= low[i] >= 0 && low[i] <= clip && (high[i] < clip || high[i] == INF);
    }
    assertThat(limited).as("ends lie within the limits").isTrue();
    double coverage = RegressionMetrics.coverage(test.truth(), low, high);
    double[] closed = Arrays.stream(high).map(h -> Math.min(h, Math.max(clip, 0))).toArray();
    double score =
        clip == INF
            ? Double.NaN
            : RegressionMetrics.intervalScore(test.truth(), low, closed, level);
    return new Judged(coverage, score);
  }

  private static void coverage(int seeds, double tolerance) {
    double plain = 0;
    double normalised = 0;
    double plainScore = 0;
    double normalisedScore = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      Held held = Held.draw(random, 80, 40, 125);
      // One row of each of many new units, since units are what coverage is promised over.
      Held test = Held.draw(random, 800, 1, 125);
      Judged p = judge(held.calibrate(false), test, 0.9, 125);
      Judged n = judge(held.calibrate(true), test, 0.9, 125);
      plain += p.coverage() / seeds;
      normalised += n.coverage() / seeds;
      plainScore += p.score() / seeds;
      normalisedScore += n.score() / seeds;
    }
    assertThat(plain).isCloseTo(0.9, within(tolerance));
    assertThat(normalised).isCloseTo(0.9, within(tolerance));
    assertThat(normalisedScore).isLessThan(0.9 * plainScore);
  }

  @Test
  void intervalsCoverWhatTheyClaimAndNormalisedOnesAreSharper() {
    coverage(30, 0.03);
  }

  @Test
  @Tag("thorough")
  void intervalsCoverWhatTheyClaimOverManySeeds() {
    coverage(400, 0.025);
  }

  @Test
  void nearALimitEachRunOfPredictionsHasErrorsOfItsOwn() {
    double middle = 0;
    double whole = 0;
    double before = 0;
    double score = 0;
    double scoreBefore = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Held held = Held.draw(random, 100, 60, 125);
      Held test = Held.draw(random, 1000, 1, 125);
      Calibrated.Quantity local =
          Calibrated.limitedQuantity(held.predicted(), held.truth(), held.groups(), 125);
      assertThat(local.local().isNone()).isFalse();
      Judged all = judge(local, test, 0.9, 125);
      Judged one = judge(held.calibrate(true), test, 0.9, 125);
      whole += all.coverage() / 20;
      score += all.score() / 20;
      scoreBefore += one.score() / 20;
      Held part = test.between(50, 120);
      middle += judge(local, part, 0.9, 125).coverage() / 20;
      before += judge(held.calibrate(true), part, 0.9, 125).coverage() / 20;
    }
    assertThat(whole).isBetween(0.88, 0.95);
    assertThat(middle).isGreaterThan(before - 0.01).isBetween(0.86, 0.95);
    assertThat(score).isLessThan(1.05 * scoreBefore);
  }

  @Test
  void localErrorsAreReadBackAsTheyWereAndNeedManySamples() {
    Random random = new Random(5);
    Held held = Held.draw(random, 100, 60, 125);
    Calibrated.Quantity local =
        Calibrated.limitedQuantity(held.predicted(), held.truth(), held.groups(), 125);
    assertThat(Calibrated.ofQuantity(local.data())).isEqualTo(local);
    Held few = Held.draw(random, 30, 60, 125);
    assertThat(
            Calibrated.limitedQuantity(few.predicted(), few.truth(), few.groups(), 125)
                .local()
                .isNone())
        .isTrue();
    for (int i = 0; i < 20; i++) {
      Uncertainties u = local.uncertainties(125 * random.nextDouble(), Unit.NONE, 0, 125);
      Uncertainty.Interval inner = (Uncertainty.Interval) u.at(0.001);
      double last = Double.NEGATIVE_INFINITY;
      for (int k = 2; k < 1000; k++) {
        Uncertainty.Interval outer = (Uncertainty.Interval) u.at(k / 1000.0);
        double q = u.quantiles(k / 1000.0)[0];
        assertThat(outer.low()).isLessThanOrEqualTo(inner.low());
        assertThat(outer.high()).isGreaterThanOrEqualTo(inner.high());
        assertThat(q).isGreaterThanOrEqualTo(last);
        last = q;
        inner = outer;
      }
    }
    assertThatThrownBy(() -> new LocalErrors(List.of(2.0, 1.0), local.local().scores()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fewGroupsGiveWideIntervalsRatherThanWrongOnes() {
    for (int units : new int[] {10, 15, 25}) {
      double covered = 0;
      for (int seed = 0; seed < 60; seed++) {
        Random random = new Random(seed);
        Calibrated.Quantity calibrated = Held.draw(random, units, 12, 125).calibrate(true);
        covered += judge(calibrated, Held.draw(random, 200, 1, 125), 0.9, 125).coverage() / 60;
      }
      assertThat(covered).as(units + " units").isGreaterThan(0.88);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12, 30, 200, 3000})
  void intervalsAreNestedAndQuantilesDoNotFall(int units) {
    Random random = new Random(units);
    Held held = Held.draw(random, units, units > 1000 ? 2 : 10, 125);
    for (boolean normalised : new boolean[] {false, true}) {
      Calibrated.Quantity calibrated = held.calibrate(normalised);
      assertThat(calibrated.scores().values().size()).isLessThanOrEqualTo(1000);
      for (double high : new double[] {125, INF}) {
        Uncertainties u = calibrated.uncertainties(125 * random.nextDouble(), Unit.NONE, 0, high);
        Uncertainty.Interval inner = (Uncertainty.Interval) u.at(0.001);
        double last = Double.NEGATIVE_INFINITY;
        boolean ordered = true;
        for (int k = 2; k < 1000; k++) {
          Uncertainty.Interval outer = (Uncertainty.Interval) u.at(k / 1000.0);
          double q = u.quantiles(k / 1000.0)[0];
          ordered &= outer.low() <= inner.low() && outer.high() >= inner.high() && q >= last;
          last = q;
          inner = outer;
        }
        assertThat(ordered).as("nested intervals, rising quantiles").isTrue();
      }
    }
  }

  @Test
  void anUpperEndAtTheLimitIsOpenAndALowerOneAtTheFloorIsTheFloor() {
    double[] errors = new double[199];
    Arrays.setAll(errors, i -> (i - 99) / 10.0);
    double[] predicted = new double[199];
    Arrays.fill(predicted, 50);
    double[] truth = Arrays.stream(errors).map(e -> 50 + e).toArray();
    Calibrated.Quantity calibrated = Calibrated.quantity(false, predicted, truth, List.of());
    Uncertainty.Interval middle =
        (Uncertainty.Interval) calibrated.uncertainties(60, Unit.CYCLE, 0, 125).at(0.9);
    assertThat(middle.low()).isCloseTo(51, within(1e-9));
    assertThat(middle.high()).isCloseTo(69, within(1e-9));
    Uncertainty.Interval top =
        (Uncertainty.Interval) calibrated.uncertainties(118, Unit.CYCLE, 0, 125).at(0.9);
    assertThat(top.low()).isCloseTo(109, within(1e-9));
    assertThat(top.high()).isEqualTo(INF);
    assertThat(top).hasToString("at least 109.0 cycle");
    Uncertainty.Interval bottom =
        (Uncertainty.Interval) calibrated.uncertainties(3, Unit.CYCLE, 0, 125).at(0.9);
    assertThat(bottom.low()).isZero();
    assertThat(calibrated.uncertainties(118, Unit.CYCLE, 0, 125).quantiles(0.05, 0.95)[1])
        .isEqualTo(INF);
  }

  @Test
  void aLongGroupDoesNotOutvoteShortOnes() {
    double[] truth = new double[1000 + 99];
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < truth.length; i++) {
      truth[i] = i < 1000 ? 100 : 1;
      groups.add(i < 1000 ? "long" : "short " + i);
    }
    double[] zeros = new double[truth.length];
    Uncertainties u =
        Calibrated.quantity(false, zeros, truth, groups).uncertainties(0, Unit.NONE, -INF, INF);
    assertThat(u.quantiles(0.5, 0.9)).containsExactly(1, 1);
  }

  @Test
  void degenerateErrorsGiveDegenerateIntervals() {
    double[] same = new double[100];
    Arrays.setAll(same, i -> i);
    Uncertainty.Interval exact =
        (Uncertainty.Interval)
            Calibrated.quantity(true, same, same, List.of())
                .uncertainties(7, Unit.NONE, -INF, INF)
                .at(0.9);
    assertThat(exact.low()).isEqualTo(7);
    assertThat(exact.high()).isEqualTo(7);
    Uncertainty.Interval one =
        (Uncertainty.Interval)
            Calibrated.quantity(true, new double[] {1}, new double[] {2}, List.of("a"))
                .uncertainties(7, Unit.NONE, 0, 125)
                .at(0.9);
    assertThat(one.low()).isZero();
    assertThat(one.high()).isEqualTo(INF);
    Held history = Held.draw(new Random(1), 1, 400, INF);
    assertThat(
            ((Uncertainty.Interval)
                    history.calibrate(true).uncertainties(50, Unit.NONE, 0, INF).at(0.5))
                .width())
        .isFinite();
  }

  @Test
  void badCalibrationDataAreRefused() {
    double[] two = {1, 2};
    assertThatThrownBy(() -> Calibrated.quantity(true, new double[0], new double[0], List.of()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
    assertThatThrownBy(() -> Calibrated.quantity(true, two, two, List.of("a")))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SHAPE));
    assertThatThrownBy(
            () -> Calibrated.quantity(true, two, new double[] {1, Double.NaN}, List.of()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE));
    assertThatThrownBy(
            () -> Calibrated.classes(new double[][] {{0.5, 0.5}}, new int[] {2}, List.of()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_LABEL));
  }

  /** Probabilities that are too sure of themselves by a known temperature. */
  private record Labelled(double[][] probabilities, int[] truth) {
    static Labelled draw(Random random, int n, int classes, double temperature) {
      double[][] probabilities = new double[n][];
      int[] truth = new int[n];
      for (int i = 0; i < n; i++) {
        double[] p = new double[classes];
        for (int k = 0; k < classes; k++) {
          p[k] = Math.exp(1.5 * random.nextGaussian());
        }
        double sum = Arrays.stream(p).sum();
        double u = random.nextDouble() * sum;
        while (truth[i] < classes - 1 && u >= p[truth[i]]) {
          u -= p[truth[i]++];
        }
        double[] sure = Arrays.stream(p).map(v -> Math.pow(v / sum, temperature)).toArray();
        double all = Arrays.stream(sure).sum();
        probabilities[i] = Arrays.stream(sure).map(v -> v / all).toArray();
      }
      return new Labelled(probabilities, truth);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 3})
  void theTemperatureIsFoundAndProbabilitiesAreRight(double temperature) {
    Labelled held = Labelled.draw(new Random(1), 3000, 4, temperature);
    Calibrated.Classes calibrated =
        Calibrated.classes(held.probabilities(), held.truth(), List.of());
    assertThat(calibrated.temperature()).isCloseTo(temperature, within(0.1 * temperature));
    Labelled test = Labelled.draw(new Random(2), 3000, 4, temperature);
    double[][] better =
        Arrays.stream(test.probabilities()).map(calibrated::probabilities).toArray(double[][]::new);
    assertThat(ClassMetrics.calibrationError(test.truth(), better, 10)).isLessThan(0.05);
    assertThat(ClassMetrics.logLoss(test.truth(), better))
        .isLessThanOrEqualTo(ClassMetrics.logLoss(test.truth(), test.probabilities()) + 2e-3);
    for (double[] p : better) {
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void labelSetsCoverWhatTheyClaimAndAreNested(int classes) {
    List<String> labels = List.of("a", "b", "c", "d", "e").subList(0, classes);
    double covered = 0;
    double size = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Labelled held = Labelled.draw(random, 400, classes, 2);
      Calibrated.Classes calibrated =
          Calibrated.classes(held.probabilities(), held.truth(), List.of());
      Labelled test = Labelled.draw(random, 400, classes, 2);
      for (int i = 0; i < 400; i++) {
        Uncertainties u =
            calibrated.uncertainties(calibrated.probabilities(test.probabilities()[i]), labels);
        List<String> set = ((Uncertainty.LabelSet) u.at(0.9)).labels();
        covered += set.contains(labels.get(test.truth()[i])) ? 1 / 8000.0 : 0;
        size += set.size() / 8000.0;
        assertThat(((Uncertainty.LabelSet) u.at(0.95)).labels())
            .startsWith(set.toArray(new String[0]));
        assertThat(u.quantiles(0.5)).containsExactly(Double.NaN);
      }
    }
    assertThat(covered).isBetween(0.885, 0.93);
    assertThat(size).isLessThan(0.95 * classes);
  }

  @Test
  void oneClassifiedSampleIsNotTrusted() {
    Calibrated.Classes one =
        Calibrated.classes(new double[][] {{0.9, 0.1}}, new int[] {0}, List.of());
    assertThat(
            ((Uncertainty.LabelSet)
                    one.uncertainties(new double[] {0.9, 0.1}, List.of("a", "b")).at(0.9))
                .labels())
        .containsExactly("a", "b");
    assertThat(one.temperature()).isBetween(0.1, 10.0);
  }
}
