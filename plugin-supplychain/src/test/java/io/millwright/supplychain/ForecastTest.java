package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static Millwright millwright;
  private static SupplyChain supply;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    supply = millwright.plugin(SupplyChain.class);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Test
  void bandsCoverWhatTheyPromiseAndTheChoiceBeatsTheSeasonalNaiveMethod() throws Exception {
    List<KnownFuture> truths =
        Simulated.monthly(150, 84, 5).stream().map(s -> KnownFuture.of(s, 12)).toList();
    ForecastModel model =
        supply
            .forecasting()
            .horizon(12)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      Evaluation e = supply.evaluate(predictor, truths);
      assertThat(e.figure("coverage 80")).isBetween(0.74, 0.86);
      assertThat(e.figure("coverage 95")).isBetween(0.91, 0.98);
      ForecastModel naive =
          supply
              .forecasting()
              .horizon(12)
              .methods(ForecastMethod.SEASONAL_NAIVE)
              .train(truths.stream().map(KnownFuture::history).toList())
              .await();
      try (Predictor<Series, Forecast> reference = naive.open()) {
        Evaluation n = supply.evaluate(reference, truths);
        assertThat(e.figure("mase")).isLessThan(0.9 * n.figure("mase"));
        assertThat(e.figure("quantile loss")).isLessThan(0.9 * n.figure("quantile loss"));
      }
    }
    assertThat(model.choice()).contains("MONTH-12").contains("mean of");
    assertThat(model.evaluation().baselines()).containsKey("seasonal naive");
  }

  @Test
  void totalsAreMeasuredOnSums() throws Exception {
    List<KnownFuture> truths =
        Simulated.monthly(120, 84, 6).stream().map(s -> KnownFuture.of(s, 12)).toList();
    ForecastModel model =
        supply
            .forecasting()
            .horizon(12)
            .methods(ForecastMethod.DYNAMIC_THETA)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    int inside = 0;
    try (Predictor<Series, Forecast> predictor = model.open()) {
      for (KnownFuture t : truths) {
        double sum = t.future().subList(0, 6).stream().mapToDouble(Double::doubleValue).sum();
        Distribution total = predictor.predict(t.history()).orElseThrow().value().totals().get(5);
        inside += sum >= total.quantile(0.1) && sum <= total.quantile(0.9) ? 1 : 0;
      }
    }
    assertThat(inside / 120.0).isBetween(0.7, 0.9);
  }

  @Test
  void twoSeasonsAreFound() throws Exception {
    List<KnownFuture> truths = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      double[] y = new double[24 * 7 * 5];
      for (int t = 0; t < y.length; t++) {
        double day = 1 + 0.4 * Math.sin(2 * Math.PI * t / 24);
        double week = t / 24 % 7 >= 5 ? 0.6 : 1.1;
        y[t] = 100 * day * week * Math.exp(0.03 * random.nextGaussian());
      }
      truths.add(
          KnownFuture.of(Series.of("load " + i, Frequency.HOURLY, "2026-01-05T00:00", y), 96));
    }
    ForecastModel model =
        supply
            .forecasting()
            .horizon(96)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      Evaluation e = supply.evaluate(predictor, truths);
      // The noise alone makes a symmetric error of some 2.4 %.
      assertThat(e.figure("smape")).isLessThan(4);
    }
  }

  @Test
  void oneSeriesIsEnough() throws Exception {
    Series alone = Simulated.monthly(1, 96, 8).get(0);
    ForecastModel model = supply.forecasting().horizon(6).train(List.of(alone)).await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      Outcome.Prediction<Forecast> p = predictor.predict(alone).orElseThrow();
      assertThat(p.value().label(0)).isEqualTo("2023-01");
      assertThat(p.uncertainty().at(0.8)).isInstanceOf(Uncertainty.Band.class);
      for (Distribution d : p.value().periods()) {
        assertThat(d.quantile(0.9)).isGreaterThan(d.quantile(0.1));
      }
    }
  }

  @Test
  void gapsAreFilledAndSaidSo() throws Exception {
    Series whole = Simulated.monthly(1, 96, 9).get(0);
    double[] gaps = whole.toArray();
    Arrays.fill(gaps, 40, 46, Double.NaN);
    gaps[70] = Double.NaN;
    Series holed = Series.of("holed", Frequency.MONTHLY, "2015-01", gaps);
    ForecastModel model = supply.forecasting().horizon(6).train(List.of(whole, holed)).await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      Outcome.Prediction<Forecast> p = predictor.predict(holed).orElseThrow();
      assertThat(p.flags()).contains(Flag.IMPUTED);
      double reference = predictor.predict(whole).orElseThrow().value().periods().get(0).mean();
      assertThat(p.value().periods().get(0).mean()).isBetween(0.9 * reference, 1.1 * reference);
    }
  }

  @Test
  void whatCannotBeForecastSaysWhy() throws Exception {
    List<Series> all = Simulated.monthly(5, 60, 1);
    ForecastModel model = supply.forecasting().horizon(6).train(all).await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      Outcome<Forecast> one =
          predictor.predict(Series.of("lonely", Frequency.MONTHLY, "2020-01", 3));
      assertThat(one).isInstanceOf(Outcome.Abstention.class);
      assertThat(((Outcome.Abstention<Forecast>) one).findings().toString()).contains("lonely");
      double[] huge = new double[40];
      Arrays.fill(huge, 1e308);
      Outcome<Forecast> large =
          predictor.predict(Series.of("huge", Frequency.MONTHLY, "2020-01", huge));
      assertThat(((Outcome.Abstention<Forecast>) large).findings().toString())
          .contains("huge")
          .contains("too large");
      Outcome<Forecast> zero =
          predictor.predict(Series.of("nothing", Frequency.MONTHLY, "2020-01", new double[40]));
      assertThat(zero.orElseThrow().value().means()).allMatch(v -> v == 0);
      assertThat(zero.orElseThrow().flags()).contains(Flag.OUTSIDE_TRAINING_RANGE);
      Outcome<Forecast> weekly =
          predictor.predict(Series.of("w", Frequency.WEEKLY, "2020-W01", 1.5, 2, 3, 4, 5));
      assertThat(((Outcome.Abstention<Forecast>) weekly).code()).isEqualTo(ErrorCode.OUT_OF_RANGE);
    }
    assertThatThrownBy(() -> supply.forecasting().train(List.of()))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("longer than the horizon");
    assertThatThrownBy(() -> supply.forecasting().horizon(0)).hasMessageContaining("1 to 1000");
  }

  @Test
  void aSeriesThatRepeatedToTheLastDigitIsFlaggedWhereItsBandHasNoWidth() throws Exception {
    double[] season = new double[72];
    double[] line = new double[72];
    for (int t = 0; t < season.length; t++) {
      season[t] = 100.3 + 7.1 * (t % 12) * (11 - t % 12);
      line[t] = 50.7 + 1.3 * t;
    }
    List<Series> exact =
        List.of(
            Series.of("season", Frequency.MONTHLY, "2018-01", season),
            Series.of("line", Frequency.MONTHLY, "2018-01", line));
    List<Series> all = new ArrayList<>(Simulated.monthly(5, 72, 1));
    all.addAll(exact);
    ForecastModel model = supply.forecasting().horizon(6).train(all).await();
    int narrow = 0;
    try (Predictor<Series, Forecast> predictor = model.open()) {
      for (Series series : all) {
        Outcome.Prediction<Forecast> p = predictor.predict(series).orElseThrow();
        boolean certain =
            p.value().periods().stream()
                .anyMatch(d -> d.quantile(0.999) - d.quantile(0.001) < 1e-6 * 400);
        narrow += certain ? 1 : 0;
        assertThat(p.flags().contains(Flag.OUTSIDE_TRAINING_RANGE))
            .as(series.id())
            .isEqualTo(certain);
      }
    }
    assertThat(narrow).isPositive();
  }

  @Test
  void countsAreWholeAndTheirTotalsFitTheHorizon() throws Exception {
    List<KnownFuture> truths =
        Simulated.counts(200, 60, 4).stream().map(s -> KnownFuture.of(s, 12)).toList();
    ForecastModel model =
        supply
            .forecasting()
            .horizon(12)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    int below = 0;
    double mean = 0;
    double truth = 0;
    try (Predictor<Series, Forecast> predictor = model.open()) {
      for (KnownFuture t : truths) {
        Forecast f = predictor.predict(t.history()).orElseThrow().value();
        Distribution total = f.totals().get(11);
        assertThat(total.quantiles()).allMatch(q -> q == Math.rint(q) && q >= 0);
        double sum = t.future().stream().mapToDouble(Double::doubleValue).sum();
        below += sum <= total.quantile(0.9) ? 1 : 0;
        mean += total.mean();
        truth += sum;
      }
    }
    assertThat(below / 200.0).isBetween(0.85, 0.99);
    assertThat(mean).isBetween(0.93 * truth, 1.07 * truth);
  }
}
