package io.millwright.core.host;

import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.data.Row;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.TaskBinding;
import io.millwright.api.learn.Transfer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.core.events.Listeners;
import java.nio.file.Path;
import java.util.Optional;

/** The toolkit as plug-ins get it: what they open tells the host's listeners. Thread-safe. */
record ListenedToolkit(LearningToolkit toolkit, Listeners listeners) implements LearningToolkit {

  @Override
  public <I, V> Trainer<Samples<I, V>, Trained<I, V>> trainer(Recipe<I, V> recipe) {
    return toolkit.trainer(recipe);
  }

  @Override
  public <I, V> Trainer<Samples<I, V>, Trained<I, V>> trainer(
      Recipe<I, V> recipe, Transfer transfer) {
    return toolkit.trainer(recipe, transfer);
  }

  @Override
  public <I, V> Trained<I, V> learn(
      Recipe<I, V> recipe,
      Samples<I, V> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    return toolkit.learn(recipe, samples, resume, control);
  }

  @Override
  public <I, V> Predictor<I, V> open(TaskBinding<I, V> binding, Path bundle) {
    return ListenedPredictor.of(toolkit.open(binding, bundle), bundle, listeners);
  }

  @Override
  public <V> Monitor<Row, V> monitor(TaskBinding<?, V> binding, Path bundle) {
    Monitor<Row, V> monitor = toolkit.monitor(binding, bundle);
    listeners.tell(() -> new MillwrightEvent.ModelOpened(monitor.info(), bundle));
    return new ListenedMonitor<>(monitor, listeners);
  }

  @Override
  public <V> Monitor<Row, V> monitor(TaskBinding<?, V> binding, Trained<?, V> model) {
    return new ListenedMonitor<>(toolkit.monitor(binding, model), listeners);
  }

  @Override
  public <I, V> Evaluation judge(
      TaskBinding<I, V> binding, Predictor<I, V> predictor, Samples<I, V> samples) {
    return toolkit.judge(binding, predictor, samples);
  }
}
