package io.millwright.runtime.predict;

import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Opens models on the runtimes of one host. Thread-safe. */
public final class Opening {

  /** The setting in a child's provenance that says how many layers are the parent's. */
  public static final String FROZEN = "frozen layers";

  private final Runtimes runtimes;

  /**
   * @param runtimes where networks are opened
   */
  public Opening(Runtimes runtimes) {
    this.runtimes = runtimes;
  }

  /** What is made of the passes of all members. */
  private interface Use<P> {
    P of(List<ForwardPass> passes);
  }

  /**
   * Opens a model for a task.
   *
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#WRONG_BUNDLE} when it answers another task, with {@link
   *     io.millwright.api.ErrorCode#WRONG_ANSWERS} when its golden samples come out otherwise
   */
  public <I, V> Predictor<I, V> predictor(Binding<I, ?, V> binding, Model model) {
    return predictor(binding, model, Bundles.info(model));
  }

  /** The same with a description that is known already. */
  public <I, V> Predictor<I, V> predictor(Binding<I, ?, V> binding, Model model, ModelInfo info) {
    return open(binding, model, passes -> ModelPredictor.of(binding, model, info, passes));
  }

  /** Opens any model of a known head without its plug-in. */
  public Predictor<Table, Object> untyped(Model model) {
    return untyped(model, kind -> Optional.empty());
  }

  /**
   * The same, also of heads that plug-ins brought.
   *
   * @param brought a plug-in's head by its kind
   */
  public Predictor<Table, Object> untyped(
      Model model, Function<String, Optional<Head<?, ?>>> brought) {
    return predictor(Bindings.untyped(model, brought), model);
  }

  /**
   * Opens a model of sequences as a monitor.
   *
   * @throws io.millwright.api.MillwrightException as {@link #predictor}; with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when it takes independent records
   */
  public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, Model model) {
    ModelInfo info = Bundles.info(model);
    return open(binding, model, passes -> ModelMonitor.of(binding, model, info, passes));
  }

  /**
   * Opens every member, proves the runtime by the golden samples, and hands the passes on; when
   * anything fails, nothing stays open.
   */
  private <P> P open(Binding<?, ?, ?> binding, Model model, Use<P> use) {
    Bindings.check(binding.task(), model);
    FittedHead<?, ?> head = model.head().fitted(binding.head());
    List<NetworkPlan> plans = Bundles.plans(model);
    int frozen = frozenLayers(model.provenance());
    List<ForwardPass> passes = new ArrayList<>();
    try {
      for (int m = 0; m < plans.size(); m++) {
        passes.add(runtimes.open(plans.get(m), model.members().get(m), frozen));
      }
      GoldenCheck.check(model, head, runtimes.predictionRuntime(plans.get(0)), passes);
      return use.of(passes);
    } catch (RuntimeException | Error e) {
      passes.forEach(ForwardPass::close);
      throw e;
    }
  }

  /**
   * How many first layers of a model are its parent's as they were. Only says what is worth
   * comparing: that weights are equal is told by their bits.
   *
   * @return 0 when it has no parent, or its provenance does not say
   */
  private static int frozenLayers(Provenance provenance) {
    String said = provenance.settings().getOrDefault(FROZEN, "0");
    return said.matches("[0-9]{1,6}") ? Integer.parseInt(said) : 0;
  }
}
