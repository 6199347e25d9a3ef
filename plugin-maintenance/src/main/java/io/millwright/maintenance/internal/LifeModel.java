package io.millwright.maintenance.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Row;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.RemainingLifeModel;
import java.nio.file.Path;

/** A trained model with the baseline in its evaluation. */
record LifeModel(
    LearningToolkit learning, Trained<UnitHistory, Cycles> trained, Evaluation evaluation)
    implements RemainingLifeModel {

  @Override
  public Predictor<UnitHistory, Cycles> open() {
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

  @Override
  public Monitor<Row, Cycles> monitor() {
    return learning.monitor(LifeBinding.of(LifeBinding.EARLY_LIFE), trained);
  }
}
