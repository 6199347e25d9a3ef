package io.millwright.supplychain;

import io.millwright.api.Evaluation;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Series;
import java.util.List;

/**
 * The supply chain as a facade: forecasts, stock, routes and risk. Obtained from {@link
 * io.millwright.api.Millwright#plugin}; thread-safe.
 *
 * <pre>{@code
 * SupplyChain supply = millwright.plugin(SupplyChain.class);
 * ForecastModel model = supply.forecasting().train(series).await();
 * Forecast next = model.open().predict(series.get(0)).orElseThrow().value();
 * StockPlan plan = supply.stock().plan(next, item);
 * }</pre>
 */
public interface SupplyChain {

  /** The next periods of a series, from its history. */
  Task<Series, Forecast> FORECAST =
      new Task<>("supplychain.forecast", 1, Series.class, Forecast.class);

  /** The next periods of a series, from its history, its covariates and its attributes. */
  Task<DrivenSeries, Forecast> FORECAST_WITH_COVARIATES =
      new Task<>("supplychain.forecast-with-covariates", 1, DrivenSeries.class, Forecast.class);

  /**
   * Learns to forecast.
   *
   * @return a trainer with all defaults
   */
  ForecastTrainer forecasting();

  /**
   * Judges forecasts. Figures: {@code smape} in percent and {@code mase}, means over series (the
   * symmetric error as in the M3 competition, 200 |e| / (|y| + |f|); the scaled error of Hyndman
   * and Koehler 2006 by the seasonal naive method of the history); {@code coverage 80}, {@code
   * coverage 95} of the bands over all periods; {@code width 80}, {@code width 95} their mean
   * width, and {@code quantile loss} twice the mean pinball loss at seven probabilities, on the
   * scale of {@code mase}; {@code rmse} over all periods.
   *
   * @param predictor the model
   * @param truths what came to pass; series without an answer are left out and counted as {@code
   *     unanswered}
   * @return the evaluation
   */
  Evaluation evaluate(Predictor<Series, Forecast> predictor, List<KnownFuture> truths);

  /**
   * Judges forecasts with covariates on the last periods of whole histories, by the figures of
   * {@link #evaluate}.
   *
   * @param predictor the model, which must not have learnt from these periods
   * @param wholes whole histories with their covariates; those that are too short are left out
   * @param periods how many periods are cut off and forecast, at least 1
   * @return the evaluation
   */
  Evaluation evaluateWithCovariates(
      Predictor<DrivenSeries, Forecast> predictor, List<DrivenSeries> wholes, int periods);

  /**
   * Forecasts series and their sums so that they agree.
   *
   * @return the forecaster of hierarchies
   */
  HierarchyForecaster hierarchies();

  /**
   * Decides on stock by forecasts.
   *
   * @return the planner
   */
  StockPlanner stock();

  /**
   * The models of stock with exact answers, for demand of a known distribution.
   *
   * @return the models
   */
  StockModels models();

  /**
   * Stock at several echelons.
   *
   * @return the models
   */
  StockNetworks networks();

  /**
   * Plans routes for a fleet.
   *
   * @return the optimizer with all defaults
   */
  RouteOptimizer routing();

  /**
   * Watches courses, scores suppliers, and weighs failures.
   *
   * @return the analyses
   */
  SupplyRisk risk();

  /**
   * Measures what the links of a chain lose by not telling each other, and merges forecasts.
   *
   * @return the analyses
   */
  SupplyCoordination coordination();
}
