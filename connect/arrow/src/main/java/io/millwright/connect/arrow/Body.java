package io.millwright.connect.arrow;

import io.airlift.compress.zstd.ZstdDecompressor;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;
import org.jspecify.annotations.Nullable;

/** The buffers of one record batch, taken column by column (Arrow columnar format). */
final class Body {

  private static final int LZ4_FRAME = 0x184D2204;

  private final Path path;
  private final RecordBatch meta;
  private final ByteBuffer bytes;
  private final @Nullable BodyCompression packed;
  private final int rows;
  private long unpacked;
  private int node;
  private int buffer;

  Body(Path path, RecordBatch meta, ByteBuffer bytes) throws IOException {
    this.path = path;
    this.meta = meta;
    this.bytes = bytes;
    packed = meta.compression();
    if (meta.length() < 0 || meta.length() > Integer.MAX_VALUE - 8) {
      throw new IOException("a record batch claims " + meta.length() + " rows");
    }
    rows = (int) meta.length();
  }

  int rows() {
    return rows;
  }

  /** The next node: how many values, and how many are missing. */
  FieldNode node() throws IOException {
    if (node >= meta.nodesLength()) {
      throw new IOException("a record batch has fewer columns than the schema");
    }
    FieldNode next = meta.nodes(node++);
    return next;
  }

  /** Leaves out a column that is not wanted. */
  void skip(Field field) throws IOException {
    node();
    if (field.dictionary() != null) {
      buffer += 2;
      return;
    }
    buffer +=
        switch (field.typeType()) {
          case Type.Null, Type.RunEndEncoded -> 0;
          case Type.Struct_, Type.FixedSizeList -> 1;
          case Type.Utf8, Type.LargeUtf8, Type.Binary, Type.LargeBinary -> 3;
          case Type.Union ->
              field.type(new Union()) instanceof Union u && u.mode() == UnionMode.Sparse ? 1 : 2;
          default -> 2;
        };
    for (int i = 0; i < field.childrenLength(); i++) {
      skip(field.children(i));
    }
  }

  /** The next buffer, unpacked. */
  ByteBuffer buffer() throws IOException {
    if (buffer >= meta.buffersLength()) {
      throw new IOException("a record batch has fewer buffers than its columns need");
    }
    Buffer next = meta.buffers(buffer++);
    if (next.offset() < 0 || next.length() < 0 || next.length() > bytes.limit() - next.offset()) {
      throw new IOException("a buffer reaches beyond its record batch");
    }
    ByteBuffer raw =
        bytes.slice((int) next.offset(), (int) next.length()).order(ByteOrder.LITTLE_ENDIAN);
    if (packed == null || raw.limit() == 0) {
      return raw;
    }
    long length = raw.getLong();
    if (length == -1) {
      return raw.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
    // No packing of these shrinks bytes further: the claim of a small buffer takes no large memory.
    if (length < 0 || length > (1 << 20) + 40_000L * raw.remaining()) {
      throw new IOException("a buffer claims to unpack into " + length + " bytes");
    }
    unpacked += length;
    long most = Runtime.getRuntime().maxMemory() / 4;
    if (length > Integer.MAX_VALUE - 8 || unpacked > most) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          path
              + " has a record batch that unpacks into more than "
              + (most >> 20)
              + " MiB\nMaybe write smaller record batches, or give more heap");
    }
    byte[] in = new byte[raw.remaining()];
    raw.get(in);
    byte[] out = new byte[(int) length];
    try {
      if (packed.codec() == CompressionType.LZ4_FRAME) {
        lz4(in, out);
      } else if (new ZstdDecompressor().decompress(in, 0, in.length, out, 0, out.length)
          != out.length) {
        throw new IOException("a buffer unpacks into fewer bytes than it says");
      }
    } catch (RuntimeException e) { // reads or writes beyond an end
      throw new IOException("a buffer does not unpack: " + e.getMessage(), e);
    }
    return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An LZ4 frame (its specification, 1.6); checksums are not compared. */
  private static void lz4(byte[] in, byte[] out) throws IOException {
    ByteBuffer frame = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
    if (frame.remaining() < 7 || frame.getInt() != LZ4_FRAME) {
      throw new IOException("a buffer holds no LZ4 frame");
    }
    int flags = frame.get();
    boolean sums = (flags & 0x10) != 0;
    // Block size, content size, dictionary, and the header's checksum.
    frame.position(
        frame.position() + 1 + ((flags & 8) != 0 ? 8 : 0) + ((flags & 1) != 0 ? 4 : 0) + 1);
    int at = 0;
    for (int length = frame.getInt(); length != 0; length = frame.getInt()) {
      int size = length & 0x7FFFFFFF;
      int from = frame.position();
      if (length < 0) {
        System.arraycopy(in, from, out, at, size);
        at += size;
      } else {
        at = block(in, from, Math.addExact(from, size), out, at);
      }
      frame.position(from + size + (sums ? 4 : 0));
    }
    if (at != out.length) {
      throw new IOException("a buffer unpacks into " + at + " bytes instead of " + out.length);
    }
  }

  /** A block of LZ4, which may repeat what earlier blocks of its frame gave. */
  private static int block(byte[] in, int from, int end, byte[] out, int at) throws IOException {
    int i = from;
    int o = at;
    while (i < end) {
      int token = in[i++] & 0xFF;
      int words = token >>> 4;
      for (int more = words == 15 ? 255 : 0; more == 255; words += more) {
        more = in[i++] & 0xFF;
      }
      System.arraycopy(in, i, out, o, words);
      i += words;
      o += words;
      if (i >= end) {
        return o;
      }
      int back = (in[i++] & 0xFF) | (in[i++] & 0xFF) << 8;
      int again = token & 15;
      for (int more = again == 15 ? 255 : 0; more == 255; again += more) {
        more = in[i++] & 0xFF;
      }
      if (back == 0 || back > o) {
        throw new IOException("a buffer repeats what was not there");
      }
      for (int k = again + 4; k > 0; k--, o++) {
        out[o] = out[o - back];
      }
    }
    return o;
  }
}
