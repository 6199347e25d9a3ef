package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Levels on terms, beside answers that are known for normal demand. */
class StockTermsTest {

  private static final double MEAN = 100;
  private static final double DEVIATION = 20;
  private static final StockCosts COSTS = new StockCosts(1, 9, 0);

  private static Millwright millwright;
  private static StockPlanner planner;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    planner = millwright.plugin(SupplyChain.class).stock();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** Independent normal periods. */
  private static Forecast forecast(int horizon) {
    List<Distribution> periods = new ArrayList<>();
    List<Distribution> totals = new ArrayList<>();
    for (int n = 1; n <= horizon; n++) {
      periods.add(normal(MEAN, DEVIATION));
      totals.add(normal(n * MEAN, Math.sqrt(n) * DEVIATION));
    }
    return new Forecast("bolt", Frequency.DAILY, 20_000, periods, totals);
  }

  private static Distribution normal(double mean, double deviation) {
    List<Double> p = DoubleStream.iterate(0.0005, v -> v < 1, v -> v + 0.001).boxed().toList();
    return new Distribution(mean, p, p.stream().map(v -> mean + deviation * quantile(v)).toList());
  }

  private static double quantile(double p) {
    return root(StockTermsTest::cumulative, p, -8, 8);
  }

  private static double root(DoubleUnaryOperator rising, double value, double low, double high) {
    double a = low;
    double b = high;
    for (int i = 0; i < 80; i++) {
      double middle = (a + b) / 2;
      if (rising.applyAsDouble(middle) < value) {
        a = middle;
      } else {
        b = middle;
      }
    }
    return b;
  }

