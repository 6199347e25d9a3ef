package io.millwright.production.internal.load;

/** Linear least squares with a small penalty (ridge regression) on standardised features. */
final class Ridge {

  private Ridge() {}

  /** Coefficients, the constant last. Rows are standardised already. */
  static double[] fit(double[][] x, double[] y, double penalty) {
    int p = x[0].length + 1;
    double[][] a = new double[p][p];
    double[] b = new double[p];
    for (int r = 0; r < x.length; r++) {
      double[] row = x[r];
      for (int i = 0; i < p; i++) {
        double xi = i < p - 1 ? row[i] : 1;
        b[i] += xi * y[r];
        for (int j = 0; j <= i; j++) {
          a[i][j] += xi * (j < p - 1 ? row[j] : 1);
        }
      }
    }
    for (int i = 0; i < p; i++) {
      a[i][i] += i < p - 1 ? penalty * x.length : 1e-9;
    }
    return solve(a, b);
  }

  /** By Cholesky's decomposition of the lower half. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < j; k++) {
        a[j][j] -= a[j][k] * a[j][k];
      }
      a[j][j] = Math.sqrt(Math.max(a[j][j], 1e-12));
      for (int i = j + 1; i < n; i++) {
        for (int k = 0; k < j; k++) {
          a[i][j] -= a[i][k] * a[j][k];
        }
        a[i][j] /= a[j][j];
      }
    }
    double[] z = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        z[i] -= a[i][k] * z[k];
      }
      z[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        z[i] -= a[k][i] * z[k];
      }
      z[i] /= a[i][i];
    }
    return z;
  }

  static double answer(double[] coefficients, double[] x) {
    double sum = coefficients[x.length];
    for (int i = 0; i < x.length; i++) {
      sum += coefficients[i] * x[i];
    }
    return sum;
  }
}
