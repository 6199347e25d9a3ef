package io.millwright.runtime.support;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a file that is written in the place of another, as a whole. */
public final class Moves {

  /** Waits of 1, 2, 4 … ms: half a second in all. */
  private static final int TRIES = 9;

  private Moves() {}

  /**
   * Moves a file over another (atomic replace). Windows refuses that while anybody has the old one
   * open, be it for the moment in which it is read: so it is tried again for half a second.
   *
   * @param from the new file, in the same folder; stays there when it cannot be moved
   * @param to the place; what lies there is replaced
   * @throws IOException when the old file stays in use, or for another reason
   */
  public static void replace(Path from, Path to) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return;
      } catch (NoSuchFileException | AtomicMoveNotSupportedException e) {
        throw e;
      } catch (FileSystemException e) {
        if (attempt == TRIES || Files.isDirectory(to)) {
          throw e;
        }
        try {
          Thread.sleep(1L << attempt);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }
}
