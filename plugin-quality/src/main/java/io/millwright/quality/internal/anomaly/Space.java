package io.millwright.quality.internal.anomaly;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * The space in which cells are compared: the median of an image's cells is taken away from each
 * feature, which removes exposure; features are scaled; what is left is projected on its first
 * principal components. Immutable; arrays are not to be changed.
 *
 * @param scale the standard deviation of each centred feature
 * @param axes the components, each a row over the features
 */
record Space(double[] scale, double[][] axes) {

  /** Components of cells that are remembered... */
  static final int REMEMBERED = 48;

  /** ... and of cells that are described by a distribution, whose small directions count. */
  static final int DESCRIBED = 64;

  private static final int MOST_CELLS = 40_000;
  private static final double LEAST_SCALE = 1e-6;

  static Space fit(List<float[][]> images, int most) {
    int width = images.get(0)[0].length;
    double[] scale = new double[width];
    double[] mean = new double[width];
    long count = 0;
    for (float[][] cells : images) {
      float[][] centred = centred(cells);
      for (float[] cell : centred) {
        count++;
        for (int j = 0; j < width; j++) {
          scale[j] += (double) cell[j] * cell[j];
          mean[j] += cell[j];
        }
      }
    }
    for (int j = 0; j < width; j++) {
      double m = mean[j] / count;
      scale[j] = Math.sqrt(Math.max(0, scale[j] / count - m * m)) + LEAST_SCALE;
    }
    long step = Math.max(1, count / MOST_CELLS);
    double[][] products = new double[width][width];
    double[] middle = new double[width];
    double[] row = new double[width];
    long at = 0;
    long used = 0;
    for (float[][] cells : images) {
      for (float[] cell : centred(cells)) {
        if (at++ % step != 0) {
          continue;
        }
        used++;
        for (int j = 0; j < width; j++) {
          row[j] = cell[j] / scale[j];
          middle[j] += row[j];
        }
        for (int j = 0; j < width; j++) {
          for (int k = 0; k <= j; k++) {
            products[j][k] += row[j] * row[k];
          }
        }
      }
    }
    for (int j = 0; j < width; j++) {
      for (int k = 0; k <= j; k++) {
        double value = products[j][k] / used - middle[j] / used * (middle[k] / used);
        products[j][k] = value;
        products[k][j] = value;
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(products));
    int kept = Math.min(most, width);
    double[][] axes = new double[kept][];
    for (int k = 0; k < kept; k++) {
      axes[k] = eigen.getEigenvector(k).toArray();
    }
    return new Space(scale, axes);
  }

  /** Each cell without the median of its image's cells, feature by feature. */
  private static float[][] centred(float[][] cells) {
    int width = cells[0].length;
    float[][] centred = new float[cells.length][width];
    float[] column = new float[cells.length];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < cells.length; i++) {
        column[i] = cells[i][j];
      }
      Arrays.sort(column);
      float median = (column[(cells.length - 1) / 2] + column[cells.length / 2]) / 2;
      for (int i = 0; i < cells.length; i++) {
        centred[i][j] = cells[i][j] - median;
      }
    }
    return centred;
  }

  /** The cells of an image in this space. */
  float[][] project(float[][] cells) {
    float[][] centred = centred(cells);
    float[][] all = new float[cells.length][axes.length];
    for (int i = 0; i < cells.length; i++) {
      for (int k = 0; k < axes.length; k++) {
        double sum = 0;
        for (int j = 0; j < scale.length; j++) {
          sum += axes[k][j] * (centred[i][j] / scale[j]);
        }
        all[i][k] = (float) sum;
      }
    }
    return all;
  }
}
