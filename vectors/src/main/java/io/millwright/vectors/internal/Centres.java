package io.millwright.vectors.internal;

import java.util.Arrays;

/** The centres of lists, of length one each, in tiles of columns. Immutable; thread-safe. */
final class Centres {

  /** So many centres of some hundred numbers stay in a core's own cache. */
  private static final int TILE = 512;

  private final int count;
  private final float[][][] tiles;

  /** Centres of rows of length one. */
  Centres(float[][] rows) {
    count = rows.length;
    tiles = new float[(count + TILE - 1) / TILE][][];
    for (int t = 0; t < tiles.length; t++) {
      int wide = Math.min(TILE, count - t * TILE);
      tiles[t] = new float[rows[0].length][wide];
      for (int j = 0; j < wide; j++) {
        float[] row = rows[t * TILE + j];
        for (int d = 0; d < row.length; d++) {
          tiles[t][d][j] = row[d];
        }
      }
    }
  }

  int count() {
    return count;
  }

  /** The cosines of a vector with all centres. */
  float[] scores(float[] unit) {
    float[] all = new float[count];
    float[] sums = new float[TILE];
    for (int t = 0; t < tiles.length; t++) {
      int wide = sum(tiles[t], unit, sums);
      System.arraycopy(sums, 0, all, t * TILE, wide);
    }
    return all;
  }

  private static int sum(float[][] tile, float[] unit, float[] sums) {
    int wide = tile[0].length;
    Arrays.fill(sums, 0, wide, 0);
    for (int d = 0; d < unit.length; d += Columns.STEP) {
      Columns.add(sums, wide, tile[d], tile[d + 1], tile[d + 2], tile[d + 3], unit, d);
    }
    return wide;
  }

  /** For each vector its nearest centre, the first of equal ones, and the cosine with it. */
  void nearest(float[][] units, int[] which, float[] cosines, int from) {
    float[] sums = new float[TILE];
    Arrays.fill(cosines, from, from + units.length, Float.NEGATIVE_INFINITY);
    for (int t = 0; t < tiles.length; t++) {
      for (int i = 0; i < units.length; i++) {
        int wide = sum(tiles[t], units[i], sums);
        float best = cosines[from + i];
        int at = -1;
        for (int j = 0; j < wide; j++) {
          if (sums[j] > best) {
            best = sums[j];
            at = j;
          }
        }
        if (at >= 0) {
          cosines[from + i] = best;
          which[from + i] = t * TILE + at;
        }
      }
    }
  }

  /** The places of lists, nearest first, equal ones by place. */
  static int[] order(float[] scores) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      int bits = Float.floatToIntBits(-scores[i]);
      long rising = bits ^ ((bits >> 31) & 0x7fffffff);
      keys[i] = (rising << 32) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }
}
