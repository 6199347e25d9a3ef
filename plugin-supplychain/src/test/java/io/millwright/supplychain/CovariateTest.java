package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Covariates against makings that are known. */
class CovariateTest {

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

  private static CovariateModel train(List<DrivenSeries> data) throws InterruptedException {
    return supply.forecasting().horizon(DrivenStore.AHEAD).withCovariates().train(data).await();
  }

  private static CovariateEffect effect(CovariateModel model, String name) {
    return model.effects().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void findsWhatDrivesDemandAndForecastsBetterWithIt() throws InterruptedException {
    List<DrivenSeries> wholes = DrivenStore.weekly(40, 96, 1, true, 40);
    CovariateModel model = train(DrivenStore.known(wholes));
    assertThat(effect(model, "price").kept()).isTrue();
    assertThat(effect(model, "price").factor()).isCloseTo(Math.pow(1.1, -2), within(0.03));
    assertThat(effect(model, "promotion").factor()).isCloseTo(1.8, within(0.1));
    assertThat(effect(model, "moon").kept()).isFalse();
    assertThat(model.choice()).contains("moon: no weight");

    Evaluation with;
    try (Predictor<DrivenSeries, Forecast> predictor = model.open()) {
      with = supply.evaluateWithCovariates(predictor, wholes, DrivenStore.AHEAD);
    }
    Evaluation without = without(wholes);
    assertThat(with.figure("quantile loss")).isLessThan(0.75 * without.figure("quantile loss"));
    assertThat(with.figure("coverage 80")).isBetween(0.7, 0.9);
  }

  /** What a price does without its promotion is not in such data: the pair is named. */
  @Test
  void aPriceThatFallsWithEveryPromotionIsNamedWithIt() throws InterruptedException {
    List<DrivenSeries> pairs = new ArrayList<>();
    Random random = new Random(8);
    for (DrivenSeries d : DrivenStore.known(DrivenStore.weekly(30, 96, 2, true, 40))) {
      List<Double> promotion = d.known().get("promotion");
      List<Double> price = new ArrayList<>();
      for (double on : promotion) {
        price.add((on > 0 ? 2.5 : 3) * Math.exp(0.03 * random.nextGaussian()));
      }
      pairs.add(DrivenSeries.of(d.history()).known("price", price).known("promotion", promotion));
    }
    assertThat(train(pairs).choice()).contains("price and promotion move together (correlation -");
  }

  private static Evaluation without(List<DrivenSeries> wholes) throws InterruptedException {
    List<KnownFuture> truths =
        wholes.stream().map(d -> KnownFuture.of(d.history(), DrivenStore.AHEAD)).toList();
    ForecastModel model =
        supply
            .forecasting()
            .horizon(DrivenStore.AHEAD)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      return supply.evaluate(predictor, truths);
    }
  }

  @Test
  void findsThemInSmallCountsToo() throws InterruptedException {
    List<DrivenSeries> wholes = DrivenStore.weekly(60, 96, 2, true, 0.7);
    CovariateModel model = train(DrivenStore.known(wholes));
    assertThat(effect(model, "promotion").kept()).isTrue();
    assertThat(effect(model, "promotion").factor()).isCloseTo(1.8, within(0.35));
    assertThat(effect(model, "moon").kept()).isFalse();
    try (Predictor<DrivenSeries, Forecast> predictor = model.open()) {
      Evaluation with = supply.evaluateWithCovariates(predictor, wholes, DrivenStore.AHEAD);
      assertThat(with.figure("quantile loss"))
          .isLessThan(0.97 * without(wholes).figure("quantile loss"));
    }
  }

