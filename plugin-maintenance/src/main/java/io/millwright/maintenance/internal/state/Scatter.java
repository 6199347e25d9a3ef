package io.millwright.maintenance.internal.state;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * Rows in standard units with the sums of their products, from which linear discriminants of any
 * labels follow: what is within classes is what is left of all when the means of the classes are
 * taken out.
 */
final class Scatter {

  private static final double LEAST = 1e-9;

  final double[] mean;
  final double[] scale;
  private final double[][] rows;
  private final double[][] products;

  Scatter(double[][] raw) {
    int d = raw[0].length;
    mean = new double[d];
    scale = new double[d];
    for (int j = 0; j < d; j++) {
      int at = j;
      double[] known =
          Arrays.stream(raw).mapToDouble(r -> r[at]).filter(Double::isFinite).toArray();
      double m = known.length == 0 ? 0 : Arrays.stream(known).average().orElse(0);
      double square = Arrays.stream(known).map(v -> (v - m) * (v - m)).average().orElse(0);
      mean[j] = m;
      // A column that never changes says nothing, also where it changes later.
      double deviation = Math.sqrt(square);
      scale[j] = deviation > LEAST * (1 + Math.abs(m)) ? deviation : Double.POSITIVE_INFINITY;
    }
    rows = Arrays.stream(raw).map(r -> standard(r, mean, scale)).toArray(double[][]::new);
    products = new double[d][d];
    IntStream.range(0, d)
        .parallel()
        .forEach(
            i -> {
              double[] into = products[i];
              for (double[] row : rows) {
                double a = row[i];
                if (a != 0) {
                  for (int j = 0; j <= i; j++) {
                    into[j] += a * row[j];
                  }
                }
              }
            });
  }

  /** Standard units; 0 for what is missing or never changed. */
  static double[] standard(double[] row, double[] mean, double[] scale) {
    double[] z = new double[row.length];
    for (int j = 0; j < z.length; j++) {
      double v = (row[j] - mean[j]) / scale[j];
      z[j] = Double.isFinite(v) ? v : 0;
    }
    return z;
  }

  double[][] rows() {
    return rows;
  }

  /**
   * Discriminants, one for each shrinkage.
   *
   * @param labels the class of each row, -1 for unknown rows, which count for none
   * @param classes how many classes
   * @param shrinkages the weights of the identity beside the covariance within classes
   * @return for each shrinkage a vector for each class, with a constant at the end that holds the
   *     class's frequency
   */
  double[][][] discriminants(int[] labels, int classes, double... shrinkages) {
    return discriminants(labels, classes, 0, 0, shrinkages);
  }

  /**
   * Discriminants that look at all numbers but some.
   *
   * @param from the first number left out
   * @param to behind the last one
   */
  double[][][] discriminants(int[] labels, int classes, int from, int to, double... shrinkages) {
    int d = mean.length;
    int[] count = new int[classes];
    double[][] centres = new double[classes][d];
    double[][] unknown = new double[d][d];
    boolean gaps = false;
    int n = 0;
    for (int r = 0; r < labels.length; r++) {
      int c = labels[r];
      if (c < 0) {
        gaps = true;
        for (int i = 0; i < d; i++) {
          for (int j = 0; j <= i; j++) {
            unknown[i][j] += rows[r][i] * rows[r][j];
          }
        }
        continue;
      }
      n++;
      count[c]++;
      for (int j = 0; j < d; j++) {
        centres[c][j] += rows[r][j];
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < d; j++) {
        centres[c][j] /= Math.max(1, count[c]);
      }
    }
    double[][] within = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double v = products[i][j] - (gaps ? unknown[i][j] : 0);
        for (int c = 0; c < classes; c++) {
          v -= count[c] * centres[c][i] * centres[c][j];
        }
        boolean left = (i >= from && i < to) || (j >= from && j < to);
        within[i][j] = left ? 0 : v / Math.max(1, n);
        within[j][i] = within[i][j];
      }
    }
    for (int j = from; j < to; j++) {
      within[j][j] = 1;
      for (int c = 0; c < classes; c++) {
        centres[c][j] = 0;
      }
    }
    double[][][] all = new double[shrinkages.length][][];
    for (int s = 0; s < shrinkages.length; s++) {
      all[s] = solve(within, centres, count, n, shrinkages[s]);
    }
    return all;
  }

  private static double[][] solve(
      double[][] within, double[][] centres, int[] count, int n, double shrinkage) {
    int d = within.length;
    double[][] shrunk = new double[d][];
    for (int i = 0; i < d; i++) {
      shrunk[i] = within[i].clone();
      for (int j = 0; j < d; j++) {
        shrunk[i][j] *= 1 - shrinkage;
      }
      shrunk[i][i] += shrinkage;
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(shrunk, false), 1e-6, 1e-14).getSolver();
    double[][] weights = new double[centres.length][];
    for (int c = 0; c < weights.length; c++) {
      double[] w = solver.solve(new ArrayRealVector(centres[c], false)).toArray();
      weights[c] = Arrays.copyOf(w, d + 1);
      double constant = Math.log(Math.max(0.5, count[c]) / n);
      for (int i = 0; i < d; i++) {
        constant -= 0.5 * w[i] * centres[c][i];
      }
      weights[c][d] = constant;
    }
    return weights;
  }

  /** The scores of the classes: logarithms of probabilities up to a common constant. */
  static double[] scores(double[][] weights, double[] standard) {
    double[] scores = new double[weights.length];
    for (int c = 0; c < scores.length; c++) {
      double[] w = weights[c];
      double sum = w[standard.length];
      for (int j = 0; j < standard.length; j++) {
        sum += w[j] * standard[j];
      }
      scores[c] = sum;
    }
    return scores;
  }
}
