package io.millwright.engine.pytorch;

import io.millwright.api.EngineReport;
import io.millwright.engine.common.NativeExit;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
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
 * PyTorch as an {@link Engine}. Whatever is missing shows in the probe, with the dependency to add.
 */
public final class PyTorchEngine extends NativeEngine<Torch> implements OpaqueNetworks {

  static final String NAME = "PyTorch";

  private volatile @Nullable NativeExit exit;

  /** For {@link java.util.ServiceLoader}. */
  public PyTorchEngine() {
    super(NAME);
  }

  @Override
  protected Torch load(Setup setup, List<EngineReport.Setting> settings) {
    settings.addAll(ProcessSettings.before(setup));
    TorchLibrary.prepare();
    Torch started = Torch.start();
    exit = NativeExit.prepared();
    return started;
  }

  @Override
  protected String version(Torch loaded) {
    return loaded.version();
  }

  @Override
  protected List<String> devices(Torch loaded) {
    return loaded.devices();
  }

  @Override
  protected String explain(Throwable thrown) {
    return NativeTrouble.explain(thrown);
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

  /** Opens a TorchScript file. */
  @Override
  public ForwardPass openFile(Path file, Shape input, int outputs, String device) {
    return started().openFile(file, input, outputs, device);
  }
}
