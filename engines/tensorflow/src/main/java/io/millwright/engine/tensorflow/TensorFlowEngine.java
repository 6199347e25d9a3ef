package io.millwright.engine.tensorflow;

import io.millwright.api.EngineReport;
import io.millwright.engine.common.NativeExit;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.GraphWriter;
import io.millwright.runtime.network.NativeEngine;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.OpaqueNetworks;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TensorFlow as an {@link Engine}. Whatever is missing shows in the probe, with the dependency to
 * add.
 */
public final class TensorFlowEngine extends NativeEngine<Flow>
    implements OpaqueNetworks, GraphWriter {

  static final String NAME = "TensorFlow";

  private volatile @Nullable NativeExit exit;

  /** For {@link java.util.ServiceLoader}. */
  public TensorFlowEngine() {
    super(NAME);
  }

  @Override
  protected Flow load(Setup setup, List<EngineReport.Setting> settings) {
    settings.addAll(FlowLibrary.prepare(setup));
    Flow started = Flow.start();
    exit = NativeExit.prepared();
    return started;
  }

  @Override
  protected String version(Flow loaded) {
    return loaded.version();
  }

  @Override
  protected List<String> devices(Flow loaded) {
    return loaded.devices();
  }

  @Override
  protected String explain(Throwable thrown) {
    return FlowTrouble.explain(thrown);
  }

  @Override
  public boolean leaveQuickly() {
    NativeExit known = exit;
    return known != null && known.arm();
  }

  @Override
  public ForwardPass open(NetworkPlan plan, Weights weights, String device) {
    return started().open(plan, weights, device);
  }

  @Override
  public TrainingSession train(NetworkPlan plan, Objective objective, String device) {
    return started().train(plan, objective, device);
  }

  /** Opens a SavedModel. */
  @Override
  public ForwardPass openFile(Path file, Shape input, int outputs, String device) {
    return started().openFile(file, input, outputs, device);
  }

  /** Writes a SavedModel. */
  @Override
  public void write(
      List<NetworkPlan> plans,
      List<Weights> members,
      double[] shares,
      Reading reading,
      Path folder) {
    started().write(plans, members, shares, reading, folder);
  }
}
