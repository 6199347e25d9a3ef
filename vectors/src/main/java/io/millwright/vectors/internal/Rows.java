package io.millwright.vectors.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Vectors as they were added, one after the other in a file. Thread-safe. */
final class Rows implements AutoCloseable {

  private final FileChannel channel;
  private final int count;
  private final int numbers;

  /**
   * Rows of a file.
   *
   * @param count how many
   * @param numbers of each, padded
   */
  Rows(Path file, int count, int numbers) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.count = count;
    this.numbers = numbers;
  }

  int count() {
    return count;
  }

  int numbers() {
    return numbers;
  }

  /** Room for so many rows. */
  ByteBuffer room(int rows) {
    return ByteBuffer.allocate(4 * numbers * rows).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads rows that follow each other. */
  float[][] read(int from, int rows, ByteBuffer room) throws IOException {
    room.clear().limit(4 * numbers * rows);
    long at = 4L * numbers * from;
    while (room.hasRemaining()) {
      int n = channel.read(room, at);
      if (n < 0) {
        throw new IOException("the vectors end at byte " + at);
      }
      at += n;
    }
    float[][] all = new float[rows][numbers];
    room.flip();
    for (float[] one : all) {
      room.asFloatBuffer().get(one);
      room.position(room.position() + 4 * numbers);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
