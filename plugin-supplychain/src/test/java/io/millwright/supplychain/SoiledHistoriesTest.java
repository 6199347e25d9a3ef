package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Short, mistyped, lumpy, shifted, ended and mostly empty histories, as files of plants have them.
 */
class SoiledHistoriesTest {

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

  private static double[] seasonal(int length, long seed, double size) {
    Random random = new Random(seed);
    double turn = 12 * random.nextDouble();
    double[] y = new double[length];
    for (int t = 0; t < length; t++) {
      y[t] =
          200 * (1 + size * Math.sin(2 * Math.PI * (t + turn) / 12) + 0.05 * random.nextGaussian());
    }
    return y;
  }

  private static List<Series> plain(int count, int length, long seed) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> Series.of("p" + i, Frequency.MONTHLY, "2021-01", seasonal(length, seed + i, 0)))
        .toList();
  }

  private static Forecast forecast(ForecastModel model, Series series) {
    return outcome(model, series).orElseThrow().value();
  }

  private static Outcome<Forecast> outcome(ForecastModel model, Series series) {
    try (Predictor<Series, Forecast> predictor = model.open()) {
      return predictor.predict(series);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 30, 36})
  void aPlainSeasonIsUsedFromTwoCyclesOn(int months) throws Exception {
    List<KnownFuture> truths = new ArrayList<>();
    double naive = 0;
    for (int i = 0; i < 20; i++) {
      double[] y = seasonal(months + 12, 100 + i, 0.4);
      Series whole = Series.of("s" + i, Frequency.MONTHLY, "2021-01", y);
      truths.add(KnownFuture.of(whole, 12));
      double scale = 0;
      for (int t = 12; t < months; t++) {
        scale += Math.abs(y[t] - y[t - 12]) / (months - 12);
      }
      for (int h = 0; h < 12; h++) {
        naive += Math.abs(y[months + h] - y[months - 12 + h]) / scale / 12 / 20;
      }
    }
    ForecastModel model =
        supply
            .forecasting()
            .horizon(12)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      assertThat(supply.evaluate(predictor, truths).figure("mase")).isLessThan(1.02 * naive);
    }
  }

  @Test
  void bandsOfSumsLieWithinTheSumsOfBands() throws Exception {
    List<Series> all =
        IntStream.range(0, 12)
            .mapToObj(i -> Series.of("s" + i, Frequency.MONTHLY, "2024-01", seasonal(24, i, 0.4)))
            .toList();
    ForecastModel model = supply.forecasting().horizon(18).train(all).await();
    for (Series series : all) {
      Forecast next = forecast(model, series);
      double low = 0;
      double high = 0;
      for (int h = 0; h < 18; h++) {
        low += next.periods().get(h).quantile(0.1);
        high += next.periods().get(h).quantile(0.9);
        assertThat(next.totals().get(h).quantile(0.1)).isGreaterThan(low - 1e-6);
        assertThat(next.totals().get(h).quantile(0.9)).isLessThan(high + 1e-6);
      }
    }
  }

  @Test
  void nothingForAThousandDaysIsNothing() throws Exception {
    List<Series> all = new ArrayList<>(plain(3, 60, 1));
    all.add(Series.of("never", Frequency.DAILY, "2023-01-01", new double[1000]));
    Forecast next = forecast(supply.forecasting().horizon(28).train(all).await(), all.get(3));
    assertThat(next.totals().get(27).mean()).isZero();
  }

  @Test
  void aMistypedMonthSpoilsNeitherTheOthersNorItself() throws Exception {
    List<Series> clean = plain(4, 60, 5);
    double[] typed = clean.get(3).toArray();
    typed[40] *= 1000;
    Series wrong = Series.of("p3", Frequency.MONTHLY, "2021-01", typed);
    List<Series> soiled = List.of(clean.get(0), clean.get(1), clean.get(2), wrong);
    StockItem item = StockItem.of(2, new StockCosts(1, 9, 0)).fill(0.95);
    ForecastModel before = supply.forecasting().horizon(6).train(clean).await();
    ForecastModel after = supply.forecasting().horizon(6).train(soiled).await();
    for (int i = 0; i < 4; i++) {
      double level = supply.stock().plan(forecast(before, clean.get(i)), item).orderUpTo();
      StockPlan plan = supply.stock().plan(forecast(after, soiled.get(i)), item);
      assertThat(plan.orderUpTo()).isBetween(0.9 * level, 1.1 * level);
      assertThat(plan.flags()).isEmpty();
    }
    assertThat(outcome(after, wrong).orElseThrow().flags()).contains(Flag.OUTLIER);
    assertThat(outcome(after, clean.get(0)).orElseThrow().flags()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -190, -2000})
  void aMonthBelowZeroIsFlaggedAndLeftOut(double value) throws Exception {
    List<Series> clean = plain(4, 60, 5);
    for (int month : new int[] {40, 59}) {
      double[] back = clean.get(3).toArray();
      back[month] = value;
      Series wrong = Series.of("p3", Frequency.MONTHLY, "2021-01", back);
      List<Series> soiled = List.of(clean.get(0), clean.get(1), clean.get(2), wrong);
      ForecastModel model = supply.forecasting().horizon(3).train(soiled).await();
      Outcome<Forecast> outcome = outcome(model, wrong);
      assertThat(outcome.orElseThrow().flags()).contains(Flag.OUTLIER);
      Distribution next = outcome.orElseThrow().value().periods().get(0);
      assertThat(next.mean()).isBetween(180.0, 220.0);
      assertThat(next.quantile(0.01)).isNotNegative();
      assertThat(outcome(model, clean.get(0)).orElseThrow().flags()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 12})
  void aFallToALowLevelIsNoDemandBelowZero(double level) throws Exception {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double[] y = Arrays.copyOf(seasonal(42, 30 + i, 0.2), 42);
      Arrays.fill(y, 36, 42, level);
      all.add(Series.of("p" + i, Frequency.MONTHLY, "2021-01", y));
    }
    ForecastModel model = supply.forecasting().horizon(3).train(all).await();
    for (Series series : all) {
      for (Distribution next : forecast(model, series).periods()) {
        assertThat(next.quantile(0.01)).isNotNegative();
        assertThat(next.mean()).isBetween(0.0, level + 20);
      }
    }
  }

  @Test
  void whatCrossesZeroByNatureIsNotFlagged() throws Exception {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Random random = new Random(i);
      double mean = 1 + i % 5;
      double[] y = random.doubles(60).map(u -> mean + 2 * random.nextGaussian()).toArray();
      all.add(Series.of("balance" + i, Frequency.MONTHLY, "2021-01", y));
    }
    ForecastModel model = supply.forecasting().horizon(3).train(all).await();
    long flagged =
        all.stream()
            .filter(s -> outcome(model, s).orElseThrow().flags().contains(Flag.OUTLIER))
            .count();
    assertThat(flagged).isLessThanOrEqualTo(1);
  }

  @Test
  void goodsThatCameBackDoNotHideWhatIsUsedNowAndThen() throws Exception {
    double[] y = new double[60];
    for (int t = 0; t < y.length; t += 6) {
      y[t] = 10;
    }
    y[31] = -10;
    Series part = Series.of("part", Frequency.MONTHLY, "2021-01", y);
    ForecastModel model = supply.forecasting().horizon(3).train(List.of(part)).await();
    Outcome<Forecast> outcome = outcome(model, part);
    assertThat(outcome.orElseThrow().flags()).contains(Flag.OUTLIER);
    assertThat(outcome.orElseThrow().value().periods().get(0).quantile(0.01)).isNotNegative();
  }

  @Test
  void partsUsedTenAtATimeGetTen() throws Exception {
    List<Series> parts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Random random = new Random(i);
      double[] y = new double[60];
      for (int k = 0; k <= i; k++) {
        y[random.nextInt(60)] = 10;
      }
      parts.add(Series.of("gasket" + i, Frequency.MONTHLY, "2021-01", y));
    }
    ForecastModel model = supply.forecasting().horizon(6).train(parts).await();
    StockItem item = StockItem.of(1, new StockCosts(1, 9, 0)).fill(0.95);
    for (Series part : parts) {
      double level = supply.stock().plan(forecast(model, part), item).orderUpTo();
      assertThat(level % 10).isZero();
      assertThat(level).isBetween(10.0, 20.0);
    }
  }

  @Test
  void whatEndedLongAgoHasNoForecast() throws Exception {
    List<Series> all = new ArrayList<>(plain(3, 60, 9));
    double[] y = seasonal(60, 4, 0);
    Arrays.fill(y, 30, 60, Double.NaN);
    Series dropped = Series.of("dropped", Frequency.MONTHLY, "2021-01", y);
    all.add(dropped);
    ForecastModel model = supply.forecasting().horizon(3).train(all).await();
    Outcome<Forecast> outcome = outcome(model, dropped);
    assertThat(outcome).isInstanceOf(Outcome.Abstention.class);
    assertThat(outcome.toString()).contains("ended in 2023-06");
    double[] late = seasonal(60, 4, 0);
    late[59] = Double.NaN;
    Forecast next = forecast(model, Series.of("late", Frequency.MONTHLY, "2021-01", late));
    assertThat(next.label(0)).isEqualTo("2026-01");
  }

  @Test
  void aLedgerIsAskedWhatNoRowMeans() throws Exception {
    List<Series> ledger = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double[] y = new double[60];
      Arrays.fill(y, Double.NaN);
      for (int t = i % 5; t < 60; t += 5) {
        y[t] = 10;
      }
      ledger.add(Series.of("g" + i, Frequency.MONTHLY, "2021-01", y));
    }
    assertThatThrownBy(() -> supply.forecasting().horizon(3).train(ledger))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("missingMeansZero");
    List<Series> zeros = ledger.stream().map(Series::missingMeansZero).toList();
    ForecastModel model = supply.forecasting().horizon(5).train(zeros).await();
    Distribution five = forecast(model, zeros.get(0)).totals().get(4);
    assertThat(five.mean()).isBetween(6.0, 16.0);
    assertThat(five.quantile(0.975)).isGreaterThan(five.quantile(0.025));
    // The ordinary model of others does not answer for a history that is mostly made up.
    ForecastModel other = supply.forecasting().horizon(3).train(plain(4, 60, 2)).await();
    assertThat(outcome(other, ledger.get(0)).toString()).contains("made up");
  }

  @Test
  void aJumpOfTheLevelIsFollowedAndBandsCoverAfterIt() throws Exception {
    List<KnownFuture> truths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double[] y = seasonal(84, 40 + i, 0.2);
      int at = 20 + new Random(i).nextInt(45);
      for (int t = at; t < y.length; t++) {
        y[t] += i % 2 == 0 ? 90 : -70;
      }
      truths.add(KnownFuture.of(Series.of("j" + i, Frequency.MONTHLY, "2019-01", y), 12));
    }
    ForecastModel model =
        supply
            .forecasting()
            .horizon(12)
            .train(truths.stream().map(KnownFuture::history).toList())
            .await();
    try (Predictor<Series, Forecast> predictor = model.open()) {
      assertThat(supply.evaluate(predictor, truths).figure("coverage 80")).isBetween(0.7, 0.92);
      long flagged =
          truths.stream()
              .filter(
                  t ->
                      predictor
                          .predict(t.history())
                          .orElseThrow()
                          .flags()
                          .contains(Flag.LEVEL_SHIFT))
              .count();
      assertThat(flagged).isGreaterThan(25);
    }
  }

  @Test
  void aMeanIsInsideItsBandAndTheChoiceNoWorseThanItsParts() throws Exception {
    List<Series> all = new ArrayList<>();
    Frequency fortnights = Frequency.WEEKLY.every(2, 0);
    for (int i = 0; i < 12; i++) {
      Random random = new Random(i);
      double[] y = new double[104];
      for (int t = 0; t < y.length; t++) {
        y[t] = 100 + 20 * Math.sin(2 * Math.PI * t / 26) + 5 * random.nextGaussian();
      }
      all.add(new Series("f" + i, fortnights, 1300, Arrays.stream(y).boxed().toList()));
    }
    ForecastModel model = supply.forecasting().train(all).await();
    double chosen = model.evaluation().figure("smape");
    String said = model.choice().split(";", -1)[0];
    Matcher part = Pattern.compile("(\\d+) % ([a-z]+(?: [a-z]+)?)").matcher(said);
    double sum = 0;
    double shares = 0;
    while (part.find()) {
      double share = Double.parseDouble(part.group(1));
      sum += share * model.evaluation().baselines().get(part.group(2)).get("smape");
      shares += share;
    }
    assertThat(shares).isGreaterThan(80);
    sum /= shares;
    assertThat(chosen).isLessThanOrEqualTo(sum + 1e-9);
    for (Series series : all) {
      for (Distribution d : forecast(model, series).periods()) {
        assertThat(d.mean()).isBetween(d.quantile(0.1), d.quantile(0.9));
      }
    }
  }

  @Test
  void aLevelThatNoHistoryJustifiesIsFlagged() {
    List<Double> p = List.of(0.5, 0.9, 0.999);
    Distribution wild = new Distribution(100, p, List.of(100.0, 200.0, 5000.0));
    Forecast f =
        new Forecast("x", Frequency.MONTHLY, 0, List.of(wild), List.of(wild), List.of(150.0));
    StockItem item = StockItem.of(0, new StockCosts(1, 999, 0));
    assertThat(supply.stock().plan(f, item).flags()).containsExactly(Flag.REVIEW);
    StockItem usual = StockItem.of(0, new StockCosts(1, 9, 0));
    assertThat(supply.stock().plan(f, usual).flags()).isEmpty();
  }
}
