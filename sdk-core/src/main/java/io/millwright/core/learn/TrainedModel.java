package io.millwright.core.learn;

import io.millwright.api.DataReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Samples;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A model fresh from training or reopened from its bundle: plain data, and the ways to open, save,
 * judge and train it again.
 */
record TrainedModel<I, L, V>(
    DefaultLearningToolkit toolkit,
    Binding<I, L, V> binding,
    Model model,
    ModelInfo info,
    DataReport dataReport)
    implements Retrainable<I, L, V> {

  /** The same with what was found in its data. */
  TrainedModel<I, L, V> noted(DataReport report) {
    Map<String, String> settings = new HashMap<>();
    settings.put("data", report.rows() + " rows, " + report.learnt() + " of them learnt from");
    for (int i = 0; i < report.remarks().size(); i++) {
      settings.put(String.format(Locale.ROOT, "data remark %02d", i + 1), report.remarks().get(i));
    }
    Model noted = model.with(settings);
    return new TrainedModel<>(toolkit, binding, noted, Bundles.info(noted), report);
  }

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

  @Override
  public Evaluation judge(Samples<I, L> samples) {
    try (Predictor<I, V> predictor = open()) {
      return toolkit.judge(binding, predictor, samples);
    }
  }

  @Override
  public Recipe<I, L, V> recipe() {
    return recipe(data());
  }

  private Recipe<I, L, V> recipe(RecipeData data) {
    return data.recipe(binding, toolkit.brought()::loss);
  }

  private RecipeData data() {
    return model
        .recipe()
        .orElseThrow(() -> unsupported("holds no recipe", "train it anew with a recipe"));
  }

  @Override
  public Trainer<Samples<I, L>, Trained<I, V>> retrainer() {
    RecipeData data = data();
    if (data.transfer().isPresent()) {
      throw unsupported(
          "began with the first "
              + data.transfer().get().kept()
              + " layers of "
              + data.transfer().get().parent(),
          "give its recipe and the parent's bundle to LearningToolkit.trainer");
    }
    return new RecipeTrainer<>(toolkit, recipe(data), Optional.empty(), data.choice());
  }

  @Override
  public Trainer<Samples<I, L>, Trained<I, V>> continued(Learning learning) {
    int layers = model.network().layers().size();
    if (layers == 0) {
      throw unsupported("has no layers to learn on from", "retrain it");
    }
    Parent parent = new Parent(model, info.digest(), layers, 0);
    Recipe<I, L, V> own =
        recipe().toBuilder().network(new Network(List.of())).learning(learning).build();
    return new RecipeTrainer<>(toolkit, parent.extend(own), Optional.of(parent), Optional.empty());
  }

  private MillwrightException unsupported(String what, String wayOut) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model " + info.digest() + " of " + model.task() + " " + what + "\nMaybe " + wayOut);
  }
}
