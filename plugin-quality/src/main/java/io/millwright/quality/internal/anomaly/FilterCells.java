package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import java.util.function.DoubleUnaryOperator;

/**
 * Cells by an own filter bank at three scales, without any network: the difference of Gaussians
 * (after the Laplacian of Marr and Hildreth 1980), the gradient's magnitude and the local standard
 * deviation, of each cell the mean and the largest.
 */
final class FilterCells implements Cells {

  static final int SIDE = 128;
  private static final double[] SCALES = {1, 2, 4};

  @Override
  public float[][] of(Image image) {
    float[] grey = standard(image);
    float[][] cells = new float[GRID * GRID][2 * (1 + 3 * SCALES.length)];
    int at = 0;
    at = pooled(blurred(grey, 1), cells, at);
    for (double scale : SCALES) {
      float[] fine = blurred(grey, scale);
      float[] coarse = blurred(grey, 1.6 * scale);
      float[] edges = new float[grey.length];
      float[] slopes = new float[grey.length];
      float[] squares = new float[grey.length];
      for (int i = 0; i < grey.length; i++) {
        edges[i] = Math.abs(fine[i] - coarse[i]);
        squares[i] = grey[i] * grey[i];
        int x = i % SIDE;
        int y = i / SIDE;
        float across =
            fine[y * SIDE + Math.min(SIDE - 1, x + 1)] - fine[y * SIDE + Math.max(0, x - 1)];
        float down =
            fine[Math.min(SIDE - 1, y + 1) * SIDE + x] - fine[Math.max(0, y - 1) * SIDE + x];
        slopes[i] = (float) Math.hypot(across, down);
      }
      float[] mean = blurred(grey, 2 * scale);
      float[] power = blurred(squares, 2 * scale);
      for (int i = 0; i < grey.length; i++) {
        power[i] = (float) Math.sqrt(Math.max(0, power[i] - mean[i] * mean[i]));
      }
      at = pooled(edges, cells, at);
      at = pooled(slopes, cells, at);
      at = pooled(power, cells, at);
    }
    return cells;
  }

  /** Grey, 128 a side by the mean of what each pixel covers, mean 0, deviation 1. */
  static float[] standard(Image image) {
    return standard(image, v -> v);
  }

  /** The same of what a law makes of each pixel's light between 0 and 1. */
  static float[] standard(Image image, DoubleUnaryOperator law) {
    float[] from = image.fractions();
    int channels = image.format().channels();
    float[] grey = new float[SIDE * SIDE];
    double sum = 0;
    double squares = 0;
    for (int y = 0; y < SIDE; y++) {
      int top = y * image.height() / SIDE;
      int bottom = Math.max(top + 1, (y + 1) * image.height() / SIDE);
      for (int x = 0; x < SIDE; x++) {
        int left = x * image.width() / SIDE;
        int right = Math.max(left + 1, (x + 1) * image.width() / SIDE);
        double part = 0;
        for (int v = top; v < bottom; v++) {
          for (int u = left; u < right; u++) {
            for (int c = 0; c < channels; c++) {
              part += from[(v * image.width() + u) * channels + c];
            }
          }
        }
        double value = law.applyAsDouble(part / ((bottom - top) * (right - left) * channels));
        grey[y * SIDE + x] = (float) value;
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / grey.length;
    double deviation = Math.sqrt(Math.max(1e-12, squares / grey.length - mean * mean));
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (float) ((grey[i] - mean) / deviation);
    }
    return grey;
  }

  private static float[] blurred(float[] from, double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += kernel[i + reach];
    }
    float[] lines = new float[from.length];
    float[] all = new float[from.length];
    for (int pass = 0; pass < 2; pass++) {
      float[] in = pass == 0 ? from : lines;
      float[] out = pass == 0 ? lines : all;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          double value = 0;
          for (int k = -reach; k <= reach; k++) {
            int u = pass == 0 ? mirrored(x + k) : x;
            int v = pass == 0 ? y : mirrored(y + k);
            value += kernel[k + reach] * in[v * SIDE + u];
          }
          out[y * SIDE + x] = (float) (value / sum);
        }
      }
    }
    return all;
  }

  static int mirrored(int at) {
    return at < 0 ? -at - 1 : at >= SIDE ? 2 * SIDE - 1 - at : at;
  }

  static int pooled(float[] values, float[][] cells, int at) {
    int side = SIDE / GRID;
    for (int cell = 0; cell < cells.length; cell++) {
      double sum = 0;
      float most = Float.NEGATIVE_INFINITY;
      for (int p = 0; p < side * side; p++) {
        int y = cell / GRID * side + p / side;
        int x = cell % GRID * side + p % side;
        sum += values[y * SIDE + x];
        most = Math.max(most, values[y * SIDE + x]);
      }
      cells[cell][at] = (float) (sum / (side * side));
      cells[cell][at + 1] = most;
    }
    return at + 2;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
