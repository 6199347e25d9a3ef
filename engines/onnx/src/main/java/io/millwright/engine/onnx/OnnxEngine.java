package io.millwright.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.runtime.foreign.ForeignFiles;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.OpaqueNetworks;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime as an {@link Engine} for files of others. It neither trains nor runs networks of
 * this SDK. Thread-safe.
 */
public final class OnnxEngine implements Engine, OpaqueNetworks {

  private static final String NAME = "Onnx";

  private @Nullable Probe probe;
  private Optional<Path> cache = Optional.empty();

  /** For {@link java.util.ServiceLoader}. */
  public OnnxEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public synchronized Probe probe(Setup setup) {
    if (probe == null) {
      cache = setup.nativeCache();
      probe = start();
    }
    return probe;
  }

  private Probe start() {
    try {
      OrtEnvironment environment = Natives.start(cache);
      return new Probe(
          EngineReport.Candidate.builder()
              .name(NAME)
              .version(environment.getVersion())
              .usable(true)
              .detail("cpu; opens ONNX files of others only")
              .build(),
          List.of("cpu"),
          List.of());
    } catch (MillwrightException | LinkageError e) {
      return new Probe(
          EngineReport.Candidate.builder()
              .name(NAME)
              .detail(String.valueOf(e.getMessage()))
              .build(),
          List.of(),
          List.of());
    }
  }

  @Override
  public boolean ownNetworks() {
    return false;
  }

  @Override
  public ForwardPass open(NetworkPlan plan, Weights weights, String device) {
    throw foreignOnly();
  }

  @Override
  public TrainingSession train(NetworkPlan plan, Objective objective, String device) {
    throw foreignOnly();
  }

  private static MillwrightException foreignOnly() {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "ONNX Runtime computes ONNX files only\nMaybe use PyTorch, TensorFlow or plain Java");
  }

  @Override
  public ForwardPass openFile(Path file, Shape input, int outputs, String device) {
    Optional<Path> place;
    synchronized (this) {
      place = cache;
    }
    ForeignNetwork network = ForeignFiles.open(file, ForeignOptions.standard(), place);
    try {
      OrtForward forward = OrtForward.of(network, input, outputs);
      forward.run(new float[input.size()], 1);
      return forward;
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }
}
