package io.millwright.core.host;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Transfer;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.LossKind;
import io.millwright.api.text.TextLearning;
import io.millwright.core.large.LargeLearning;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rooms that remember what they were asked, so that the host is tested alone. */
final class FakeWiring implements Wiring {

  final List<Binding<?, ?, ?>> opened = new ArrayList<>();

  @Override
  public ForwardPass javaForward(NetworkPlan plan, Weights weights) {
    throw new AssertionError("not asked for");
  }

  @Override
  public LearningToolkit learning(Runtimes runtimes, Jobs jobs, Clock clock) {
    return new LearningToolkit() {
      @Override
      public <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(Recipe<I, L, V> recipe) {
        throw new AssertionError("not asked for");
      }

      @Override
      public <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(
          Recipe<I, L, V> recipe, Transfer transfer) {
        throw new AssertionError("not asked for");
      }

      @Override
      public <I, L, V> Trained<I, V> learn(
          Recipe<I, L, V> recipe,
          Samples<I, L> samples,
          Optional<Path> checkpoint,
          Jobs.Control<Trained<I, V>> control) {
        throw new AssertionError("not asked for");
      }

      @Override
      public <I, L, V> Trained<I, V> choose(
          Recipe<I, L, V> recipe,
          java.util.List<io.millwright.api.learn.Candidate> candidates,
          java.time.Duration budget,
          Samples<I, L> samples,
          Optional<Path> checkpoint,
          Jobs.Control<Trained<I, V>> control) {
        throw new AssertionError("not asked for");
      }

      @Override
      public <I, L, V> io.millwright.api.learn.Retrainable<I, L, V> reopen(
          Binding<I, L, V> binding, Path bundle) {
        throw new UnsupportedOperationException();
      }

      @Override
      public <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, ModelSource bundle) {
        opened.add(binding);
        return null;
      }

      @Override
      public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, ModelSource bundle) {
        throw new AssertionError("not asked for");
      }

      @Override
      public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, Trained<?, V> model) {
        throw new AssertionError("not asked for");
      }

      @Override
      public <I, L, V> Evaluation judge(
          Binding<I, L, V> binding, Predictor<I, V> predictor, Samples<I, L> samples) {
        throw new AssertionError("not asked for");
      }
    };
  }

  @Override
  public void bring(LearningToolkit learning, List<Head<?, ?>> heads, List<LossKind> losses) {}

  @Override
  public Composer composer(Runtimes runtimes, Clock clock) {
    return new DefaultComposer(runtimes, clock, "test");
  }

  @Override
  public TableLearning tables(LearningToolkit learning, Jobs jobs) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Shrinking shrinking(LearningToolkit learning) {
    throw new AssertionError("not asked for");
  }

  @Override
  public LargeLearning large(LearningToolkit learning) {
    throw new AssertionError("not asked for");
  }

  @Override
  public TextLearning texts(Composer composer, Jobs jobs) {
    throw new AssertionError("not asked for");
  }

  @Override
  public Predictor<Table, Object> open(LearningToolkit learning, ModelSource bundle) {
    throw new AssertionError("not asked for");
  }

  @Override
  public ModelInfo info(ModelSource bundle) {
    throw new AssertionError("not asked for");
  }

  @Override
  public ModelStore store(Path folder, Clock clock, Listeners listeners) {
    throw new AssertionError("not asked for");
  }

  @Override
  public TableReader tables() {
    throw new AssertionError("not asked for");
  }
}
