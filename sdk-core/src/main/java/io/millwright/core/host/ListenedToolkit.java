package io.millwright.core.host;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelSource;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.data.Row;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Transfer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.runtime.events.ListenedMonitor;
import io.millwright.runtime.events.ListenedPredictor;
import io.millwright.runtime.events.Listeners;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The toolkit as plug-ins get it: what they open tells the host's listeners. Thread-safe. */
record ListenedToolkit(LearningToolkit toolkit, Listeners listeners) implements LearningToolkit {

  @Override
  public <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(Recipe<I, L, V> recipe) {
    return toolkit.trainer(recipe);
  }

  @Override
  public <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(
      Recipe<I, L, V> recipe, Transfer transfer) {
    return toolkit.trainer(recipe, transfer);
  }

  @Override
  public <I, L, V> Trained<I, V> learn(
      Recipe<I, L, V> recipe,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    return toolkit.learn(recipe, samples, resume, control);
  }

  @Override
  public <I, L, V> Trained<I, V> choose(
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Duration budget,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    return toolkit.choose(recipe, candidates, budget, samples, resume, control);
  }

  @Override
  public <I, L, V> Retrainable<I, L, V> reopen(Binding<I, L, V> binding, Path bundle) {
    return toolkit.reopen(binding, bundle);
  }

  @Override
  public <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, ModelSource bundle) {
    return ListenedPredictor.of(toolkit.open(binding, bundle), bundle, listeners);
  }

  @Override
  public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, ModelSource bundle) {
    return ListenedMonitor.of(toolkit.monitor(binding, bundle), bundle, listeners);
  }

  @Override
  public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, Trained<?, V> model) {
    return new ListenedMonitor<>(toolkit.monitor(binding, model), listeners);
  }

  @Override
  public <I, L, V> Evaluation judge(
      Binding<I, L, V> binding, Predictor<I, V> predictor, Samples<I, L> samples) {
    return toolkit.judge(binding, ListenedPredictor.within(predictor), samples);
  }
}
