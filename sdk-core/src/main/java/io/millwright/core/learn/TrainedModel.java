package io.millwright.core.learn;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.learn.Binding;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Model;
import java.nio.file.Path;

/** A model fresh from training: plain data, and the ways to open and save it. */
record TrainedModel<I, V>(
    DefaultLearningToolkit toolkit, Binding<I, ?, V> binding, Model model, ModelInfo info)
    implements Trained<I, V> {

  @Override
  public Evaluation evaluation() {
    return model.evaluation();
  }

  @Override
  public Predictor<I, V> open() {
    return toolkit.open(binding, model, info);
  }

  @Override
  public void saveTo(Path bundle) {
    BundleWriter.write(model, bundle);
  }
}
