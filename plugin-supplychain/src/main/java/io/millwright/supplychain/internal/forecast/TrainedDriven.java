package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.supplychain.CovariateEffect;
import io.millwright.supplychain.CovariateModel;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import java.nio.file.Path;
import java.util.List;

/** A forecaster with covariates fresh from training. */
record TrainedDriven(
    Composer composer,
    ComposedModel model,
    ModelInfo info,
    DrivenForecaster forecaster,
    String choice)
    implements CovariateModel {

  @Override
  public List<CovariateEffect> effects() {
    return forecaster.told();
  }

  @Override
  public Evaluation evaluation() {
    return model.evaluation();
  }

  @Override
  public Predictor<DrivenSeries, Forecast> open() {
    return new DrivenPredictor(forecaster, info);
  }

  @Override
  public void saveTo(Path bundle) {
    composer.write(model, bundle);
  }
}
