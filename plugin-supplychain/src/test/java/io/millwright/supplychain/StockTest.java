package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

  private static Millwright millwright;
  private static SupplyChain supply;
  private static ForecastModel model;
  private static List<Series> all;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    supply = millwright.plugin(SupplyChain.class);
    all = new ArrayList<>(Simulated.monthly(30, 84, 2));
    all.addAll(Simulated.counts(60, 84, 2));
    model =
        supply.forecasting().horizon(6).train(all.stream().map(s -> s.first(60)).toList()).await();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Forecast forecast(int series) {
    try (Predictor<Series, Forecast> predictor = model.open()) {
      return predictor.predict(all.get(series).first(60)).orElseThrow().value();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 31, 50})
  void aBaseStockIsTheCriticalQuantileOverLeadTimeAndOnePeriod(int series) {
    Forecast f = forecast(series);
    StockCosts costs = new StockCosts(1, 19, 0);
    StockPlan plan = supply.stock().plan(f, StockItem.of(2, costs));
    assertThat(plan.orderUpTo()).isEqualTo(f.totals().get(2).quantile(0.95));
    assertThat(plan.reorderPoint()).isEqualTo(plan.orderUpTo());
    // No other level costs less on the same distribution, but for its coarse grid.
    Distribution d = f.totals().get(2);
    for (double level : new double[] {0.7, 0.85, 1.2, 1.5}) {
      double y = level * plan.orderUpTo();
      assertThat(d.excess(y) + 19 * d.shortage(y)).isGreaterThan(0.97 * plan.cost());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 33, 51})
  void aDearerOrderIsLargerAndRarer(int series) {
    Forecast f = forecast(series);
    double gap = -1;
    for (double order : new double[] {0, 5, 50, 500}) {
      StockPlan plan = supply.stock().plan(f, StockItem.of(1, new StockCosts(1, 9, order)));
      assertThat(plan.orderUpTo() - plan.reorderPoint()).isGreaterThanOrEqualTo(gap);
      gap = plan.orderUpTo() - plan.reorderPoint();
    }
    assertThat(gap).isPositive();
  }

  @Test
  void aSeasonIsANewsvendor() {
    Forecast f = forecast(3);
    StockPlan plan = supply.stock().season(f, 3, new StockCosts(2, 6, 0));
    assertThat(plan.orderUpTo()).isEqualTo(f.totals().get(2).quantile(0.75));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingIsLostOnTheWay(boolean lost) {
    StockItem item = StockItem.of(2, new StockCosts(1, 9, 10));
    item = lost ? item.lostSales() : item;
    try (Predictor<Series, Forecast> predictor = model.open()) {
      for (int i : new int[] {0, 5, 32, 40}) {
        StockRun run = supply.stock().simulate(predictor, all.get(i), item, 20);
        assertThat(run.periods()).hasSize(20);
        for (int t = 1; t < 20; t++) {
          StockRun.Period before = run.periods().get(t - 1);
          StockRun.Period p = run.periods().get(t);
          double in = before.stock() - before.owed() + p.arrived();
          double out = p.stock() - p.owed() + p.demand() - (lost ? p.missing() : 0);
          assertThat(out).isCloseTo(in, within(1e-6 * (1 + Math.abs(in))));
          assertThat(p.stock()).isNotNegative();
          assertThat(p.missing()).isBetween(0.0, p.demand());
        }
        for (int t = 2; t < 20; t++) {
          assertThat(run.periods().get(t).arrived()).isEqualTo(run.periods().get(t - 2).ordered());
        }
      }
    }
  }

  @Test
  void moreServiceNeedsMoreStock() {
    try (Predictor<Series, Forecast> predictor = model.open()) {
      double stock = 0;
      double fill = 0;
      for (double target : new double[] {0.7, 0.9, 0.99}) {
        StockItem item = StockItem.of(1, new StockCosts(1, 9, 0)).fill(target);
        double sum = 0;
        double missing = 0;
        double demand = 0;
        for (Series s : all.subList(30, 90)) {
          StockRun run = supply.stock().simulate(predictor, s, item, 20);
          sum += run.meanStock();
          missing += run.periods().stream().mapToDouble(StockRun.Period::missing).sum();
          demand += run.periods().stream().mapToDouble(StockRun.Period::demand).sum();
        }
        assertThat(sum).isGreaterThan(stock);
        assertThat(1 - missing / demand).isGreaterThan(fill);
        stock = sum;
        fill = 1 - missing / demand;
      }
      assertThat(fill).isGreaterThan(0.96);
    }
  }

  @Test
  void wrongUseIsNamed() {
    double[] returned = new double[84];
    java.util.Arrays.fill(returned, 5);
    returned[50] = -2;
    Series negative = Series.of("returns", Frequency.MONTHLY, "2015-01", returned);
    StockItem item = StockItem.of(1, new StockCosts(1, 9, 0));
    try (Predictor<Series, Forecast> predictor = model.open()) {
      assertThatThrownBy(() -> supply.stock().simulate(predictor, negative, item, 12))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("returns")
          .hasMessageContaining("2019-03");
      assertThatThrownBy(() -> supply.stock().simulate(predictor, all.get(0).first(10), item, 12))
          .hasMessageContaining("10 periods");
    }
    assertThatThrownBy(
            () -> supply.stock().plan(forecast(0), StockItem.of(6, new StockCosts(1, 9, 0))))
        .hasMessageContaining("horizon");
    assertThatThrownBy(() -> new StockCosts(-1, 9, 0))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void twoLevelsAreTheBestOfAll(int seed) {
    Random random = new Random(seed);
    double mean = 1 + 8 * random.nextDouble();
    StockCosts costs =
        new StockCosts(
            1 + random.nextDouble(), 3 + 9 * random.nextDouble(), 20 * random.nextDouble() + 1);
    StockModels.Levels best = supply.models().reorder(new Demand.Poisson(mean), costs);
    // By force: the cost of every pair, from the chances of where the position stands.
    double least = Double.POSITIVE_INFINITY;
    for (int low = -5; low < 20; low++) {
      for (int high = low + 1; high < 45; high++) {
        least = Math.min(least, cost(low, high, mean, costs));
      }
    }
    assertThat(best.cost()).isCloseTo(least, within(1e-9));
  }

  private static double cost(int low, int high, double mean, StockCosts costs) {
    int n = high - low;
    double[] visits = new double[n];
    double p0 = Math.exp(-mean);
    for (int j = 0; j < n; j++) {
      double sum = j == 0 ? 1 : 0;
      double p = p0;
      for (int l = 1; l <= j; l++) {
        p *= mean / l;
        sum += p * visits[j - l];
      }
      visits[j] = sum / (1 - p0);
    }
    double periods = 0;
    double sum = costs.order();
    for (int j = 0; j < n; j++) {
      periods += visits[j];
      double held = 0;
      double p = p0;
      for (int d = 0; d < 200; d++) {
        int left = high - j - d;
        held += p * (left > 0 ? costs.holding() * left : -costs.shortage() * left);
        p *= mean / (d + 1);
      }
      sum += visits[j] * held;
    }
    return sum / periods;
  }
}
