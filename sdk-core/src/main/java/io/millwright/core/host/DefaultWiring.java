package io.millwright.core.host;

import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.head.Head;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.LossKind;
import io.millwright.api.text.TextLearning;
import io.millwright.core.large.LargeLearning;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.core.learn.DefaultLargeLearning;
import io.millwright.core.learn.DefaultLearningToolkit;
import io.millwright.core.learn.DefaultShrinking;
import io.millwright.core.learn.door.DefaultTableLearning;
import io.millwright.core.learn.text.DefaultTextLearning;
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.FolderStore;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.tables.Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The rooms that stand beside this one in the jar. */
final class DefaultWiring implements Wiring {

  @Override
  public ForwardPass javaForward(NetworkPlan plan, Weights weights) {
    return new JavaForward(plan, weights);
  }

  @Override
  public LearningToolkit learning(Runtimes runtimes, Jobs jobs, Clock clock) {
    return new DefaultLearningToolkit(runtimes, jobs, clock, "Millwright " + Versions.own());
  }

  @Override
  public void bring(LearningToolkit learning, List<Head<?, ?>> heads, List<LossKind> losses) {
    ((DefaultLearningToolkit) learning).brought().add(heads, losses);
  }

  @Override
  public Composer composer(Runtimes runtimes, Clock clock) {
    return new DefaultComposer(runtimes, clock, "Millwright " + Versions.own());
  }

  @Override
  public TableLearning tables(LearningToolkit learning, Jobs jobs) {
    return new DefaultTableLearning((DefaultLearningToolkit) learning, jobs);
  }

  @Override
  public Shrinking shrinking(LearningToolkit learning) {
    return new DefaultShrinking((DefaultLearningToolkit) learning);
  }

  @Override
  public LargeLearning large(LearningToolkit learning) {
    return new DefaultLargeLearning((DefaultLearningToolkit) learning);
  }

  @Override
  public TextLearning texts(Composer composer, Jobs jobs) {
    return new DefaultTextLearning((DefaultComposer) composer, jobs);
  }

  @Override
  public Predictor<Table, Object> open(LearningToolkit learning, ModelSource bundle) {
    return ((DefaultLearningToolkit) learning).open(bundle);
  }

  @Override
  public ModelInfo info(ModelSource bundle) {
    return BundleReader.info(bundle);
  }

  @Override
  public ModelStore store(Path folder, Clock clock, Listeners listeners) {
    return new FolderStore(folder, clock, event -> listeners.tell(() -> event));
  }

  @Override
  public TableReader tables() {
    return Tables.reader();
  }
}
