package io.millwright.vectors.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Ids and tags, read one after the other. */
final class Entries implements AutoCloseable {

  /** One entry. */
  record Entry(String id, Map<String, String> tags) {}

  private final CRC32 sum = new CRC32();
  private final DataInputStream in;

  private Entries(Path file) throws IOException {
    in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), 1 << 16), sum));
  }

  static Entries read(Path file) throws IOException {
    return new Entries(file);
  }

  Entry next() throws IOException {
    String id = in.readUTF();
    int count = in.readUnsignedShort();
    if (count == 0) {
      return new Entry(id, Map.of());
    }
    if (count > Layout.MOST_TAGS) {
      throw new IOException(count + " tags");
    }
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF().intern();
      tags.put(name, in.readUTF().intern());
    }
    return new Entry(id, Collections.unmodifiableMap(tags));
  }

  /** The checksum, once everything was read and nothing stands behind it. */
  long sum() throws IOException {
    if (in.read() >= 0) {
      throw new IOException("bytes behind the last entry");
    }
    return sum.getValue();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
