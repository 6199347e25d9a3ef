package io.millwright.runtime.network;

import io.millwright.api.EnginePolicy;
import io.millwright.api.EngineReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Something that computes networks. Found by {@link java.util.ServiceLoader} among the rooms of
 * this module, so that an engine whose libraries are absent is a candidate that cannot be used, and
 * nothing more. Thread-safe.
 */
public interface Engine {

  /**
   * What the host allows an engine when it starts.
   *
   * @param policy the user's demands
   * @param nativeCache where native libraries are unpacked, or empty for the engine's own place
   */
  record Setup(EnginePolicy policy, Optional<Path> nativeCache) {}

  /**
   * What an engine found when it started.
   *
   * @param candidate whether it can be used, with version and detail
   * @param devices the devices it can use, {@code cpu} and {@code gpu 0: NAME} and so on; empty
   *     when it cannot be used
   * @param settings settings of the process that matter to it
   */
  record Probe(
      EngineReport.Candidate candidate, List<String> devices, List<EngineReport.Setting> settings) {
    /** Copies. */
    public Probe {
      devices = List.copyOf(devices);
      settings = List.copyOf(settings);
    }
  }

  /** Its name, such as {@code PyTorch}. */
  String name();

  /**
   * Starts the engine when that has not been done, loading its native library; never throws for
   * something that is missing, but says so.
   */
  Probe probe(Setup setup);

  /**
   * Asked while the virtual machine ends, after the engine has started: from now on the process
   * leaves without the destructors of native libraries, which would otherwise run under native
   * calls that have not ended.
   *
   * @return whether that can be done here
   */
  default boolean leaveQuickly() {
    return false;
  }

  /**
   * Whether it computes networks of this SDK.
   *
   * @return false for one that opens files of others only, which no rule of prediction chooses
   */
  default boolean ownNetworks() {
    return true;
  }

  /**
   * Makes a network ready to predict.
   *
   * @param device one of the probe's devices
   */
  ForwardPass open(NetworkPlan plan, Weights weights, String device);

  /**
   * Begins a training.
   *
   * @param device one of the probe's devices
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when the engine cannot train
   */
  TrainingSession train(NetworkPlan plan, Objective objective, String device);
}
