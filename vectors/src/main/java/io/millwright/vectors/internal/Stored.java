package io.millwright.vectors.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The vectors of an index, mapped in pieces of less than 2 GiB. Immutable; thread-safe. */
final class Stored {

  private static final int PIECE = 1 << 30;

  private final FloatBuffer[] pieces;
  private final int dimensions;
  private final int each;
  private final int count;

  private Stored(FloatBuffer[] pieces, int dimensions, int each, int count) {
    this.pieces = pieces;
    this.dimensions = dimensions;
    this.each = each;
    this.count = count;
  }

  static Stored map(Path file, int count, int dimensions) throws IOException {
    int each = PIECE / (4 * dimensions);
    FloatBuffer[] pieces = new FloatBuffer[(count + each - 1) / each];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() != 4L * dimensions * count) {
        throw new IOException(channel.size() + " bytes for " + count + " vectors");
      }
      for (int i = 0; i < pieces.length; i++) {
        long from = 4L * dimensions * each * i;
        ByteBuffer bytes =
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                from,
                Math.min(4L * dimensions * each, channel.size() - from));
        pieces[i] = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      }
    }
    return new Stored(pieces, dimensions, each, count);
  }

  int count() {
    return count;
  }

  /** Copies a vector. */
  void get(int at, float[] into) {
    pieces[at / each].get(at % each * dimensions, into, 0, dimensions);
  }

  /** The product of two vectors of length one: their cosine. */
  static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
