package io.millwright.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.series.SeriesModel;
import io.millwright.series.internal.PatchModel;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesModelsTest {

  private static final SeriesModel MODEL = SeriesModels.standard();
  private static final int MEDIAN = MODEL.probabilities().indexOf(0.5);
  private static final List<Integer> YEAR = List.of(12);

  /** A season of twelve on a rising level, with some noise. */
  private static double[] monthly(int n, long key) {
    SplittableRandom random = new SplittableRandom(key);
    return IntStream.range(0, n)
        .mapToDouble(
            t ->
                100
                    + 0.3 * t
                    + 12 * Math.sin(2 * Math.PI * t / 12)
                    + 6 * Math.cos(4 * Math.PI * t / 12)
                    + 4 * (random.nextDouble() - 0.5))
        .toArray();
  }

  private static double[] medians(double[] history, List<Integer> seasons, int horizon) {
    return Arrays.stream(MODEL.quantiles(history, seasons, horizon))
        .mapToDouble(q -> q[MEDIAN])
        .toArray();
  }

  @Test
  void itForetellsASeasonAndATrendItWasNeverTrainedOnBetterThanTheSeasonBefore() {
    double own = 0;
    double naive = 0;
    for (int key = 0; key < 20; key++) {
      double[] all = monthly(96 + 18, key);
      double[] history = Arrays.copyOf(all, 96);
      double[] said = medians(history, YEAR, 18);
      for (int h = 0; h < 18; h++) {
        own += Math.abs(all[96 + h] - said[h]);
        naive += Math.abs(all[96 + h] - history[96 - 12 + h % 12]);
      }
    }
    assertThat(own).isLessThan(0.7 * naive);
  }

  @Test
  void theBandCoversAboutWhatItPromises() {
    int within = 0;
    int count = 0;
    for (int key = 0; key < 60; key++) {
      double[] all = monthly(96 + 12, 1000 + key);
      double[][] q = MODEL.quantiles(Arrays.copyOf(all, 96), YEAR, 12);
      for (int h = 0; h < 12; h++) {
        within += all[96 + h] >= q[h][0] && all[96 + h] <= q[h][q[h].length - 1] ? 1 : 0;
        count++;
      }
    }
    assertThat((double) within / count).isBetween(0.65, 0.97);
  }

  @Test
  void theUnitOfASeriesDoesNotMatter() {
    double[] history = monthly(70, 3);
    double[] scaled = Arrays.stream(history).map(v -> 1000 * v).toArray();
    double[] said = medians(history, YEAR, 24);
    double[] large = medians(scaled, YEAR, 24);
    for (int h = 0; h < 24; h++) {
      assertThat(large[h]).isCloseTo(1000 * said[h], within(1.0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 48, 49, 200})
  void anyHorizonHasAscendingFiniteQuantiles(int horizon) {
    double[][] all = MODEL.quantiles(monthly(60, 5), YEAR, horizon);
    assertThat(all).hasDimensions(horizon, MODEL.probabilities().size());
    for (double[] q : all) {
      assertThat(q).isSorted();
      assertThat(Arrays.stream(q).allMatch(Double::isFinite)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 23, 24, 500, 3000})
  void anyLengthHasAnAnswer(int length) {
    double[] said = medians(monthly(length, 6), List.of(12, 168), 30);
    assertThat(Arrays.stream(said).allMatch(v -> v > 0 && v < 10_000)).isTrue();
  }

  @Test
  void bandsWidenBeyondTheFirstRun() {
    double[][] all = MODEL.quantiles(monthly(120, 8), YEAR, 120);
    int last = all[0].length - 1;
    assertThat(all[119][last] - all[119][0]).isGreaterThan(all[0][last] - all[0][0]);
  }

  @Test
  void aConstantGoesOn() {
    double[] constant = new double[40];
    Arrays.fill(constant, 7.5);
    assertThat(Arrays.stream(medians(constant, YEAR, 60)).allMatch(v -> Math.abs(v - 7.5) < 1e-9))
        .isTrue();
    assertThat(medians(new double[5], List.of(), 3)).containsOnly(0.0);
  }

  @Test
  void missingValuesAreNoObstacle() {
    double[] history = monthly(96, 9);
    double[] whole = medians(history, YEAR, 12);
    for (int t = 0; t < 96; t += 7) {
      history[t] = Double.NaN;
    }
    double[] holes = medians(history, YEAR, 12);
    for (int h = 0; h < 12; h++) {
      assertThat(holes[h]).isCloseTo(whole[h], within(8.0));
    }
  }

  @Test
  void nothingKnownAndNothingAskedAreRefused() {
    double[] nothing = {Double.NaN, Double.NaN};
    assertThatThrownBy(() -> MODEL.quantiles(nothing, YEAR, 3))
        .isInstanceOf(MillwrightException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.TOO_FEW_DATA);
    assertThatThrownBy(() -> MODEL.quantiles(new double[] {1, Double.POSITIVE_INFINITY}, YEAR, 3))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("value 1")
        .extracting("code")
        .isEqualTo(ErrorCode.BAD_VALUE);
    assertThatThrownBy(() -> MODEL.quantiles(new double[] {1, 2}, YEAR, 0))
        .isInstanceOf(MillwrightException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.BAD_OPTION);
    assertThatThrownBy(() -> SeriesModels.filled(MODEL, nothing, YEAR))
        .isInstanceOf(MillwrightException.class);
  }

  @Test
  void theModelIsSmallNamedByItsDigestAndFoundAsAService() throws Exception {
    try (InputStream in = PatchModel.class.getResourceAsStream("series.mwb")) {
      assertThat(in).isNotNull();
      assertThat(in.readAllBytes().length).isLessThan(4 << 20);
    }
    assertThat(MODEL.id()).matches("patches-1@sha256:[0-9a-f]{64}|patches-1@[0-9a-f]{64}");
    assertThat(ServiceLoader.load(SeriesModel.class).stream())
        .anyMatch(p -> p.get().id().equals(MODEL.id()));
  }

  @Test
  void gapsAreFilledBetterThanByALine() {
    double[] truth = monthly(120, 11);
    double[] holed = truth.clone();
    Arrays.fill(holed, 50, 58, Double.NaN);
    Arrays.fill(holed, 90, 93, Double.NaN);
    double[] filled = SeriesModels.filled(MODEL, holed, YEAR);
    double own = 0;
    double line = 0;
    for (int t = 0; t < truth.length; t++) {
      if (Double.isNaN(holed[t])) {
        int from = t < 90 ? 49 : 89;
        int until = t < 90 ? 58 : 93;
        double at = (double) (t - from) / (until - from);
        own += Math.abs(filled[t] - truth[t]);
        line += Math.abs((1 - at) * truth[from] + at * truth[until] - truth[t]);
      } else {
        assertThat(filled[t]).isEqualTo(truth[t]);
      }
    }
    assertThat(own).isLessThan(0.5 * line);
  }

  @Test
  void gapsAtTheEndsAndInShortSeriesAreFilledToo() {
    double[] short1 = {Double.NaN, 2, Double.NaN, 4, Double.NaN};
    double[] filled = SeriesModels.filled(MODEL, short1, List.of());
    assertThat(filled[2]).isCloseTo(3, within(1e-9));
    assertThat(Arrays.stream(filled).noneMatch(Double::isNaN)).isTrue();
    double[] open = monthly(60, 2);
    Arrays.fill(open, 0, 5, Double.NaN);
    Arrays.fill(open, 55, 60, Double.NaN);
    assertThat(Arrays.stream(SeriesModels.filled(MODEL, open, YEAR)).noneMatch(Double::isNaN))
        .isTrue();
  }

  @Test
  void aPlantedSlipIsTheStrangestValueAndAChangeOfLevelIsLearnt() {
    double[] values = monthly(120, 13);
    values[80] += 60;
    double[] scores = SeriesModels.strangeness(MODEL, values, YEAR);
    int strangest =
        IntStream.range(8, 120).boxed().max((a, b) -> Double.compare(scores[a], scores[b])).get();
    assertThat(strangest).isEqualTo(80);
    assertThat(scores[80]).isGreaterThan(4);
    assertThat(Arrays.stream(scores, 0, 8).allMatch(Double::isNaN)).isTrue();
    double[] moved = monthly(120, 14);
    for (int t = 80; t < 120; t++) {
      moved[t] += 80;
    }
    double[] after = SeriesModels.strangeness(MODEL, moved, YEAR);
    assertThat(after[80]).isGreaterThan(4);
    assertThat(Arrays.stream(after, 100, 120).filter(s -> s > 4).count()).isLessThan(3);
  }

  @Test
  void demandNowAndThenIsNotStrange() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = new double[80];
    for (int t = 0; t < values.length; t++) {
      values[t] = random.nextDouble() < 0.2 ? 10 : 0;
    }
    values[70] = 90;
    double[] scores = SeriesModels.strangeness(MODEL, values, YEAR);
    for (int t = 20; t < values.length; t++) {
      if (t == 70) {
        assertThat(scores[t]).isGreaterThan(4);
      } else {
        assertThat(scores[t]).as("value %s at %s", values[t], t).isLessThan(4);
      }
    }
  }
}
