package io.millwright.core.learn.text;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import java.nio.file.Path;
import java.util.function.Function;

/** A model of texts fresh from training. */
record TrainedText<I, V>(
    Composer composer,
    ComposedModel model,
    ModelInfo info,
    Function<ModelInfo, Predictor<I, V>> opener)
    implements Trained<I, V> {

  static <I, V> TrainedText<I, V> of(
      Composer composer, ComposedModel model, Function<ModelInfo, Predictor<I, V>> opener) {
    return new TrainedText<>(composer, model, composer.info(model), opener);
  }

  @Override
  public Evaluation evaluation() {
    return model.evaluation();
  }

  @Override
  public Predictor<I, V> open() {
    return opener.apply(info);
  }

  @Override
  public void saveTo(Path bundle) {
    composer.write(model, bundle);
  }
}
