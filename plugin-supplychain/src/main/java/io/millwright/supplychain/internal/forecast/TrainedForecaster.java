package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import java.nio.file.Path;

/** A forecaster fresh from training. */
record TrainedForecaster(
    Composer composer, ComposedModel model, ModelInfo info, Forecaster forecaster, String choice)
    implements ForecastModel {

  @Override
  public Evaluation evaluation() {
    return model.evaluation();
  }

  @Override
  public Predictor<Series, Forecast> open() {
    return new ForecastPredictor(forecaster, info);
  }

  @Override
  public void saveTo(Path bundle) {
    composer.write(model, bundle);
  }
}
