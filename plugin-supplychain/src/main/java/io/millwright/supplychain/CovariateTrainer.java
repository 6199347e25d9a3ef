package io.millwright.supplychain;

import io.millwright.api.Trainer;
import java.util.List;

/**
 * Learns to forecast demand with covariates (dynamic regression around a forecaster): what prices,
 * promotions, holidays or the weather do is a factor on demand, learnt from all series together (a
 * quasi-Poisson regression around each series' own moving level and season) and moved towards what
 * each series shows itself; the history without it is forecast as ever, and what is known of the
 * future is put back. A covariate has a weight only where forecasts at rolling origins are surely
 * better with it; with none, the model is that of {@link ForecastTrainer}. Obtained from {@link
 * ForecastTrainer#withCovariates}. Immutable and thread-safe; the same data give the same model.
 */
public interface CovariateTrainer extends Trainer<List<DrivenSeries>, CovariateModel> {}
