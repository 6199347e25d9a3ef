package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.IoReason;
import io.millwright.runtime.support.Moves;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that are there whole or not at all: into a temporary file in the same folder, forced
 * to the disk, then renamed over the target. Leftovers of a crash begin with {@value #PREFIX} and
 * end with {@value #SUFFIX}.
 */
final class AtomicFile {

  static final String PREFIX = ".millwright-";
  static final String SUFFIX = ".part";

  private AtomicFile() {}

  /** What fills a file. */
  interface Content {
    void to(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, replacing one that is there.
   *
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  static void write(Path target, Content content) {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw failed(
          "write", target, new FileSystemException(target.toString(), null, "is a folder"));
    }
    Path temporary = folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        content.to(channel);
        channel.force(true);
      }
      Moves.replace(temporary, absolute);
      sync(folder);
    } catch (IOException e) {
      throw failed("write", target, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /** Forces a folder's list of names to the disk, where the system can do that. */
  static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders and needs no such step; elsewhere the rename has already happened,
      // and only a loss of power within seconds could undo it.
      return;
    }
  }

  /** Whether a file is what a crashed writer left. */
  static boolean isLeftover(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What cannot be deleted now is recognisable and swept later.
      return;
    }
  }

  /** The error of a file that cannot be read or written. */
  static MillwrightException failed(String verb, Path file, @Nullable IOException e) {
    String why;
    if (e instanceof ClosedByInterruptException) {
      return new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot "
              + verb
              + " "
              + file
              + ": this thread was interrupted, which ends reading and writing of files"
              + "\nMaybe the work was cancelled; the flag is still set, so clear it before trying"
              + " again.",
          e);
    } else {
      why = e == null ? "" : IoReason.of(e);
    }
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot "
            + verb
            + " "
            + file
            + ": "
            + why
            + (verb.startsWith("read")
                ? "\nMaybe the path is wrong, or the user has no right to read it."
                : "\n"
                    + "Maybe the path is wrong, the disk is full, the file is in use elsewhere or"
                    + " the user has no right to it."),
        e);
  }
}
