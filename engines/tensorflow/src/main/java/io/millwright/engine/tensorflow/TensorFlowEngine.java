package io.millwright.engine.tensorflow;

import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Loss;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.GraphWriter;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.OpaqueNetworks;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TensorFlow as an {@link Engine}. Whatever is missing shows in the probe, with the dependency to
 * add.
 */
public final class TensorFlowEngine implements Engine, OpaqueNetworks, GraphWriter {

  static final String NAME = "TensorFlow";

  private @Nullable Flow flow;
  private @Nullable Probe probe;

  /** For {@link java.util.ServiceLoader}. */
  public TensorFlowEngine() {}

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
    List<EngineReport.Setting> settings = new ArrayList<>();
    try {
      settings.addAll(FlowLibrary.prepare(setup));
      flow = Flow.start();
      return new Probe(
          new EngineReport.Candidate(NAME, flow.version(), true, true, flow.detail()),
          flow.devices(),
          settings);
    } catch (LinkageError | RuntimeException e) {
      return new Probe(
          new EngineReport.Candidate(NAME, "", true, false, FlowTrouble.explain(e)),
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

  private synchronized Flow started() {
    if (flow == null) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "TensorFlow has not started" + (probe == null ? "" : ": " + probe.candidate().detail()));
    }
    return flow;
  }
}
