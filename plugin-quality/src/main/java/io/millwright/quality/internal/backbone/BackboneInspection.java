package io.millwright.quality.internal.backbone;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.Verdict;
import java.nio.file.Path;

/** A trained model on a backbone. Immutable and thread-safe. */
final class BackboneInspection implements InspectionModel {

  private final Composer composer;
  private final ComposedModel composed;
  private final BackboneModel model;
  private final ModelInfo info;

  BackboneInspection(Composer composer, ComposedModel composed, BackboneModel model) {
    this.composer = composer;
    this.composed = composed;
    this.model = model;
    this.info = composer.info(composed).toBuilder().classes(model.labels()).build();
  }

  @Override
  public Evaluation evaluation() {
    return composed.evaluation();
  }

  @Override
  public Predictor<Image, Verdict> open() {
    return BackbonePredictor.open(model, info);
  }

  @Override
  public void saveTo(Path bundle) {
    composer.write(composed, bundle);
  }

  @Override
  public ModelInfo info() {
    return info;
  }
}
