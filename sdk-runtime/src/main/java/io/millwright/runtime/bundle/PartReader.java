package io.millwright.runtime.bundle;

import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads one entry from its first byte to its last, and knows its checksums at the end. */
final class PartReader {

  private static final int CHUNK = 1 << 18;

  /** A smaller array is read. */
  private static final long LEAST_MAPPED = 1 << 20;

  private final SeekableByteChannel channel;
  private final StoredZip.Part part;
  private final Place place;
  private final boolean mapping;
  private final Digest sha = new Digest();
  private final CRC32 crc = new CRC32();
  private long read;

  /**
   * @param mapping whether large arrays stay in the file
   */
  PartReader(SeekableByteChannel channel, StoredZip.Part part, Place place, boolean mapping) {
    this.channel = channel;
    this.part = part;
    this.place = place;
    this.mapping = mapping;
  }

  /** The next numbers, mapped; they are not passed over. Empty where they are rather read. */
  Optional<FloatBuffer> mapped(int count) throws IOException {
    long bytes = (long) count * Float.BYTES;
    if (!mapping
        || bytes < LEAST_MAPPED
        || bytes > remaining()
        || !(channel instanceof FileChannel file)) {
      return Optional.empty();
    }
    ByteBuffer map = file.map(FileChannel.MapMode.READ_ONLY, part.data() + read, bytes);
    return Optional.of(map.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
  }

  /** How many bytes have not been read. */
  long remaining() {
    return part.size() - read;
  }

  /** The next bytes, all of them. */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    fill(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * The next numbers, little endian.
   *
   * @param name what they are, for errors
   * @param into where they go, or an empty array to check them alone
   * @param count how many there are
   */
  void floats(String name, float[] into, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    float[] chunk = new float[Math.min(count, CHUNK / Float.BYTES)];
    for (int done = 0; done < count; ) {
      int n = Math.min(chunk.length, count - done);
      buffer.clear().limit(n * Float.BYTES);
      fill(buffer);
      buffer.flip().asFloatBuffer().get(chunk, 0, n);
      for (int i = 0; i < n; i++) {
        if (!Float.isFinite(chunk[i])) {
          throw place.error(
              "value "
                  + (done + i)
                  + " of tensor \""
                  + name
                  + "\" is "
                  + chunk[i]
                  + ", not a weight");
        }
      }
      if (into.length > 0) {
        System.arraycopy(chunk, 0, into, done, n);
      }
      done += n;
    }
  }

  /** The next numbers in half precision, as {@link #floats}. */
  void halves(String name, float[] into, int count) throws IOException {
    for (int done = 0; done < count; ) {
      int n = Math.min(CHUNK / Short.BYTES, count - done);
      ByteBuffer buffer = ByteBuffer.wrap(bytes(n * Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        float value = Storage.single(buffer.getShort());
        if (!Float.isFinite(value)) {
          throw place.error(
              "value " + (done + i) + " of tensor \"" + name + "\" is " + value + ", not a weight");
        }
        if (into.length > 0) {
          into[done + i] = value;
        }
      }
      done += n;
    }
  }

  /** The next whole numbers, each times the scale of its row; as {@link #floats}. */
  void levels(float[] into, int count, float[] scales) throws IOException {
    int length = count / scales.length;
    for (int done = 0; done < count; ) {
      int n = Math.min(CHUNK, count - done);
      byte[] levels = bytes(n);
      for (int i = 0; i < n && into.length > 0; i++) {
        into[done + i] = levels[i] * scales[(done + i) / length];
      }
      done += n;
    }
  }

  private void fill(ByteBuffer buffer) throws IOException {
    if (buffer.remaining() > remaining()) {
      throw place.error(
          buffer.remaining() + " bytes are missing at offset " + (part.data() + read));
    }
    ByteBuffer filled = buffer.duplicate();
    while (buffer.hasRemaining()) {
      int n = channel.position(part.data() + read).read(buffer);
      if (n < 0) {
        throw place.error(
            "the file ended at offset " + (part.data() + read) + " while it was read");
      }
      read += n;
    }
    crc.update(filled.duplicate());
    sha.add(filled);
  }

  /** Checks that all has been read and that it is what was written; gives the SHA-256. */
  String finish() {
    if (remaining() != 0) {
      throw place.error(remaining() + " bytes too many at offset " + (part.data() + read));
    }
    if ((int) crc.getValue() != part.crc()) {
      throw place.error("its CRC-32 is not the one that the directory gives: it is damaged");
    }
    return sha.hex();
  }
}
