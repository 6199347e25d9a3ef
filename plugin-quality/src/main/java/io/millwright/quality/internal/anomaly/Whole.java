package io.millwright.quality.internal.anomaly;

import io.millwright.api.data.Image;
import io.millwright.quality.internal.backbone.Ridge;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * Good images as wholes: the mean, the least, the largest value and the standard deviation of each
 * block of the standardised image, at its place; an image is as strange as it is far from the
 * principal components of good ones (reconstruction error, Jackson and Mudholkar 1979). It sees
 * what cells alone do not: a dark half, a missing bar, a line out of its place. Immutable; arrays
 * are not to be changed.
 *
 * @param grid blocks a side
 * @param middle the mean of each feature
 * @param scale the scale of each feature, above 0
 * @param axes the components, each a row over the features
 */
record Whole(int grid, double[] middle, double[] scale, double[][] axes) {

  /** Blocks a side that are tried. */
  static final int[] GRIDS = {4, 6, 8, 16};

  private static final int[] COMPONENTS = {5, 10, 20, 40, 80};
  private static final int MOST_IMAGES = 500;
  private static final int EACH = 4;
  private static final double LEAST_SCALE = 1e-4;

  /** Features that hardly vary are scaled by this part of the mean scale at least. */
  private static final double SHARED = 0.1;

  static int features(int grid) {
    return EACH * grid * grid;
  }

  /** The features of a standardised image. */
  static float[] of(Image image, int grid) {
    float[] grey = FilterCells.standard(image);
    int side = FilterCells.SIDE;
    float[] all = new float[features(grid)];
    for (int block = 0; block < grid * grid; block++) {
      double sum = 0;
      double squares = 0;
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      int left = block % grid * side / grid;
      int right = (block % grid + 1) * side / grid;
      int row = block / grid;
      for (int y = row * side / grid; y < (row + 1) * side / grid; y++) {
        for (int x = left; x < right; x++) {
          float v = grey[y * side + x];
          sum += v;
          squares += (double) v * v;
          least = Math.min(least, v);
          most = Math.max(most, v);
        }
      }
      double pixels = (double) (right - left) * ((row + 1) * side / grid - row * side / grid);
      double mean = sum / pixels;
      all[EACH * block] = (float) mean;
      all[EACH * block + 1] = least;
      all[EACH * block + 2] = most;
      all[EACH * block + 3] = (float) Math.sqrt(Math.max(0, squares / pixels - mean * mean));
    }
    return all;
  }

  /** Fits with as many components as possible; many images are thinned evenly. */
  static Whole fit(List<float[]> images, int grid) {
    int step = (images.size() + MOST_IMAGES - 1) / MOST_IMAGES;
    List<float[]> used = new ArrayList<>();
    for (int i = 0; i < images.size(); i += step) {
      used.add(images.get(i));
    }
    int n = used.size();
    int width = features(grid);
    double[] middle = new double[width];
    double[] scale = new double[width];
    double shared = 0;
    for (int j = 0; j < width; j++) {
      double squares = 0;
      for (float[] image : used) {
        middle[j] += image[j] / n;
        squares += (double) image[j] * image[j] / n;
      }
      scale[j] = Math.sqrt(Math.max(0, squares - middle[j] * middle[j]));
      shared += scale[j] / width;
    }
    for (int j = 0; j < width; j++) {
      scale[j] += SHARED * shared + LEAST_SCALE;
    }
    Whole plain = new Whole(grid, middle, scale, new double[0][]);
    double[][] rows = new double[n][];
    double[][] products = new double[n][n];
    for (int i = 0; i < n; i++) {
      rows[i] = plain.standard(used.get(i));
      for (int k = 0; k <= i; k++) {
        products[i][k] = Ridge.dot(rows[i], rows[k], width);
        products[k][i] = products[i][k];
      }
    }
    EigenDecompositionSymmetric eigen =
        new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(products));
    List<double[]> axes = new ArrayList<>();
    int most = Math.min(COMPONENTS[COMPONENTS.length - 1], Math.min(n - 1, width) / 2);
    for (int k = 0; k < most && eigen.getEigenvalue(k) > 1e-9 * products.length; k++) {
      double[] share = eigen.getEigenvector(k).toArray();
      double[] axis = new double[width];
      double length = Math.sqrt(eigen.getEigenvalue(k));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < width; j++) {
          axis[j] += share[i] * rows[i][j] / length;
        }
      }
      axes.add(axis);
    }
    return new Whole(grid, middle, scale, axes.toArray(new double[0][]));
  }

  /** How many components may be kept of those that were found. */
  List<Integer> choices() {
    List<Integer> choices = new ArrayList<>();
    for (int c : COMPONENTS) {
      if (c <= axes.length) {
        choices.add(c);
      }
    }
    return choices.isEmpty() ? List.of(axes.length) : choices;
  }

  Whole kept(int components) {
    return new Whole(
        grid, middle, scale, java.util.Arrays.copyOf(axes, Math.min(components, axes.length)));
  }

  private double[] standard(float[] features) {
    double[] z = new double[features.length];
    for (int j = 0; j < z.length; j++) {
      z[j] = (features[j] - middle[j]) / scale[j];
    }
    return z;
  }

  double score(Image image) {
    return score(of(image, grid));
  }

  /** The root mean square of what the components do not explain. */
  double score(float[] features) {
    double[] z = standard(features);
    double left = Ridge.dot(z, z, z.length);
    for (double[] axis : axes) {
      double along = Ridge.dot(axis, z, z.length);
      left -= along * along;
    }
    return Math.sqrt(Math.max(0, left) / z.length);
  }
}
