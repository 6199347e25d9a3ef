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
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The other rooms as the host needs them; the one place where they are named. */
interface Wiring {

  /** The plain-Java runtime. */
  ForwardPass javaForward(NetworkPlan plan, Weights weights);

  /** Learning for plug-ins; made once for each instance, must not start an engine. */
  LearningToolkit learning(Runtimes runtimes, Jobs jobs, Clock clock);

  /** Adds heads and losses of a plug-in to the learning made above. */
  void bring(LearningToolkit learning, List<Head<?, ?>> heads, List<LossKind> losses);

  /** Composing for plug-ins; made once for each instance, must not start an engine. */
  Composer composer(Runtimes runtimes, Clock clock);

  /** Learning from tables, with the learning made above. */
  TableLearning tables(LearningToolkit learning, Jobs jobs);

  /** Making models smaller, with the learning made above. */
  Shrinking shrinking(LearningToolkit learning);

  /** Learning from tables that do not fit into memory, with the learning made above. */
  LargeLearning large(LearningToolkit learning);

  /** Learning from texts. */
  TextLearning texts(Composer composer, Jobs jobs);

  /** Opens any model without its plug-in, with the learning made above. */
  Predictor<Table, Object> open(LearningToolkit learning, ModelSource bundle);

  /** What a model is. */
  ModelInfo info(ModelSource bundle);

  /** The models in a folder. */
  ModelStore store(Path folder, Clock clock, Listeners listeners);

  /** Reads tables. */
  TableReader tables();
}
