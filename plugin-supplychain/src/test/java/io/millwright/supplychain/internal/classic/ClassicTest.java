package io.millwright.supplychain.internal.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.supplychain.ForecastMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicTest {

  private static final int[] NONE = {};

  private static double[] line(int n, double level, double slope) {
    double[] y = new double[n];
    for (int t = 0; t < n; t++) {
      y[t] = level + slope * t;
    }
    return y;
  }

  private static Fit fit(ForecastMethod method, double[] y, int[] lengths, int horizon) {
    return new Methods(y, Seasons.of(y, lengths), lengths, horizon).forecast(method);
  }

  @ParameterizedTest
  @EnumSource(ForecastMethod.class)
  void whatNeverChangesGoesOn(ForecastMethod method) {
    double[] y = new double[30];
    Arrays.fill(y, 12);
    for (double v : fit(method, y, new int[] {12}, 6).mean()) {
      assertThat(v)
          .as(method.name())
          .isCloseTo(method == ForecastMethod.SBA ? 11.9 : 12, within(0.2));
    }
  }

  @ParameterizedTest
  @EnumSource(ForecastMethod.class)
  void anyLengthAndAnyValuesGiveFiniteForecasts(ForecastMethod method) {
    for (int n = 1; n < 40; n++) {
      Random random = new Random(n);
      for (int kind = 0; kind < 5; kind++) {
        double[] y = new double[n];
        for (int t = 0; t < n; t++) {
          y[t] =
              switch (kind) {
                case 0 -> 0;
                case 1 -> random.nextInt(2);
                case 2 -> 1e12 * random.nextDouble();
                case 3 -> random.nextGaussian();
                default -> Math.exp(0.5 * t);
              };
        }
        for (double v : fit(method, y, new int[] {4, 12}, 8).mean()) {
          assertThat(v).as("%s of %s", method, Arrays.toString(y)).isFinite();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ForecastMethod.class,
      names = {"HOLT", "DYNAMIC_THETA", "ETS"})
  void aLineGoesOn(ForecastMethod method) {
    double[] mean = fit(method, line(40, 10, 2), NONE, 5).mean();
    for (int h = 0; h < 5; h++) {
      assertThat(mean[h]).as(method.name()).isCloseTo(10 + 2 * (40 + h), within(1.5));
    }
  }

  @Test
  void theStandardThetaMethodAddsHalfTheSlope() {
    double[] mean = fit(ForecastMethod.THETA, line(40, 10, 2), NONE, 3).mean();
    assertThat(mean[2] - mean[1]).isCloseTo(1, within(1e-9));
  }

  @Test
  void simpleSmoothingIsTheLeastSquareOfAllItsParameters() {
    Random random = new Random(4);
    double[] y = new double[60];
    double level = 50;
    for (int t = 0; t < 60; t++) {
      level += 2 * random.nextGaussian();
      y[t] = level + 3 * random.nextGaussian();
    }
    double found = fit(ForecastMethod.SIMPLE, y, NONE, 1).mean()[0];
    // The forecast belongs to the best of a fine grid of parameters and first levels.
    double least = Double.POSITIVE_INFINITY;
    double best = 0;
    for (double a = 0.01; a < 1; a += 0.01) {
      for (double first = 40; first < 60; first += 0.25) {
        double l = first;
        double sum = 0;
        for (double v : y) {
          sum += (v - l) * (v - l);
          l += a * (v - l);
        }
        if (sum < least) {
          least = sum;
          best = l;
        }
      }
    }
    assertThat(found).isCloseTo(best, within(0.1));
  }

  @Test
  void aSeasonIsFoundAndComesBack() {
    double[] y = new double[72];
    for (int t = 0; t < 72; t++) {
      y[t] = (100 + t) * (1 + 0.3 * Math.sin(2 * Math.PI * t / 12));
    }
    assertThat(Seasons.isSeasonal(y, 12)).isTrue();
    assertThat(Seasons.isSeasonal(line(72, 5, 0), 12)).isFalse();
    for (ForecastMethod method :
        List.of(ForecastMethod.DAMPED, ForecastMethod.DYNAMIC_THETA, ForecastMethod.ETS)) {
      double[] mean = fit(method, y, new int[] {12}, 12).mean();
      for (int h = 0; h < 12; h++) {
        double truth = (172 + h) * (1 + 0.3 * Math.sin(2 * Math.PI * h / 12));
        assertThat(mean[h]).as("%s, %s", method, h).isCloseTo(truth, within(0.06 * truth));
      }
    }
  }

  @Test
  void chanceMakesNoSeasonAndNoChanceLeavesItWhole() {
    double[] pure = new double[60];
    for (int t = 0; t < 60; t++) {
      pure[t] = 100 + 20 * Math.sin(2 * Math.PI * t / 12);
    }
    double[] phases = Phases.of(pure, 12, false).values();
    for (int p = 0; p < 12; p++) {
      assertThat(phases[p]).isCloseTo(20 * Math.sin(2 * Math.PI * p / 12), within(1e-9));
    }
    double drawn = 0;
    double plain = 0;
    for (int key = 0; key < 50; key++) {
      Random random = new Random(key);
      double[] noise = random.doubles(60).map(v -> 100 + v).toArray();
      drawn += Arrays.stream(Phases.of(noise, 12, false).values()).map(v -> v * v).sum();
      // Means of four to five values between 0 and 1.
      plain += 12 / 12.0 / 4.5;
    }
    assertThat(drawn).isLessThan(0.4 * plain);
  }

  @Test
  void adjustingAndRestoringIsTheIdentity() {
    Random random = new Random(2);
    double[] y = new double[24 * 21];
    for (int t = 0; t < y.length; t++) {
      y[t] =
          50 + 10 * Math.sin(2 * Math.PI * t / 24) + (t % 168 < 24 ? 8 : 0) + random.nextDouble();
    }
    Seasons seasons = Seasons.of(y, 24, 168);
    for (int t = 0; t < y.length; t++) {
      assertThat(seasons.at(seasons.adjusted()[t], t)).isCloseTo(y[t], within(1e-9));
    }
    double spread =
        Arrays.stream(seasons.adjusted()).max().orElse(0)
            - Arrays.stream(seasons.adjusted()).min().orElse(0);
    assertThat(spread).isLessThan(4);
  }

  @Test
  void gapsGetLevelAndSeason() {
    double[] y = new double[60];
    for (int t = 0; t < 60; t++) {
      y[t] = (100 + t) * (1 + 0.4 * Math.cos(2 * Math.PI * t / 12));
    }
    double[] gaps = y.clone();
    Arrays.fill(gaps, 24, 30, Double.NaN);
    double[] filled = Gaps.filled(gaps, 12);
    for (int t = 0; t < 60; t++) {
      assertThat(filled[t]).isCloseTo(y[t], within(t >= 24 && t < 30 ? 0.1 * y[t] : 0));
    }
    double[] late = {Double.NaN, Double.NaN, 3, Double.NaN, 5, Double.NaN};
    assertThat(Gaps.filled(late)).containsExactly(3, 4, 5, 5);
  }

  @Test
  void sporadicMethodsDoAsTheirPapersSay() {
    double[] y = new double[120];
    for (int t = 3; t < 120; t += 4) {
      y[t] = 8;
    }
    assertThat(fit(ForecastMethod.CROSTON, y, NONE, 1).mean()[0]).isCloseTo(2, within(0.01));
    assertThat(fit(ForecastMethod.SBA, y, NONE, 1).mean()[0]).isBetween(1.4, 2.0);
    double[] over = Arrays.copyOf(y, 240);
    double fading = fit(ForecastMethod.TSB, over, NONE, 1).mean()[0];
    double lasting = fit(ForecastMethod.CROSTON, over, NONE, 1).mean()[0];
    assertThat(fading).isLessThan(0.5 * lasting);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-4, 0.01, 0.3, 0.5, 0.84, 0.975, 0.9999})
  void normalQuantilesInvertTheDistribution(double p) {
    assertThat(Normal.cumulative(Normal.quantile(p))).isCloseTo(p, within(1e-12 * (p + 1e-3)));
  }

  @Test
  void normalValuesAreThoseOfTables() {
    assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-12));
    assertThat(Normal.cumulative(-3.5)).isCloseTo(2.3262907903552504e-4, within(1e-15));
    assertThat(Normal.loss(0)).isCloseTo(1 / Math.sqrt(2 * Math.PI), within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.7, 3, 40})
  void theNegativeBinomialAddsUp(double mean) {
    for (double shape : new double[] {0.1, 0.4, 2, 100}) {
      double sum = 0;
      double first = 0;
      for (int k = 0; k < 5000; k++) {
        double p = Math.exp(NegativeBinomial.log(k, mean, shape));
        sum += p;
        first += k * p;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(first).isCloseTo(mean, within(1e-4 * mean + 1e-6));
      double[] q = NegativeBinomial.quantiles(mean, shape, new double[] {0.1, 0.5, 0.9, 0.99});
      double below = 0;
      for (int k = 0; k < q[2]; k++) {
        below += Math.exp(NegativeBinomial.log(k, mean, shape));
      }
      assertThat(below).isLessThan(0.9);
      assertThat(below + Math.exp(NegativeBinomial.log(q[2], mean, shape)))
          .isGreaterThanOrEqualTo(0.9 - 1e-9);
    }
  }

  @Test
  void ratesOfManySeriesAreLearnt() {
    List<double[]> histories = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      double rate = random.nextBoolean() ? 0.1 : 1.2;
      double[] y = new double[48];
      for (int t = 0; t < 48; t++) {
        double product = random.nextDouble();
        while (product > Math.exp(-rate)) {
          product *= random.nextDouble();
          y[t]++;
        }
      }
      histories.add(y);
      rates.add(rate);
    }
    CountRate model = CountRate.fit(histories, 12, 1);
    double error = 0;
    double naive = 0;
    for (int i = 0; i < 400; i++) {
      double mean = model.mean(histories.get(i));
      error += Math.pow(mean - rates.get(i), 2);
      naive +=
          Math.pow(Arrays.stream(histories.get(i)).skip(36).average().orElse(0) - rates.get(i), 2);
    }
    assertThat(error).isLessThan(0.6 * naive);
  }

  @Test
  void searchesFindTheLeastValue() {
    assertThat(Search.golden(x -> (x - 0.37) * (x - 0.37), 0, 1, 9, 30))
        .isCloseTo(0.37, within(1e-5));
    double[] best =
        Search.simplex(
                p -> 100 * Math.pow(p[1] - p[0] * p[0], 2) + Math.pow(1 - p[0], 2),
                new double[] {-1.2, 1},
                new double[] {0.5, 0.5},
                2000)
            .at();
    assertThat(best[0]).isCloseTo(1, within(0.02));
    assertThat(best[1]).isCloseTo(1, within(0.04));
  }

  @Test
  void theMedianIsThatOfTheSortedValues() {
    Random random = new Random(8);
    for (int n = 1; n <= 60; n++) {
      double[] values = new double[n + 2];
      for (int k = 0; k < values.length; k++) {
        values[k] = k % 7 == 3 ? Double.POSITIVE_INFINITY : random.nextInt(12);
      }
      double[] before = values.clone();
      double[] sorted = Arrays.copyOf(values, n);
      Arrays.sort(sorted);
      double middle = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
      assertThat(Outliers.median(values, n)).as("of %d", n).isEqualTo(middle);
      assertThat(values).as("left as they were").containsExactly(before);
    }
  }

  /** A line with almost no noise leaves few digits to a difference of sums. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-7, 1, 30})
  void squaredErrorsAreThoseOfARunThroughTheSeries(double noise) {
    Random random = new Random(3);
    double[] y = new double[60];
    for (int t = 0; t < y.length; t++) {
      y[t] = 100 + 2 * t + noise * random.nextGaussian();
    }
    double alpha = 0.4;
    double beta = 0.1;
    double phi = 0.9;
    Linear states = new Linear(y);
    double found =
        states.run(phi, alpha + phi * beta, 0, phi, phi * beta, phi, phi).solve(100, 2, 1e-3, 1e-1);
    double level = states.a;
    double growth = states.b;
    double squares = 0;
    for (double v : y) {
      double said = level + phi * growth;
      double e = v - said;
      squares += e * e;
      level = said + alpha * e;
      growth = phi * growth + beta * e;
    }
    assertThat(found).isCloseTo(squares, within(1e-9 * squares + 1e-15));
    double simple = states.run(alpha).solve(y[0], 0, 1e-3, 1);
    level = states.a;
    squares = 0;
    for (double v : y) {
      squares += (v - level) * (v - level);
      level += alpha * (v - level);
    }
    assertThat(simple).isCloseTo(squares, within(1e-9 * squares + 1e-15));
  }

  @Test
  void aStrayingWalkIsSeldomTakenForAJump() {
    Random random = new Random(11);
    int moved = 0;
    for (int series = 0; series < 200; series++) {
      int season = series % 2 == 0 ? 4 : 12;
      double[] y = new double[10 * season];
      double level = 500;
      for (int t = 0; t < y.length; t++) {
        level += random.nextGaussian();
        y[t] = level + 10 * Math.sin(2 * Math.PI * t / season) + 0.3 * random.nextGaussian();
      }
      moved += Arrays.equals(Shifts.removed(y, season), y) ? 0 : 1;
    }
    // 56 of 200 where nothing beside the cycle and no length of it was asked for, 26 today.
    assertThat(moved).isLessThanOrEqualTo(30);
  }
}
