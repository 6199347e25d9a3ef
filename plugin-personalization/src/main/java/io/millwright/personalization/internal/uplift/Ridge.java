package io.millwright.personalization.internal.uplift;

import java.util.Arrays;

/**
 * Ridge regression with an intercept that is not shrunk (Hoerl and Kennard 1970), on standardised
 * inputs, by a Cholesky factor of the normal equations.
 */
final class Ridge implements Regressor {

  private final double[] mean;
  private final double[] weights;
  private final double intercept;

  private Ridge(double[] mean, double[] weights, double intercept) {
    this.mean = mean;
    this.weights = weights;
    this.intercept = intercept;
  }

  static Ridge fit(double[][] x, double[] y, double ridge) {
    int d = x.length == 0 ? 0 : x[0].length;
    double[] mean = new double[d];
    double[] scale = new double[d];
    for (double[] row : x) {
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / x.length;
      }
    }
    for (double[] row : x) {
      for (int j = 0; j < d; j++) {
        scale[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / x.length;
      }
    }
    double centre = Arrays.stream(y).average().orElse(0);
    double[][] a = new double[d][d];
    double[] b = new double[d];
    for (int j = 0; j < d; j++) {
      scale[j] = scale[j] > 1e-12 ? 1 / Math.sqrt(scale[j]) : 0;
      a[j][j] = ridge;
    }
    double[] z = new double[d];
    for (int r = 0; r < x.length; r++) {
      for (int j = 0; j < d; j++) {
        z[j] = (x[r][j] - mean[j]) * scale[j];
      }
      for (int j = 0; j < d; j++) {
        b[j] += z[j] * (y[r] - centre);
        for (int k = 0; k <= j; k++) {
          a[j][k] += z[j] * z[k];
        }
      }
    }
    solve(a, b);
    for (int j = 0; j < d; j++) {
      b[j] *= scale[j];
    }
    return new Ridge(mean, b, centre);
  }

  /** Cholesky in place of the lower part, and both substitutions. */
  private static void solve(double[][] a, double[] b) {
    int d = b.length;
    for (int j = 0; j < d; j++) {
      for (int i = j; i < d; i++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j][j];
      }
    }
    for (int i = 0; i < d; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= a[i][k] * b[k];
      }
      b[i] /= a[i][i];
    }
    for (int i = d - 1; i >= 0; i--) {
      for (int k = i + 1; k < d; k++) {
        b[i] -= a[k][i] * b[k];
      }
      b[i] /= a[i][i];
    }
  }

  @Override
  public double of(double[] x) {
    double sum = intercept;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * (x[j] - mean[j]);
    }
    return sum;
  }
}
