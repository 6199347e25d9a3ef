package io.millwright.vectors.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.vectors.VectorIndex;
import io.millwright.vectors.VectorIndexBuilder;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an index into a folder. */
public final class FolderIndexWriter implements VectorIndexBuilder {

  private final Path folder;
  private final int dimensions;
  private final ByteBuffer line;
  private @Nullable OutputStream vectors;
  private @Nullable DataOutputStream entries;
  private final CRC32 vectorSum = new CRC32();
  private final CRC32 entrySum = new CRC32();
  private int count;
  private int listsFrom = VectorIndex.LISTS_FROM;

  /**
   * A writer.
   *
   * @param folder made; must not hold anything
   */
  public FolderIndexWriter(Path folder, int dimensions) {
    if (dimensions < 1 || dimensions > Layout.MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          dimensions + " dimensions, but 1 to " + Layout.MOST_DIMENSIONS + " are possible");
    }
    this.folder = folder;
    this.dimensions = dimensions;
    this.line = ByteBuffer.allocate(4 * Columns.padded(dimensions)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      Files.createDirectories(folder);
      try (Stream<Path> there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw new MillwrightException(
              ErrorCode.IO_FAILED,
              folder + " is not empty\nMaybe name a folder that does not exist");
        }
      }
      vectors = new BufferedOutputStream(Files.newOutputStream(rows()), 1 << 16);
      entries = new DataOutputStream(stream(Layout.ENTRIES, entrySum));
    } catch (IOException e) {
      throw Layout.failed(folder, e);
    }
  }

  private Path rows() {
    return folder.resolve(Layout.VECTORS + ".part");
  }

  private OutputStream stream(String name, CRC32 sum) throws IOException {
    return new BufferedOutputStream(
        new CheckedOutputStream(Files.newOutputStream(folder.resolve(name)), sum), 1 << 16);
  }

  @Override
  public VectorIndexBuilder listsFrom(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("lists from " + number + " vectors on");
    }
    listsFrom = number;
    return this;
  }

  @Override
  public VectorIndexBuilder add(String id, float[] vector, Map<String, String> tags) {
    OutputStream to = vectors;
    DataOutputStream words = entries;
    if (to == null || words == null) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "the index in " + folder + " was built\nMaybe start another one");
    }
    if (id.isEmpty() || tags.size() > Layout.MOST_TAGS) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the id \""
              + id
              + "\" with "
              + tags.size()
              + " tags\nMaybe give an id, and at most "
              + Layout.MOST_TAGS
              + " tags");
    }
    line.clear();
    line.asFloatBuffer().put(Layout.normalised(vector, dimensions));
    try {
      to.write(line.array());
      words.writeUTF(id);
      words.writeShort(tags.size());
      for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
        words.writeUTF(tag.getKey());
        words.writeUTF(tag.getValue());
      }
      count = Math.addExact(count, 1);
    } catch (IOException e) {
      throw Layout.failed(folder, e);
    }
    return this;
  }

  @Override
  public VectorIndex build() {
    if (count == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "the index in " + folder + " has no vector\nMaybe add some");
    }
    try {
      closeFiles();
      CRC32 listSum = new CRC32();
      try (Rows added = new Rows(rows(), count, Columns.padded(dimensions));
          DataOutputStream out = new DataOutputStream(stream(Layout.LISTS, listSum))) {
        Partition.write(added, folder.resolve(Layout.VECTORS), vectorSum).write(out);
      }
      Files.delete(rows());
      Path part = folder.resolve(Layout.INDEX + ".part");
      try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(part))) {
        out.writeInt(Layout.MAGIC);
        out.writeInt(Layout.VERSION);
        out.writeInt(count);
        out.writeInt(dimensions);
        out.writeBoolean(count > listsFrom);
        out.writeLong(vectorSum.getValue());
        out.writeLong(entrySum.getValue());
        out.writeLong(listSum.getValue());
      }
      Files.move(part, folder.resolve(Layout.INDEX), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Layout.failed(folder, e);
    }
    return FolderIndex.open(folder);
  }

  private void closeFiles() throws IOException {
    OutputStream first = vectors;
    DataOutputStream second = entries;
    vectors = null;
    entries = null;
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }

  @Override
  public void close() {
    try {
      closeFiles();
    } catch (IOException e) {
      throw Layout.failed(folder, e);
    }
  }
}
