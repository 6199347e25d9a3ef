package io.millwright.core.learn;

import io.millwright.runtime.support.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items in a memory-mapped file, row after row: the features, then the targets. The operating
 * system keeps in memory what there is room for. Thread-safe once written.
 */
final class MappedItems implements Items, AutoCloseable {

  private static final long SEGMENT_BYTES = 1L << 30;
  private static final int BUFFERED = 1 << 20;
  private static final String PREFIX = "prepared-";
  private static final String SUFFIX = ".rows";
  private static final Duration OLD = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(MappedItems.class);

  private final Path file;
  private final int width;
  private final int targets;
  private final int stride;
  private final int inSegment;
  private final List<FloatBuffer> segments;
  private final int size;
  private final String digest;

  private MappedItems(
      Path file, int width, int targets, List<FloatBuffer> segments, int size, String digest) {
    this.file = file;
    this.width = width;
    this.targets = targets;
    this.stride = width + targets;
    this.inSegment = rowsInSegment(stride);
    this.segments = List.copyOf(segments);
    this.size = size;
    this.digest = digest;
  }

  private static int rowsInSegment(int stride) {
    return (int) (SEGMENT_BYTES / (Float.BYTES * (long) stride));
  }

  /** Writes the file. Used once, by one thread. */
  static final class Writer implements AutoCloseable {
    private final Path file;
    private final int width;
    private final int targets;
    private final FileChannel channel;
    private final Digest sha = new Digest();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFERED).order(ByteOrder.nativeOrder());
    private int rows;

    Writer(Path folder, int width, int targets) throws IOException {
      Files.createDirectories(folder);
      sweep(folder);
      this.file = Files.createTempFile(folder, PREFIX, SUFFIX);
      this.width = width;
      this.targets = targets;
      this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Files that were still mapped when they were closed; one in use stays, or is only unlinked.
     */
    private static void sweep(Path folder) throws IOException {
      try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
        for (Path file : old) {
          try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(OLD))) {
              Files.deleteIfExists(file);
            }
          } catch (FileSystemException e) {
            LOG.debug("{} stays", file, e);
          }
        }
      }
    }

    void add(float[] features, float[] target) throws IOException {
      if (buffer.remaining() < Float.BYTES * (width + targets)) {
        flush();
      }
      for (int i = 0; i < width; i++) {
        buffer.putFloat(features[i]);
      }
      for (int i = 0; i < targets; i++) {
        buffer.putFloat(target[i]);
      }
      rows = Math.addExact(rows, 1);
    }

    private void flush() throws IOException {
      buffer.flip();
      sha.add(buffer.duplicate());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }

    /** Maps what was written. */
    MappedItems items() throws IOException {
      flush();
      int stride = width + targets;
      int inSegment = rowsInSegment(stride);
      List<FloatBuffer> segments = new ArrayList<>();
      for (long from = 0; from < rows; from += inSegment) {
        long count = Math.min(inSegment, rows - from);
        segments.add(
            channel
                .map(
                    FileChannel.MapMode.READ_ONLY,
                    from * stride * Float.BYTES,
                    count * stride * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer());
      }
      return new MappedItems(file, width, targets, segments, rows, sha.hex());
    }

    /** Closes the file, which stays mapped. */
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  int size() {
    return size;
  }

  /** SHA-256 of all prepared rows and targets. */
  String digest() {
    return digest;
  }

  @Override
  public int targetWidth() {
    return targets;
  }

  @Override
  public void inputs(int[] items, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      read(items[i], 0, into, i * width, width);
    }
  }

  @Override
  public void targets(int[] items, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      read(items[i], width, into, i * targets, targets);
    }
  }

  private void read(int item, int from, float[] into, int at, int length) {
    segments.get(item / inSegment).get(item % inSegment * stride + from, into, at, length);
  }

  /** Deletes the file; one that a map still holds goes with a later training. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Windows, where a map still holds it: the next large training there sweeps it.
      LOG.debug("{} is still mapped", file, e);
    }
  }
}