  /** By Simpson's rule over the density. */
  private static double cumulative(double z) {
    int n = 200;
    double h = z / n;
    double sum = 1 + Math.exp(-z * z / 2);
    for (int i = 1; i < n; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-(i * h) * (i * h) / 2);
    }
    return 0.5 + h / 3 * sum / Math.sqrt(2 * Math.PI);
  }

  @Test
  void goodsOfOneDayAreANewsvendorThatPaysForWhatIsLeft() {
    StockTerms fresh = StockTerms.none().perishing(1, 5);
    StockPlan plan = planner.plan(forecast(3), StockItem.of(0, COSTS).lostSales().on(fresh));
    double best = MEAN + DEVIATION * quantile(9.0 / (9 + 1 + 5));
    assertThat(plan.orderUpTo()).isCloseTo(best, within(2.0));
    double z = (plan.orderUpTo() - MEAN) / DEVIATION;
    double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    double left = DEVIATION * (z * cumulative(z) + density);
    assertThat(plan.service().orElseThrow().waste().value()).isCloseTo(left, within(0.5));
  }

  @Test
  void goodsThatLastLongAreOrderedAsThoseThatKeep() {
    StockItem keeps = StockItem.of(1, COSTS).on(StockTerms.none().every(2));
    StockItem lasts = StockItem.of(1, COSTS).on(StockTerms.none().every(2).perishing(30, 5));
    assertThat(planner.plan(forecast(4), lasts).orderUpTo())
        .isCloseTo(planner.plan(forecast(4), keeps).orderUpTo(), within(3.0));
  }

  @Test
  void aRhythmOfReviewCoversTheDemandUntilTheNextOrderArrives() {
    StockTerms terms = StockTerms.none().every(4).cycleService(0.9);
    StockPlan plan = planner.plan(forecast(5), StockItem.of(1, COSTS).on(terms));
    double level = 5 * MEAN + Math.sqrt(5) * DEVIATION * quantile(0.9);
    assertThat(plan.orderUpTo()).isCloseTo(level, within(6.0));
    Estimate cycle = plan.service().orElseThrow().cycle();
    assertThat(cycle.low()).isLessThan(0.9);
    assertThat(cycle.high()).isGreaterThan(0.9);
  }

  @Test
  void leadTimesByChanceAreAMixture() {
    // One or three periods: beside two periods of demand, each of two earlier ones is outstanding
    // with one half.
    StockTerms terms = StockTerms.none().leadTimes(List.of(0.0, 0.5, 0.0, 0.5)).readyRate(0.9);
    StockPlan plan = planner.plan(forecast(4), StockItem.of(1, COSTS).on(terms));
    DoubleUnaryOperator ready =
        y ->
            0.25 * cumulative((y - 2 * MEAN) / (DEVIATION * Math.sqrt(2)))
                + 0.5 * cumulative((y - 3 * MEAN) / (DEVIATION * Math.sqrt(3)))
                + 0.25 * cumulative((y - 4 * MEAN) / (DEVIATION * Math.sqrt(4)));
    assertThat(plan.orderUpTo()).isCloseTo(root(ready, 0.9, 0, 800), within(6.0));
  }

  @Test
  void lotsAreWholeContainersAndKeepTheService() {
    StockTerms terms = StockTerms.none().lots(130, 60);
    StockItem item = StockItem.of(1, COSTS).fill(0.97).on(terms);
    StockPlan plan = planner.plan(forecast(4), item);
    assertThat(plan.order(plan.reorderPoint() - 1)).isEqualTo(180);
    assertThat(plan.order(plan.reorderPoint() - 181)).isEqualTo(240);
    assertThat(plan.order(plan.reorderPoint() + 1)).isZero();
    assertThat(plan.fillRate()).isBetween(0.97, 0.975);
    // Containers leave more on the shelf on average, so that less safety is needed.
    assertThat(plan.reorderPoint())
        .isLessThan(planner.plan(forecast(4), StockItem.of(1, COSTS).fill(0.97)).orderUpTo());
  }

  @Test
  void aDearOrderIsALotButNoneThatPerishes() {
    StockCosts dear = new StockCosts(1, 9, 2000);
    StockPlan keeps =
        planner.plan(forecast(4), StockItem.of(1, dear).on(StockTerms.none().lots(1, 0)));
    StockPlan fresh =
        planner.plan(forecast(4), StockItem.of(1, dear).on(StockTerms.none().perishing(3, 20)));
    assertThat(keeps.orderUpTo() - keeps.reorderPoint()).isBetween(400.0, 1000.0);
    assertThat(fresh.orderUpTo()).isLessThan(keeps.orderUpTo());
  }

  @Test
  void whatNoStockReachesIsRefused() {
    StockTerms terms = StockTerms.none().every(4).perishing(2, 0);
    assertThatThrownBy(() -> planner.plan(forecast(6), StockItem.of(1, COSTS).fill(0.99).on(terms)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("bolt")
        .hasMessageContaining("cannot be reached")
        .satisfies(
            e -> assertThat(((MillwrightException) e).code()).isEqualTo(ErrorCode.BAD_OPTION));
    assertThatThrownBy(
            () -> planner.plan(forecast(4), StockItem.of(1, COSTS).on(StockTerms.none().every(4))))
        .hasMessageContaining("5 periods");
    assertThatThrownBy(() -> StockTerms.none().leadTimes(List.of(0.5, 0.4)))
        .hasMessageContaining("add up to 0.9");
    assertThatThrownBy(() -> StockTerms.none().every(0)).hasMessageContaining("every 0");
    assertThatThrownBy(() -> StockTerms.none().lots(-1, 0)).hasMessageContaining("-1");
    assertThatThrownBy(() -> StockTerms.none().cycleService(1.2)).hasMessageContaining("1.2");
    StockItem filled = StockItem.of(1, COSTS).fill(0.9);
    assertThatThrownBy(() -> filled.on(StockTerms.none().readyRate(0.9)))
        .hasMessageContaining("ask for one");
  }

  @Test
  void demandBelowZeroIsForAPersonToSee() {
    List<Distribution> below = List.of(normal(-20, 2), normal(-20, 2));
    List<Distribution> totals = List.of(normal(-20, 2), normal(-40, 3));
    Forecast returns = new Forecast("returns", Frequency.DAILY, 20_000, below, totals);
    assertThat(planner.plan(returns, StockItem.of(1, COSTS)).flags()).contains(Flag.REVIEW);
    assertThat(planner.plan(forecast(2), StockItem.of(1, COSTS)).flags()).isEmpty();
  }

  @Test
  void aHistoryIsPlayedOnItsTerms() {
    SupplyChain supply = millwright.plugin(SupplyChain.class);
    Series demand = Simulated.monthly(1, 84, 2).get(0);
    StockTerms terms = StockTerms.none().every(3).lots(0, 25).leadTimes(List.of(0.0, 0.7, 0.3));
    StockItem item = new StockItem(1, COSTS, OptionalDouble.empty(), false, terms.perishing(9, 2));
    try (Predictor<Series, Forecast> predictor =
        supply.forecasting().horizon(6).train(List.of(demand.first(60))).await().open()) {
      StockRun run = planner.simulate(predictor, demand, item, 18);
      assertThat(run.periods()).hasSize(18);
      for (int t = 0; t < 18; t++) {
        double ordered = run.periods().get(t).ordered();
        assertThat(ordered % 25).isZero();
        if (t % 3 != 0) {
          assertThat(ordered).isZero();
        }
      }
      assertThat(run.orders()).isBetween(1, 6);
      assertThat(run.service().fill().value()).isEqualTo(run.fillRate());
      assertThat(run.service().fill().low()).isLessThanOrEqualTo(run.fillRate());
      assertThat(run.service().cycle().high()).isGreaterThan(run.service().cycle().low());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
