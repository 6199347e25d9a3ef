package io.millwright.runtime.network;

import java.nio.file.Path;

/** An engine that also runs networks out of files of its own kind. Thread-safe. */
public interface OpaqueNetworks {

  /**
   * Opens a file.
   *
   * @param file the file or folder
   * @param input what the network must take
   * @param outputs how many numbers it must give for each input
   * @param device one of the probe's devices
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#BAD_FILE}
   *     or {@link io.millwright.api.ErrorCode#WRONG_SHAPE}
   */
  ForwardPass openFile(Path file, Shape input, int outputs, String device);
}
