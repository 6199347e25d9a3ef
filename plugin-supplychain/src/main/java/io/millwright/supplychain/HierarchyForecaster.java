package io.millwright.supplychain;

import io.millwright.api.Job;
import io.millwright.api.data.Series;
import java.util.List;

/**
 * Forecasts series and their sums so that they agree (forecast reconciliation). Every series and
 * every sum is forecast by itself; the forecasts are then moved as little as their errors at
 * rolling origins allow: bottom-up, trace minimisation with the variances of the errors alone, or
 * with their covariances shrunk (MinT, Wickramasuriya, Athanasopoulos and Hyndman 2019; Schäfer and
 * Strimmer 2005), or the mean of two. The one is taken that makes no level worse at origins held
 * out, the best of these, and the answer says what was gained where. Obtained from {@link
 * SupplyChain#hierarchies}. Immutable and thread-safe; the same data give the same answer.
 */
public interface HierarchyForecaster {

  /**
   * Learns and forecasts.
   *
   * @param trainer how each node is forecast
   * @param series the series of the hierarchy, all of one frequency
   * @param hierarchy which sums are wanted
   * @return the job; cancelled, it has no result
   * @throws io.millwright.api.MillwrightException when a series of the hierarchy is missing, stands
   *     twice or has another frequency, naming it
   */
  Job<CoherentForecast> forecast(ForecastTrainer trainer, List<Series> series, Hierarchy hierarchy);

  /**
   * Learns and forecasts with covariates. What they do is learnt from the series, as by {@link
   * ForecastTrainer#withCovariates}; the sum of the histories without it is forecast by itself and
   * multiplied by what covariates do to its series ahead, each by its forecast. A level at which
   * forecasts without covariates were better at rolling origins goes without; the notes say what
   * each covariate does and which level goes how. With covariates that have no weight, the answer
   * is that of {@link #forecast}, number for number. Series without a history are forecast by
   * likeness, and are part of the sums.
   *
   * @param trainer how each node is forecast
   * @param series the series of the hierarchy, all of one frequency, with what drives them. One
   *     named as a sum brings covariates and attributes for all series of the sum that have none of
   *     that name (those of the smaller sum go first); its history is not read
   * @param hierarchy which sums are wanted
   * @return the job; cancelled, it has no result
   * @throws io.millwright.api.MillwrightException when a series of the hierarchy is missing, stands
   *     twice or has another frequency; from the job when a covariate with a weight ends before the
   *     forecast does, naming both
   */
  Job<CoherentForecast> forecastWithCovariates(
      ForecastTrainer trainer, List<DrivenSeries> series, Hierarchy hierarchy);
}
