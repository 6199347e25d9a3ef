package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.data.Series;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.supplychain.Forecast;
import java.util.List;

/** Forecasts series; all that it needs is immutable. */
final class ForecastPredictor extends PlainPredictor<Series, Forecast> {

  private final Forecaster forecaster;

  ForecastPredictor(Forecaster forecaster, ModelInfo info) {
    super(info, "read ForecastModel.choice(), which says what is combined");
    this.forecaster = forecaster;
  }

  @Override
  protected Outcome<Forecast> answer(Series input) {
    return forecaster.forecast(input, info());
  }

  @Override
  public List<Outcome<Forecast>> predictAll(List<? extends Series> inputs) {
    return inputs.parallelStream().<Outcome<Forecast>>map(this::predict).toList();
  }
}