  @Test
  void whatDoesNotHelpHasNoWeightAndChangesNothing() throws InterruptedException {
    List<DrivenSeries> known = DrivenStore.known(DrivenStore.weekly(30, 80, 3, false, 30));
    CovariateModel model = train(known);
    assertThat(model.effects()).noneMatch(CovariateEffect::kept);
    List<Series> plain = known.stream().map(DrivenSeries::history).toList();
    ForecastModel without = supply.forecasting().horizon(DrivenStore.AHEAD).train(plain).await();
    try (Predictor<DrivenSeries, Forecast> a = model.open();
        Predictor<Series, Forecast> b = without.open()) {
      for (int i = 0; i < known.size(); i++) {
        assertThat(a.predict(known.get(i)).orElseThrow().value())
            .isEqualTo(b.predict(plain.get(i)).orElseThrow().value());
      }
    }
  }

  @Test
  void aNewArticleIsForecastByThoseLikeIt(@TempDir Path folder) throws InterruptedException {
    List<DrivenSeries> wholes = DrivenStore.weekly(40, 80, 4, true, 30);
    List<DrivenSeries> known = DrivenStore.known(wholes);
    CovariateModel model = train(known);
    assertThat(model.choice()).contains("new articles: by likeness in brand");
    model.saveTo(folder.resolve("driven.mwb"));
    Series nothing =
        new Series(
            "new",
            known.get(0).history().frequency(),
            known.get(0).history().start() + 80,
            List.of());
    try (Predictor<DrivenSeries, Forecast> fresh = model.open();
        Predictor<DrivenSeries, Forecast> opened =
            millwright.open(SupplyChain.FORECAST_WITH_COVARIATES, folder.resolve("driven.mwb"))) {
      double[] means = new double[2];
      for (int k = 0; k < 2; k++) {
        DrivenSeries article =
            usual(DrivenSeries.of(nothing).attribute("brand", k == 0 ? "north" : "south"));
        Forecast f = fresh.predict(article).orElseThrow().value();
        means[k] = f.periods().get(0).quantile(0.5);
        assertThat(opened.predict(article).orElseThrow().value()).isEqualTo(f);
        assertThat(f.periods().get(0).quantile(0.9)).isGreaterThan(1.2 * means[k]);
      }
      assertThat(means[0] / means[1]).isBetween(2.0, 4.5);
      for (DrivenSeries d : known) {
        assertThat(opened.predict(d).orElseThrow().value())
            .isEqualTo(fresh.predict(d).orElseThrow().value());
      }
      Outcome<Forecast> without = fresh.predict(DrivenSeries.of(nothing));
      assertThat(without.<String>fold(p -> "", a -> a.findings().get(0).message()))
          .contains("brand");
    }
  }

  private static DrivenSeries usual(DrivenSeries d) {
    return d.known("price", Collections.nCopies(DrivenStore.AHEAD, 3.0))
        .known("promotion", Collections.nCopies(DrivenStore.AHEAD, 0.0));
  }

