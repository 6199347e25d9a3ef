package io.millwright.supplychain.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.HierarchyForecaster;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.RouteOptimizer;
import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.StockPlanner;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.SupplyCoordination;
import io.millwright.supplychain.SupplyRisk;
import io.millwright.supplychain.internal.coordination.Coordination;
import io.millwright.supplychain.internal.forecast.Forecasting;
import io.millwright.supplychain.internal.hierarchy.Hierarchies;
import io.millwright.supplychain.internal.risk.Risk;
import io.millwright.supplychain.internal.routing.Routing;
import io.millwright.supplychain.internal.stock.Stock;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/** The facade. */
final class DefaultSupplyChain implements SupplyChain {

  private final Composer composer;
  private final Jobs jobs;
  private final Executor executor;
  private final Clock clock;

  @Inject
  DefaultSupplyChain(Composer composer, Jobs jobs, Executor executor, Clock clock) {
    this.composer = composer;
    this.jobs = jobs;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public ForecastTrainer forecasting() {
    return Forecasting.trainer(composer, jobs, executor);
  }

  @Override
  public Evaluation evaluate(Predictor<Series, Forecast> predictor, List<KnownFuture> truths) {
    return Forecasting.judge(predictor, truths);
  }

  @Override
  public Evaluation evaluateWithCovariates(
      Predictor<DrivenSeries, Forecast> predictor, List<DrivenSeries> wholes, int periods) {
    return Forecasting.judge(predictor, wholes, periods);
  }

  @Override
  public HierarchyForecaster hierarchies() {
    return Hierarchies.forecaster(jobs);
  }

  @Override
  public StockPlanner stock() {
    return Stock.planner();
  }

  @Override
  public StockModels models() {
    return Stock.models();
  }

  @Override
  public StockNetworks networks() {
    return Stock.networks();
  }

  @Override
  public RouteOptimizer routing() {
    return Routing.optimizer(jobs, clock);
  }

  @Override
  public SupplyRisk risk() {
    return Risk.risk(jobs);
  }

  @Override
  public SupplyCoordination coordination() {
    return Coordination.coordination();
  }
}
