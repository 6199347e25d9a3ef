package io.millwright.runtime.network;

import io.millwright.api.EngineReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start of an engine whose native library may be absent or not load: it is tried once, and what
 * is missing shows in the probe, with the dependency to add. Thread-safe.
 *
 * @param <T> the started library
 */
public abstract class NativeEngine<T> implements Engine {

  private final String name;
  private @Nullable T library;
  private @Nullable Probe probe;

  /** An engine that has not started. */
  protected NativeEngine(String name) {
    this.name = name;
  }

  /**
   * Loads the library; throws whatever its loading throws.
   *
   * @param settings takes what was set in the process, also when loading fails afterwards
   */
  protected abstract T load(Setup setup, List<EngineReport.Setting> settings);

  /** The version of a library. */
  protected abstract String version(T loaded);

  /** The devices that a library can use. */
  protected abstract List<String> devices(T loaded);

  /** What a person can do about what was thrown. */
  protected abstract String explain(Throwable thrown);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final synchronized Probe probe(Setup setup) {
    if (probe == null) {
      probe = start(setup);
    }
    return probe;
  }

  private Probe start(Setup setup) {
    List<EngineReport.Setting> settings = new ArrayList<>();
    try {
      T loaded = load(setup, settings);
      List<String> devices = devices(loaded);
      String detail =
          "devices "
              + devices
              + (devices.size() == 1
                  ? "; this build of the native library sees no CUDA device"
                  : "");
      library = loaded;
      return new Probe(
          EngineReport.Candidate.builder()
              .name(name)
              .version(version(loaded))
              .trains(true)
              .usable(true)
              .detail(detail)
              .build(),
          devices,
          settings);
    } catch (LinkageError | RuntimeException e) {
      return new Probe(
          EngineReport.Candidate.builder().name(name).trains(true).detail(explain(e)).build(),
          List.of(),
          settings);
    }
  }

  /**
   * The library.
   *
   * @throws MillwrightException with {@link ErrorCode#NO_ENGINE} when it has not started
   */
  protected final synchronized T started() {
    if (library == null) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          name + " has not started" + (probe == null ? "" : ": " + probe.candidate().detail()));
    }
    return library;
  }
}
