package io.millwright.runtime.features;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Moves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Arrays of numbers on disk, each in a file of its own under a key. A file is there whole or not at
 * all; one that is damaged counts as absent. When the folder grows beyond its bound, what was used
 * longest ago goes. Several processes may share a folder. Thread-safe.
 */
public final class FeatureCache {

  private static final int MAGIC = 0x4d574643; // "MWFC"
  private static final int VERSION = 1;
  private static final int HEADER = 4 * 4;
  private static final int MOST_VALUES = 1 << 27;
  private static final int SWEEP = 256;

  private final Path folder;
  private final long most;
  private final Clock clock;
  private int written;
  private boolean swept;

  /**
   * A cache.
   *
   * @param folder where files lie; made when the first is written
   * @param most how many bytes it may take, at least 1 MiB
   * @param clock tells when a file was used
   */
  public FeatureCache(Path folder, long most, Clock clock) {
    if (most < 1 << 20) {
      throw new IllegalArgumentException("a cache of " + most + " bytes is less than 1 MiB");
    }
    this.folder = folder;
    this.most = most;
    this.clock = clock;
  }

  private Path file(String key) {
    if (!key.matches("[0-9a-f]{16,128}")) {
      throw new IllegalArgumentException("a key is hexadecimal, not \"" + key + "\"");
    }
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".mwf");
  }

  /** What lies under a key, or empty when nothing does or it is damaged. */
  public Optional<float[]> find(String key) {
    Path file = file(key);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.remaining() < HEADER || bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
        return Optional.empty();
      }
      int count = bytes.getInt();
      int sum = bytes.getInt();
      if (count < 0 || count > MOST_VALUES || bytes.remaining() != 4L * count) {
        return Optional.empty();
      }
      if (sum != sum(bytes)) {
        return Optional.empty();
      }
      float[] values = new float[count];
      bytes.asFloatBuffer().get(values);
      touch(file);
      return Optional.of(values);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | OutOfMemoryError e) {
      return Optional.empty(); // It can be computed again.
    }
  }

  private void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    } catch (IOException e) {
      // A folder that is only read still serves; what goes first is then a matter of writing.
    }
  }

  private static int sum(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  /**
   * Keeps values under a key.
   *
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public void keep(String key, float[] values) {
    Path file = file(key);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + 4 * values.length);
    bytes.position(HEADER);
    bytes.asFloatBuffer().put(values);
    int sum = sum(bytes);
    bytes.putInt(0, MAGIC).putInt(4, VERSION).putInt(8, values.length).putInt(12, sum);
    try {
      Path parent = Files.createDirectories(file.resolveSibling(""));
      Path part = parent.resolve(UUID.randomUUID() + ".part");
      Files.write(part, bytes.array());
      try {
        Moves.replace(part, file);
      } catch (FileSystemException e) {
        Files.deleteIfExists(part);
        if (!Files.exists(file)) {
          throw e;
        }
        return; // Windows: somebody reads it, so that it is there.
      }
      touch(file);
      grown();
    } catch (IOException | UncheckedIOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "the features cannot be kept in "
              + folder
              + ": "
              + e
              + "\nMaybe name a folder that can be written, or none",
          e);
    }
  }

  private synchronized void grown() throws IOException {
    written++;
    if (!swept || written >= SWEEP) {
      swept = true;
      written = 0;
      sweep();
    }
  }

  /** Removes what was used longest ago until nine tenths of the bound are left. */
  public synchronized void sweep() throws IOException {
    record Found(Path file, long bytes, FileTime used) {}
    List<Found> all = new ArrayList<>();
    long total = 0;
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.toString();
        if (Files.isRegularFile(file) && (name.endsWith(".mwf") || name.endsWith(".part"))) {
          try {
            long bytes = Files.size(file);
            all.add(new Found(file, bytes, Files.getLastModifiedTime(file)));
            total += bytes;
          } catch (NoSuchFileException e) {
            // Another process was faster.
          }
        }
      }
    }
    if (total <= most) {
      return;
    }
    all.sort(Comparator.comparing(Found::used).thenComparing(Found::file));
    for (Found found : all) {
      if (total <= most - most / 10) {
        return;
      }
      try {
        Files.deleteIfExists(found.file());
        total -= found.bytes();
      } catch (FileSystemException e) {
        // Windows: somebody reads it; another one goes.
      }
    }
  }
}
