package io.millwright.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the user demands of the choice of engine and device (backend selection policy). Without
 * demands the written rules choose, and {@link EngineReport} says what and why.
 */
public final class EnginePolicy {

  /** Which device may be used. */
  public enum DeviceDemand {
    /** The GPU when present, otherwise the CPU. */
    BEST,
    /** The GPU, or an error with {@link ErrorCode#NO_GPU}: never a silent fallback. */
    GPU_REQUIRED,
    /** The CPU. */
    CPU
  }

  private final Optional<String> engine;
  private final DeviceDemand device;
  private final OptionalInt gpu;
  private final boolean processSettings;

  private EnginePolicy(
      Optional<String> engine, DeviceDemand device, OptionalInt gpu, boolean processSettings) {
    if (gpu.isPresent() && gpu.getAsInt() < 0) {
      throw new IllegalArgumentException("gpu is " + gpu.getAsInt() + ", but must be at least 0");
    }
    if (engine.isPresent() && engine.get().isBlank()) {
      throw new IllegalArgumentException("engine is blank");
    }
    this.engine = engine;
    this.device = device;
    this.gpu = gpu;
    this.processSettings = processSettings;
  }

  /**
   * No demands.
   *
   * @return the policy
   */
  public static EnginePolicy automatic() {
    return new EnginePolicy(Optional.empty(), DeviceDemand.BEST, OptionalInt.empty(), true);
  }

  /**
   * The same, but only with a GPU.
   *
   * @return the new policy
   */
  public EnginePolicy requireGpu() {
    return new EnginePolicy(engine, DeviceDemand.GPU_REQUIRED, gpu, processSettings);
  }

  /**
   * The same, but only on the CPU.
   *
   * @return the new policy
   */
  public EnginePolicy cpuOnly() {
    return new EnginePolicy(engine, DeviceDemand.CPU, OptionalInt.empty(), processSettings);
  }

  /**
   * The same on a certain GPU.
   *
   * @param number the GPU, counted from 0
   * @return the new policy
   */
  public EnginePolicy onGpu(int number) {
    return new EnginePolicy(
        engine, DeviceDemand.GPU_REQUIRED, OptionalInt.of(number), processSettings);
  }

  /**
   * The same with a certain engine.
   *
   * @param name such as {@code PyTorch} or {@code Java}
   * @return the new policy
   */
  public EnginePolicy withEngine(String name) {
    return new EnginePolicy(Optional.of(name), device, gpu, processSettings);
  }

  /**
   * The same, but leaving the process as it is: the host sets the number of OpenMP threads itself.
   *
   * @return the new policy
   */
  public EnginePolicy leaveProcessSettings() {
    return new EnginePolicy(engine, device, gpu, false);
  }

  /**
   * {@return the name of the engine that must be used, such as {@code PyTorch}, or empty for the
   * rules' choice}
   */
  public Optional<String> engine() {
    return engine;
  }

  /** {@return which device} */
  public DeviceDemand device() {
    return device;
  }

  /** {@return the number of the GPU, counted from 0, or empty for the first} */
  public OptionalInt gpu() {
    return gpu;
  }

  /**
   * {@return whether settings of the whole process, such as the number of OpenMP threads, may be
   * made when they are not set; each is reported}
   */
  public boolean processSettings() {
    return processSettings;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EnginePolicy that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "EnginePolicy[engine="
        + engine
        + ", device="
        + device
        + ", gpu="
        + gpu
        + ", processSettings="
        + processSettings
        + "]";
  }

  private List<Object> parts() {
    return List.of(engine, device, gpu, processSettings);
  }
}
