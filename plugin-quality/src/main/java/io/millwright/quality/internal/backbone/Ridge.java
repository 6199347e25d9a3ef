package io.millwright.quality.internal.backbone;

/**
 * Ridge regression with an intercept in its dual form (Saunders, Gammerman and Vovk 1998), for more
 * features than samples. The penalty is a part of the mean of the kernel's diagonal, so that it
 * does not depend on the number or the scale of features.
 */
public final class Ridge {

  private Ridge() {}

  /**
   * Fits.
   *
   * @param x a row of features for each sample
   * @param y a row of targets for each sample
   * @param weights how much each sample counts, above 0
   * @param penalty a part of the mean of the kernel's diagonal
   * @return for each target the weights of the features, and the intercept behind them
   */
  static double[][] fit(double[][] x, double[][] y, double[] weights, double penalty) {
    int n = x.length;
    int d = x[0].length;
    int outputs = y[0].length;
    double[] middle = new double[d];
    double[] level = new double[outputs];
    double total = java.util.Arrays.stream(weights).sum();
    double[] root = new double[n];
    for (int i = 0; i < n; i++) {
      root[i] = Math.sqrt(weights[i]);
      for (int j = 0; j < d; j++) {
        middle[j] += weights[i] * x[i][j] / total;
      }
      for (int k = 0; k < outputs; k++) {
        level[k] += weights[i] * y[i][k] / total;
      }
    }
    double[][] centred = new double[n][d];
    double[][] kernel = new double[n][n];
    double trace = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        centred[i][j] = root[i] * (x[i][j] - middle[j]);
      }
      for (int p = 0; p <= i; p++) {
        kernel[i][p] = dot(centred[i], centred[p], d);
      }
      trace += kernel[i][i];
    }
    double ridge = Math.max(penalty * trace / n, 1e-9);
    for (int i = 0; i < n; i++) {
      kernel[i][i] += ridge;
    }
    factor(kernel);
    double[][] fitted = new double[outputs][d + 1];
    for (int k = 0; k < outputs; k++) {
      double[] alpha = new double[n];
      for (int i = 0; i < n; i++) {
        alpha[i] = root[i] * (y[i][k] - level[k]);
      }
      solve(kernel, alpha);
      double[] own = fitted[k];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++) {
          own[j] += alpha[i] * centred[i][j];
        }
      }
      own[d] = level[k] - dot(own, middle, d);
    }
    return fitted;
  }

  /** The sum of products of the first numbers. */
  public static double dot(double[] a, double[] b, int count) {
    double first = 0;
    double second = 0;
    int i = 0;
    for (; i + 1 < count; i += 2) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
    }
    return i < count ? first + second + a[i] * b[i] : first + second;
  }

  /** Cholesky's factor, in the lower triangle. */
  public static void factor(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        a[i][j] = (a[i][j] - dot(a[i], a[j], j)) / a[j][j];
      }
      double left = a[i][i] - dot(a[i], a[i], i);
      a[i][i] = Math.sqrt(Math.max(left, 1e-12));
    }
  }

  /** Solves by a factor, in place of the right side. */
  public static void solve(double[][] factor, double[] b) {
    int n = b.length;
    for (int i = 0; i < n; i++) {
      b[i] = (b[i] - dot(factor[i], b, i)) / factor[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      b[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        b[j] -= factor[i][j] * b[i];
      }
    }
  }
}
