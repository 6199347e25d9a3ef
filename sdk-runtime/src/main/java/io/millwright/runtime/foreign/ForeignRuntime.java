package io.millwright.runtime.foreign;

import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What opens networks of others with all their inputs and outputs (inference runtime). Implemented
 * by engines and found by {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface ForeignRuntime {

  /** Whether it reads files of a format. */
  boolean reads(ForeignFile.Format format);

  /**
   * Opens a network. What was opened before with the same digest, taps and threads is shared.
   *
   * @param file what was read of it; its digest was compared already
   * @param options taps that are tensors of the graph, and threads
   * @param nativeCache where native libraries are unpacked, or empty for the engine's own place
   * @return the network; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#BAD_FILE}
   *     or {@link io.millwright.api.ErrorCode#NO_ENGINE}
   */
  ForeignNetwork open(ForeignFile file, ForeignOptions options, Optional<Path> nativeCache);
}
