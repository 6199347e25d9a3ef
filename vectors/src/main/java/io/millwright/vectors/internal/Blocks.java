package io.millwright.vectors.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The vectors of an index, list after list, each list in blocks whose vectors lie side by side,
 * mapped in pieces of less than 2 GiB. Immutable; thread-safe.
 */
final class Blocks {

  /** Vectors of a block at the most. */
  static final int MOST = 1024;

  private static final long PIECE = 1L << 30;

  private final int numbers;
  private final int count;
  private final int[] first;
  private final int[] from;
  private final FloatBuffer[] pieces;
  private final int[] piece;
  private final int[] offset;

  /** Where a search keeps columns and sums. */
  static final class Scratch {
    private final float[][] columns = new float[Columns.STEP][MOST];
    final float[] sums = new float[MOST];
  }

  private Blocks(int[] sizes, int numbers, FileChannel channel) throws IOException {
    this.numbers = numbers;
    this.first = new int[sizes.length + 1];
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    for (int list = 0; list < sizes.length; list++) {
      first[list] = starts.size();
      int end = Math.addExact(at, sizes[list]);
      for (; at < end; at = Math.min(end, at + MOST)) {
        starts.add(at);
      }
    }
    first[sizes.length] = starts.size();
    starts.add(at);
    count = at;
    from = starts.stream().mapToInt(i -> i).toArray();
    if (channel.size() != 4L * numbers * count) {
      throw new IOException(channel.size() + " bytes for " + count + " vectors");
    }
    piece = new int[from.length - 1];
    offset = new int[from.length - 1];
    List<FloatBuffer> all = new ArrayList<>();
    for (int b = 0; b < piece.length; ) {
      int begin = b;
      for (; b < piece.length && 4L * numbers * (from[b + 1] - from[begin]) <= PIECE; b++) {
        piece[b] = all.size();
        offset[b] = numbers * (from[b] - from[begin]);
      }
      all.add(
          channel
              .map(
                  FileChannel.MapMode.READ_ONLY,
                  4L * numbers * from[begin],
                  4L * numbers * (from[b] - from[begin]))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer());
    }
    pieces = all.toArray(FloatBuffer[]::new);
  }

  /**
   * Maps a file.
   *
   * @param sizes of the lists
   * @param numbers of a vector, padded
   */
  static Blocks map(Path file, int[] sizes, int numbers) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Blocks(sizes, numbers, channel);
    }
  }

  /** The bytes of a block of rows. */
  static ByteBuffer bytes(float[][] rows, int numbers) {
    ByteBuffer block =
        ByteBuffer.allocate(4 * numbers * rows.length).order(ByteOrder.LITTLE_ENDIAN);
    float[] column = new float[rows.length];
    FloatBuffer to = block.asFloatBuffer();
    for (int d = 0; d < numbers; d++) {
      for (int j = 0; j < column.length; j++) {
        column[j] = rows[j][d];
      }
      to.put(column);
    }
    return block;
  }

  int count() {
    return count;
  }

  int blocks() {
    return piece.length;
  }

  /** The first block of a list; of the number of lists, the number of blocks. */
  int first(int list) {
    return first[list];
  }

  /** The position of a block's first vector. */
  int from(int block) {
    return from[block];
  }

  int size(int block) {
    return from[block + 1] - from[block];
  }

  /** The products of a vector with those of a block, in the scratch's sums. */
  void sum(int block, float[] unit, Scratch scratch) {
    int wide = size(block);
    FloatBuffer source = pieces[piece[block]];
    float[][] c = scratch.columns;
    Arrays.fill(scratch.sums, 0, wide, 0);
    int at = offset[block];
    for (int d = 0; d < numbers; d += Columns.STEP) {
      for (float[] column : c) {
        source.get(at, column, 0, wide);
        at += wide;
      }
      Columns.add(scratch.sums, wide, c[0], c[1], c[2], c[3], unit, d);
    }
  }

  /** A block as columns, for many products. */
  float[][] columns(int block) {
    int wide = size(block);
    float[][] all = new float[numbers][wide];
    int at = offset[block];
    for (float[] column : all) {
      pieces[piece[block]].get(at, column);
      at += wide;
    }
    return all;
  }

  /** A block as rows. */
  float[][] rows(int block) {
    float[][] columns = columns(block);
    float[][] rows = new float[size(block)][numbers];
    for (int d = 0; d < numbers; d++) {
      for (int j = 0; j < rows.length; j++) {
        rows[j][d] = columns[d][j];
      }
    }
    return rows;
  }
}
