package io.millwright.quality.internal.anomaly;

import java.util.Arrays;
import java.util.List;

/**
 * Good cells by their place: of each place a coreset chosen by farthest points (Gonzalez 1985). A
 * cell is as strange as it is far from the nearest one remembered at its place or beside it.
 * Immutable; the array is not to be changed.
 *
 * @param cells for each place the remembered cells
 */
record Memory(float[][][] cells) implements Known {

  private static final int MOST = 60;

  /** Remembered cells keep this many parts of one: enough for distances, and short as text. */
  private static final double GRAIN = 256;

  /** Remembers images, each given by its projected cells. */
  static Memory of(List<float[][]> images) {
    int places = images.get(0).length;
    float[][][] cells = new float[places][][];
    for (int p = 0; p < places; p++) {
      float[][] all = new float[images.size()][];
      for (int i = 0; i < all.length; i++) {
        all[i] = images.get(i)[p];
      }
      cells[p] = coreset(all);
    }
    return new Memory(cells);
  }

  private static float[][] coreset(float[][] all) {
    int width = all[0].length;
    float[] mean = new float[width];
    for (float[] row : all) {
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] / all.length;
      }
    }
    int first = 0;
    for (int i = 1; i < all.length; i++) {
      if (distance(all[i], mean) < distance(all[first], mean)) {
        first = i;
      }
    }
    int count = Math.min(MOST, all.length);
    float[][] chosen = new float[count][];
    double[] nearest = new double[all.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int next = first;
    for (int c = 0; c < count; c++) {
      chosen[c] = all[next];
      int farthest = 0;
      for (int i = 0; i < all.length; i++) {
        nearest[i] = Math.min(nearest[i], distance(all[i], chosen[c]));
        if (nearest[i] > nearest[farthest]) {
          farthest = i;
        }
      }
      next = farthest;
    }
    return chosen;
  }

  private static double distance(float[] a, float[] b) {
    float first = 0;
    float second = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      float d = a[i] - b[i];
      float e = a[i + 1] - b[i + 1];
      first += d * d;
      second += e * e;
    }
    if (i < a.length) {
      first += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return first + second;
  }

  @Override
  public double[] distances(float[][] image) {
    int grid = Cells.GRID;
    double[] all = new double[image.length];
    for (int p = 0; p < image.length; p++) {
      double least = Double.POSITIVE_INFINITY;
      int row = p / grid;
      int column = p % grid;
      for (int y = Math.max(0, row - 1); y <= Math.min(grid - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(grid - 1, column + 1); x++) {
          for (float[] known : cells[y * grid + x]) {
            least = Math.min(least, distance(image[p], known));
          }
        }
      }
      all[p] = Math.sqrt(least);
    }
    return all;
  }

  @Override
  public Memory rounded() {
    float[][][] all = new float[cells.length][][];
    for (int p = 0; p < all.length; p++) {
      float[][] from = cells[p];
      all[p] = new float[from.length][];
      for (int c = 0; c < from.length; c++) {
        all[p][c] = new float[from[c].length];
        for (int k = 0; k < from[c].length; k++) {
          all[p][c][k] = (float) (Math.rint(from[c][k] * GRAIN) / GRAIN);
        }
      }
    }
    return new Memory(all);
  }
}
