package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import java.util.List;

/** Forecasts series with covariates; everything it needs is immutable. */
final class DrivenPredictor extends PlainPredictor<DrivenSeries, Forecast> {

  private final DrivenForecaster forecaster;

  DrivenPredictor(DrivenForecaster forecaster, ModelInfo info) {
    super(info, "read CovariateModel.effects(), which says what each covariate does");
    this.forecaster = forecaster;
  }

  @Override
  protected Outcome<Forecast> answer(DrivenSeries input) {
    return forecaster.forecast(input, info());
  }

  @Override
  public List<Outcome<Forecast>> predictAll(List<? extends DrivenSeries> inputs) {
    return inputs.parallelStream().<Outcome<Forecast>>map(this::predict).toList();
  }
}
