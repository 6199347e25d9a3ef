package io.millwright.quality.internal.anomaly;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Good cells as a normal distribution at each place (Defard et al. 2021, "PaDiM"): a cell is as
 * strange as it is far from the mean of its place, in units of what varies there (Mahalanobis
 * 1936). The covariance is drawn towards a multiple of the identity as far as its own sampling
 * error asks for (Ledoit and Wolf 2004), so that ten images do. Immutable; arrays are not to be
 * changed.
 *
 * @param middle for each place the mean of good cells
 * @param whitener for each place a lower triangle, row by row, by which a deviation becomes one of
 *     independent parts of deviation 1: the inverse of the covariance's Cholesky factor
 */
record Normals(float[][] middle, float[][] whitener) implements Known {

  /** So much of a covariance is that of all directions alike, at the least. */
  private static final double LEAST_SHRINKAGE = 0.005;

  private static final double LEAST_VARIANCE = 1e-6;

  /** Kept digits: enough for distances, and short as text. */
  private static final int DIGITS = 4;

  /** How many numbers a triangle of this width has. */
  static int triangle(int width) {
    return width * (width + 1) / 2;
  }

  /** Learns from images, each given by its projected cells. */
  static Normals of(List<float[][]> images) {
    int places = images.get(0).length;
    float[][] middle = new float[places][];
    float[][] whitener = new float[places][];
    for (int p = 0; p < places; p++) {
      List<float[]> all = new ArrayList<>();
      for (float[][] image : images) {
        all.add(image[p]);
      }
      double[] mean = mean(all);
      middle[p] = new float[mean.length];
      for (int j = 0; j < mean.length; j++) {
        middle[p][j] = (float) mean[j];
      }
      whitener[p] = whitener(shrunk(all, mean));
    }
    return new Normals(middle, whitener);
  }

  private static double[] mean(List<float[]> all) {
    double[] mean = new double[all.get(0).length];
    for (float[] row : all) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / (double) all.size();
      }
    }
    return mean;
  }

  private static double[][] shrunk(List<float[]> all, double[] mean) {
    int width = mean.length;
    int n = all.size();
    double[][] s = new double[width][width];
    double fourth = 0;
    double[] d = new double[width];
    for (float[] row : all) {
      double length = 0;
      for (int j = 0; j < width; j++) {
        d[j] = row[j] - mean[j];
        length += d[j] * d[j];
      }
      fourth += length * length / n;
      for (int j = 0; j < width; j++) {
        for (int k = 0; k <= j; k++) {
          s[j][k] += d[j] * d[k] / n;
        }
      }
    }
    double trace = 0;
    double squares = 0;
    for (int j = 0; j < width; j++) {
      trace += s[j][j];
      squares += s[j][j] * s[j][j];
      for (int k = 0; k < j; k++) {
        squares += 2 * s[j][k] * s[j][k];
      }
    }
    double level = trace / width;
    double apart = squares - width * level * level;
    double error = (fourth - squares) / n;
    double share = apart > 0 ? Math.max(LEAST_SHRINKAGE, Math.min(1, error / apart)) : 1;
    for (int j = 0; j < width; j++) {
      for (int k = 0; k <= j; k++) {
        s[j][k] *= 1 - share;
      }
      s[j][j] += share * level + LEAST_VARIANCE;
    }
    return s;
  }

  /** The inverse of the Cholesky factor of a matrix given by its lower triangle. */
  private static float[] whitener(double[][] s) {
    int width = s.length;
    for (int j = 0; j < width; j++) {
      for (int k = 0; k <= j; k++) {
        double sum = s[j][k];
        for (int m = 0; m < k; m++) {
          sum -= s[j][m] * s[k][m];
        }
        s[j][k] = j == k ? Math.sqrt(Math.max(LEAST_VARIANCE, sum)) : sum / s[k][k];
      }
    }
    float[] flat = new float[triangle(width)];
    double[] column = new double[width];
    for (int k = 0; k < width; k++) {
      Arrays.fill(column, 0);
      for (int j = k; j < width; j++) {
        double sum = j == k ? 1 : 0;
        for (int m = k; m < j; m++) {
          sum -= s[j][m] * column[m];
        }
        column[j] = sum / s[j][j];
        flat[triangle(j) + k] = (float) column[j];
      }
    }
    return flat;
  }

  @Override
  public double[] distances(float[][] image) {
    double[] all = new double[image.length];
    for (int p = 0; p < image.length; p++) {
      float[] d = new float[image[p].length];
      for (int j = 0; j < d.length; j++) {
        d[j] = image[p][j] - middle[p][j];
      }
      int at = 0;
      double length = 0;
      for (int j = 0; j < d.length; j++) {
        double sum = 0;
        for (int k = 0; k <= j; k++) {
          sum += whitener[p][at++] * d[k];
        }
        length += sum * sum;
      }
      all[p] = Math.sqrt(length);
    }
    return all;
  }

  @Override
  public Normals rounded() {
    return new Normals(rounded(middle), rounded(whitener));
  }

  private static float[][] rounded(float[][] all) {
    float[][] rounded = new float[all.length][];
    for (int p = 0; p < all.length; p++) {
      rounded[p] = new float[all[p].length];
      for (int j = 0; j < rounded[p].length; j++) {
        rounded[p][j] = (float) shorter(all[p][j]);
      }
    }
    return rounded;
  }

  /** With few digits, so that it is short as text. */
  static double shorter(double value) {
    return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
  }
}
