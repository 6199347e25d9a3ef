package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Digest;
import java.io.IOException;
import java.nio.file.Path;

/** Digests of files, and errors of files that cannot be read or written. */
final class Digests {

  private Digests() {}

  static String hex(Path file) {
    try {
      return Digest.of(file);
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  static MillwrightException failed(String verb, Path file, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot "
            + verb
            + " "
            + file
            + ": "
            + e
            + "\nMaybe the path is wrong, the disk is full or the user has no right to it",
        e);
  }
}
