package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;

/**
 * Cells by an own filter bank that sees directions, without any network: at three scales the first
 * and second derivatives of a Gaussian (Koenderink and van Doorn 1987), of each cell the largest
 * and the least response and the mean of its amount, and the local standard deviation; once as they
 * are, and once in units of the grain around them. The image is seen in the logarithm of its light,
 * in which a change of exposure is a shift.
 */
final class DirectedCells implements Cells {

  private static final int SIDE = FilterCells.SIDE;
  private static final int[] SCALES = {1, 2, 4};

  /** Light is at least this before its logarithm. */
  private static final double DARK = 0.03;

  /** The neighbourhood in whose grain responses are measured. */
  private static final int AROUND = 8;

  /** Grain is at least this, in deviations of the image. */
  private static final float LEAST_GRAIN = 0.1f;

  /** Derivatives: orders across and down. */
  private static final int[][] ORDERS = {{0, 1}, {1, 0}, {0, 2}, {2, 0}, {1, 1}};

  private static final int EACH = 2 * (3 * ORDERS.length + 2);

  /** The features of a cell. */
  static final int WIDTH = 3 + EACH * SCALES.length;

  @Override
  public float[][] of(Image image) {
    float[] grey = FilterCells.standard(image, v -> Math.log(v + DARK));
    float[][] cells = new float[GRID * GRID][WIDTH];
    float[] smooth = filtered(grey, kernel(1, 0), kernel(1, 0));
    least(smooth, cells, FilterCells.pooled(smooth, cells, 0));
    float[] grain = deviation(grey, AROUND);
    for (int i = 0; i < grain.length; i++) {
      grain[i] += LEAST_GRAIN;
    }
    int at = 3;
    for (int scale : SCALES) {
      for (int[] order : ORDERS) {
        float[] response = filtered(grey, kernel(scale, order[1]), kernel(scale, order[0]));
        at = extremes(response, cells, at);
        at = extremes(over(response, grain), cells, at);
      }
      float[] spread = deviation(grey, 2 * scale);
      at = FilterCells.pooled(spread, cells, at);
      at = FilterCells.pooled(over(spread, grain), cells, at);
    }
    return cells;
  }

  private static float[] over(float[] values, float[] by) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i] / by[i];
    }
    return all;
  }

  /** The standard deviation around each pixel, weighed by a Gaussian. */
  private static float[] deviation(float[] grey, int sigma) {
    float[] squares = new float[grey.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = grey[i] * grey[i];
    }
    double[] bell = kernel(sigma, 0);
    float[] mean = filtered(grey, bell, bell);
    float[] power = filtered(squares, bell, bell);
    for (int i = 0; i < power.length; i++) {
      power[i] = (float) Math.sqrt(Math.max(0, power[i] - mean[i] * mean[i]));
    }
    return power;
  }

  /** A Gaussian's derivative times the scale to the power of its order, as wide as 3 scales. */
  private static double[] kernel(int sigma, int order) {
    int reach = 3 * sigma;
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      double u = (double) i / sigma;
      double bell = Math.exp(-u * u / 2);
      sum += bell;
      kernel[i + reach] = bell * (order == 0 ? 1 : order == 1 ? -u : u * u - 1);
    }
    double mean = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
      mean += kernel[i] / kernel.length;
    }
    for (int i = 0; order > 0 && i < kernel.length; i++) {
      kernel[i] -= mean;
    }
    return kernel;
  }

  /** Filtered across and down, mirrored at the edges. */
  private static float[] filtered(float[] from, double[] across, double[] down) {
    float[] lines = new float[from.length];
    int reach = across.length / 2;
    float[] row = new float[SIDE + 2 * reach];
    for (int y = 0; y < SIDE; y++) {
      for (int x = -reach; x < SIDE + reach; x++) {
        row[x + reach] = from[y * SIDE + FilterCells.mirrored(x)];
      }
      for (int k = 0; k < across.length; k++) {
        float weight = (float) across[k];
        for (int x = 0; x < SIDE; x++) {
          lines[y * SIDE + x] += weight * row[x + k];
        }
      }
    }
    float[] all = new float[from.length];
    reach = down.length / 2;
    for (int y = 0; y < SIDE; y++) {
      for (int k = 0; k < down.length; k++) {
        float weight = (float) down[k];
        int line = FilterCells.mirrored(y + k - reach) * SIDE;
        for (int x = 0; x < SIDE; x++) {
          all[y * SIDE + x] += weight * lines[line + x];
        }
      }
    }
    return all;
  }

  /** Of each cell the largest and the least, and the mean of the amount. */
  private static int extremes(float[] values, float[][] cells, int at) {
    int side = SIDE / GRID;
    for (int cell = 0; cell < cells.length; cell++) {
      float most = Float.NEGATIVE_INFINITY;
      float least = Float.POSITIVE_INFINITY;
      float sum = 0;
      int corner = cell / GRID * side * SIDE + cell % GRID * side;
      for (int p = 0; p < side * side; p++) {
        float v = values[corner + p / side * SIDE + p % side];
        most = Math.max(most, v);
        least = Math.min(least, v);
        sum += Math.abs(v);
      }
      cells[cell][at] = most;
      cells[cell][at + 1] = least;
      cells[cell][at + 2] = sum / (side * side);
    }
    return at + 3;
  }

  private static void least(float[] values, float[][] cells, int at) {
    int side = SIDE / GRID;
    for (int cell = 0; cell < cells.length; cell++) {
      float least = Float.POSITIVE_INFINITY;
      int corner = cell / GRID * side * SIDE + cell % GRID * side;
      for (int p = 0; p < side * side; p++) {
        least = Math.min(least, values[corner + p / side * SIDE + p % side]);
      }
      cells[cell][at] = least;
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
