package io.millwright.supplychain;

import io.millwright.api.Trainer;
import io.millwright.api.data.Series;
import io.millwright.api.learn.Learning;
import io.millwright.api.series.SeriesModel;
import java.util.List;

/**
 * Learns from many series how to forecast each: which methods to combine for each frequency, how
 * much weight networks get, and how wide bands must be. All of it is chosen at rolling origins,
 * where a forecast is made from a part of the series and judged on what followed. Each method gives
 * a new trainer; the defaults and the experiments behind them are in {@code
 * docs/experiments/forecasting.md}. Immutable and thread-safe.
 *
 * <p>Series may be of several frequencies and lengths. What is learnt is about series like these:
 * the model forecasts histories it is given, also of series that it has not seen. Resuming is not
 * offered: without networks a training takes seconds.
 */
public interface ForecastTrainer extends Trainer<List<Series>, ForecastModel> {

  /**
   * How far ahead forecasts go. Without it: 6 years, 8 quarters, 18 months, 13 weeks, 28 days, 48
   * hours, or 8 counted periods.
   *
   * @param periods the number of periods, 1 to 1000
   * @return the new trainer
   */
  ForecastTrainer horizon(int periods);

  /**
   * Which methods are combined, instead of choosing. For counts that come now and then, the mean of
   * these methods takes the place of the rate that all series teach; the distribution around it is
   * fitted all the same.
   *
   * @param methods at least one
   * @return the new trainer
   */
  ForecastTrainer methods(ForecastMethod... methods);

  /**
   * How many networks are trained for each frequency beside the methods: residual blocks on windows
   * of all series, with quantiles of all periods at once (after Oreshkin et al. 2020). The default
   * is 0: methods alone need no engine and take seconds.
   *
   * @param count the number of networks, 0 for none; at least 2 are advisable, since they look back
   *     differently far
   * @return the new trainer
   */
  ForecastTrainer networks(int count);

  /**
   * A pre-trained series model beside the methods (zero-shot): for each frequency it gets the share
   * that the forecast at rolling origins is best with, none where it does not help. Not together
   * with networks. The bundle names the model and does not hold it: opening finds it again as a
   * service.
   *
   * @param model the model
   * @return the new trainer
   */
  ForecastTrainer pretrained(SeriesModel model);

  /**
   * How networks learn, with the key of their randomness.
   *
   * @param learning the options; early stopping, members and checkpoints are not used
   * @return the new trainer
   */
  ForecastTrainer learning(Learning learning);

  /**
   * Learns what prices, promotions, holidays and other covariates do (dynamic regression), and
   * forecasts articles without a history by those with like attributes. The settings of this
   * trainer hold for what is forecast around the covariates.
   *
   * @return a trainer of series with covariates
   */
  CovariateTrainer withCovariates();
}
