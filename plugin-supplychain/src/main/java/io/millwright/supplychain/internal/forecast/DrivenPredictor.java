package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Forecasts series with covariates; everything it needs is immutable. */
final class DrivenPredictor implements Predictor<DrivenSeries, Forecast> {

  private final DrivenForecaster forecaster;
  private final ModelInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  DrivenPredictor(DrivenForecaster forecaster, ModelInfo info) {
    this.forecaster = forecaster;
    this.info = info;
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public Outcome<Forecast> predict(DrivenSeries input) {
    checkOpen();
    return forecaster.forecast(input, info);
  }

  @Override
  public List<Outcome<Forecast>> predictAll(List<? extends DrivenSeries> inputs) {
    checkOpen();
    return inputs.parallelStream()
        .<Outcome<Forecast>>map(s -> forecaster.forecast(s, info))
        .toList();
  }

  @Override
  public Explanation explain(DrivenSeries input, ExplainRequest how) {
    checkOpen();
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "forecasts are not explained by columns\nMaybe read CovariateModel.effects(), which says"
            + " what each covariate does");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