  @Test
  void aLeadingIndicatorOfThePastCounts() throws InterruptedException {
    List<DrivenSeries> wholes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Random random = new Random(900 + i);
      List<Double> leads = new ArrayList<>();
      List<Double> idle = new ArrayList<>();
      List<Double> sold = new ArrayList<>();
      double x = 0;
      double before = 0;
      for (int t = 0; t < 100; t++) {
        sold.add(200 * Math.exp(0.3 * before + 0.05 * random.nextGaussian()));
        before = x;
        x = 0.3 * x + random.nextGaussian();
        leads.add(10 + 2 * x);
        idle.add(random.nextDouble());
      }
      Series history = new Series("p" + i, Frequency.COUNTED, 0, sold);
      wholes.add(DrivenSeries.of(history).past("enquiries", leads).past("noise", idle));
    }
    List<DrivenSeries> known = wholes.stream().map(d -> d.first(98)).toList();
    CovariateModel model = supply.forecasting().horizon(2).withCovariates().train(known).await();
    assertThat(effect(model, "enquiries").kept()).isTrue();
    assertThat(effect(model, "noise").kept()).isFalse();
    Evaluation with;
    try (Predictor<DrivenSeries, Forecast> predictor = model.open()) {
      with = supply.evaluateWithCovariates(predictor, wholes, 2);
    }
    ForecastModel plain =
        supply
            .forecasting()
            .horizon(2)
            .train(known.stream().map(DrivenSeries::history).toList())
            .await();
    try (Predictor<Series, Forecast> predictor = plain.open()) {
      List<KnownFuture> truths = wholes.stream().map(d -> KnownFuture.of(d.history(), 2)).toList();
      assertThat(with.figure("mase"))
          .isLessThan(0.8 * supply.evaluate(predictor, truths).figure("mase"));
    }
  }

  @Test
  void aCovariateThatEndsTooEarlyIsNamed() throws InterruptedException {
    List<DrivenSeries> known = DrivenStore.known(DrivenStore.weekly(20, 80, 5, true, 40));
    CovariateModel model = train(known);
    DrivenSeries one = known.get(0);
    DrivenSeries cut = one.known("promotion", one.known().get("promotion").subList(0, 82));
    try (Predictor<DrivenSeries, Forecast> predictor = model.open()) {
      Outcome<Forecast> outcome = predictor.predict(cut);
      assertThat(outcome.<String>fold(p -> "", a -> a.findings().get(0).toString()))
          .contains("w0", "promotion", "known up to");
    }
  }

  @Test
  void badInputIsRefused() {
    Series s = Simulated.monthly(1, 40, 1).get(0);
    assertThatThrownBy(
            () -> DrivenSeries.of(s).known("price", List.of(1.0, Double.POSITIVE_INFINITY)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("price")
        .hasMessageContaining("m0");
    assertThatThrownBy(() -> DrivenSeries.of(s).past("x", Collections.nCopies(41, 1.0)))
        .hasMessageContaining("known ahead");
    CovariateTrainer trainer = supply.forecasting().withCovariates();
    DrivenSeries one = DrivenSeries.of(s);
    assertThatThrownBy(() -> trainer.train(List.of(one, one))).hasMessageContaining("twice");
    assertThatThrownBy(() -> trainer.train(List.of()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
    Series other = Series.of("q", Frequency.QUARTERLY, "2020-Q1", 1, 2, 3, 4);
    assertThatThrownBy(() -> trainer.train(List.of(one, DrivenSeries.of(other))))
        .hasMessageContaining("frequencies");
  }

  @Test
  void holidaysComeByRule() {
    HolidayCalendar calendar =
        HolidayCalendar.of(
            "Christmas=12-25", "Christmas=12-26", "easter-2", "4 thu nov", "last mon may");
    assertThat(calendar.days(2026).get("easter-2").toString()).isEqualTo("[2026-04-03]");
    assertThat(calendar.days(2024).get("easter-2").toString()).isEqualTo("[2024-03-29]");
    assertThat(calendar.days(2026).get("4 thu nov").toString()).isEqualTo("[2026-11-26]");
    assertThat(calendar.days(2026).get("last mon may").toString()).isEqualTo("[2026-05-25]");
    long december = Frequency.MONTHLY.number("2026-12");
    assertThat(calendar.covariates(Frequency.MONTHLY, december, 1))
        .containsEntry("Christmas", List.of(2.0))
        .containsEntry("working days", List.of(22.0));
    long eve = Frequency.DAILY.number("2026-12-24");
    assertThat(calendar.covariates(Frequency.DAILY, eve, 3))
        .containsEntry("Christmas", List.of(0.0, 1.0, 1.0))
        .containsEntry("eve of a holiday", List.of(1.0, 1.0, 0.0));
    long week = Frequency.WEEKLY.number("2026-W53");
    assertThat(calendar.covariates(Frequency.WEEKLY, week - 1, 2))
        .containsEntry("Christmas", List.of(2.0, 0.0));
    assertThatThrownBy(() -> HolidayCalendar.of("5 xyz")).hasMessageContaining("5 xyz");
    assertThatThrownBy(() -> calendar.covariates(Frequency.COUNTED, 0, 3))
        .hasMessageContaining("counted");
  }
}
