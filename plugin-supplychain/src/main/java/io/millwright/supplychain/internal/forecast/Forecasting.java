package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** The door of the room. */
public final class Forecasting {

  private Forecasting() {}

  /** A trainer with all defaults. */
  public static ForecastTrainer trainer(Composer composer, Jobs jobs, Executor executor) {
    return new DefaultForecastTrainer(composer, jobs, new Lanes(executor), Settings.standard());
  }

  /**
   * Learns from the nodes of a hierarchy on this thread, as part of other work.
   *
   * @param trainer one that this room made
   */
  public static NodeForecaster nodes(
      ForecastTrainer trainer, List<Series> nodes, Jobs.Control<?> control) {
    DefaultForecastTrainer own = own(trainer);
    Predictor<Series, Forecast> learnt = own.run(own.check(nodes), control).open();
    return periods -> learnt.predictAll(nodes.stream().map(s -> s.first(periods)).toList());
  }

  /**
   * Learns what covariates do to the series of a hierarchy, and to the sums by way of them.
   *
   * @param trainer one that this room made
   * @param bottom the series, side by side over the same periods
   * @param hierarchy which sums are wanted
   * @param sums adds series up that lie side by side
   */
  public static DrivenNodes drivenNodes(
      ForecastTrainer trainer,
      List<DrivenSeries> bottom,
      Hierarchy hierarchy,
      UnaryOperator<List<Series>> sums,
      Jobs.Control<?> control) {
    return DrivenNodes.learn(
        new DefaultCovariateTrainer(own(trainer)), bottom, hierarchy, sums, control);
  }

  private static DefaultForecastTrainer own(ForecastTrainer trainer) {
    if (trainer instanceof DefaultForecastTrainer own) {
      return own;
    }
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the trainer is a "
            + trainer.getClass().getSimpleName()
            + "\nMaybe take the one that forecasting() gives");
  }

  /** Judges forecasts by what came to pass. */
  public static Evaluation judge(Predictor<Series, Forecast> predictor, List<KnownFuture> truths) {
    return ForecastJudge.judge(predictor, truths);
  }

  /** Judges forecasts with covariates by the last periods of whole histories. */
  public static Evaluation judge(
      Predictor<DrivenSeries, Forecast> predictor, List<DrivenSeries> wholes, int periods) {
    return ForecastJudge.judge(predictor, wholes, periods);
  }

  /** How a bundle with covariates becomes a predictor. */
  public static ComposedTask<DrivenSeries, Forecast> drivenTask() {
    return new ComposedTask<>(
        SupplyChain.FORECAST_WITH_COVARIATES,
        (model, info) -> new DrivenPredictor(DrivenCodec.read(model), info));
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<Series, Forecast> task() {
    return new ComposedTask<>(
        SupplyChain.FORECAST, (model, info) -> new ForecastPredictor(Codec.read(model), info));
  }
}
