package io.millwright.maintenance.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Row;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import java.nio.file.Path;

/** A trained model with the baseline in its evaluation. */
record RiskModel(Trained<Row, FailureRisk> trained, Evaluation evaluation) implements FailureModel {

  @Override
  public Predictor<Row, FailureRisk> open() {
    return trained.open();
  }

  @Override
  public void saveTo(Path bundle) {
    trained.saveTo(bundle);
  }

  @Override
  public ModelInfo info() {
    return trained.info();
  }
}
