package io.millwright.quality.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Image;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.Verdict;
import java.nio.file.Path;

/** A trained model under the facade's name. */
record DefaultInspectionModel(Trained<Image, Verdict> trained) implements InspectionModel {

  @Override
  public Evaluation evaluation() {
    return trained.evaluation();
  }

  @Override
  public Predictor<Image, Verdict> open() {
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
