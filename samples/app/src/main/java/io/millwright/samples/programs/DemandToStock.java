package io.millwright.samples.programs;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.samples.plant.PartsStore;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockItem;
import io.millwright.supplychain.StockPlan;
import io.millwright.supplychain.StockRun;
import io.millwright.supplychain.SupplyChain;
import java.util.List;
import java.util.Locale;

/**
 * From demand to orders on a simulated store (season, campaigns, gaps, spare parts): learns from
 * all articles up to a year ago, plays the last year, and says what to order now.
 */
public final class DemandToStock {

  private static final int YEAR = 12;

  private DemandToStock() {}

  /**
   * Runs.
   *
   * @param args not used
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    List<Series> demand = PartsStore.standard(0).demand();
    StockItem item = StockItem.of(2, new StockCosts(1, 9, 0)).fill(0.95);
    try (Millwright millwright = Millwright.create()) {
      SupplyChain supply = millwright.plugin(SupplyChain.class);
      ForecastModel model =
          supply
              .forecasting()
              .horizon(6)
              .train(demand.stream().map(s -> s.first(s.length() - YEAR - 2)).toList())
              .await();
      System.out.println(model.choice());
      try (Predictor<Series, Forecast> next = model.open()) {
        for (Series article : demand.subList(0, 6)) {
          StockRun lastYear = supply.stock().simulate(next, article, item, YEAR);
          Forecast forecast = next.predict(article).orElseThrow().value();
          StockPlan plan = supply.stock().plan(forecast, item);
          System.out.printf(
              Locale.ROOT,
              "%s: %s %.1f (80 %% band %.1f to %.1f); order up to %.0f; last year %.1f %% met%n",
              article.id(),
              forecast.label(0),
              forecast.periods().get(0).mean(),
              forecast.periods().get(0).quantile(0.1),
              forecast.periods().get(0).quantile(0.9),
              plan.orderUpTo(),
              100 * lastYear.fillRate());
        }
      }
    }
  }
}
