package io.millwright.engine.pytorch;

import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Loss;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
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
public final class PyTorchEngine implements Engine, OpaqueNetworks {

  static final String NAME = "PyTorch";

  private @Nullable Torch torch;
  private @Nullable Probe probe;

  /** For {@link java.util.ServiceLoader}. */
  public PyTorchEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public synchronized Probe probe(Setup setup) {
    if (probe == null) {
      probe = start(setup);
    }
    return probe;
  }

  private Probe start(Setup setup) {
    List<EngineReport.Setting> settings = List.of();
    try {
      settings = ProcessSettings.before(setup);
      torch = Torch.start();
      return new Probe(
          new EngineReport.Candidate(NAME, torch.version(), true, true, torch.detail()),
          torch.devices(),
          settings);
    } catch (LinkageError | RuntimeException e) {
      return new Probe(
          new EngineReport.Candidate(NAME, "", true, false, NativeTrouble.explain(e)),
          List.of(),
          settings);
    }
  }

  @Override
  public ForwardPass open(NetworkPlan plan, Weights weights, String device) {
    return started().open(plan, weights, device);
  }

  @Override
  public TrainingSession train(NetworkPlan plan, Loss loss, String device) {
    return started().train(plan, loss, device);
  }

  /** Opens a TorchScript file. */
  @Override
  public ForwardPass openFile(Path file, Shape input, int outputs, String device) {
    return started().openFile(file, input, outputs, device);
  }

  private synchronized Torch started() {
    if (torch == null) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "PyTorch has not started" + (probe == null ? "" : ": " + probe.candidate().detail()));
    }
    return torch;
  }
}
