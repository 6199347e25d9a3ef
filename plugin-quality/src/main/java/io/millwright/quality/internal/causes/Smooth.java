package io.millwright.quality.internal.causes;

import java.util.Arrays;

/** A cubic regression spline, ridge by generalised cross-validation. */
final class Smooth {

  private Smooth() {}

  /** The fitted values of y at x; x of mean 0 and variance 1. */
  static double[] of(double[] x, double[] y, int knots) {
    double[][] basis = basis(x, knots);
    int p = basis.length;
    int n = x.length;
    double[][] gram = new double[p][p];
    double[] with = new double[p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        gram[i][j] = product(basis[i], basis[j]);
      }
      with[i] = product(basis[i], y);
    }
    double least = Double.POSITIVE_INFINITY;
    double[] best = y;
    for (int power = -9; power < -1; power++) {
      double ridge = Math.pow(10, power) * n;
      double[][] inverse = inverse(gram, ridge);
      double trace = 0;
      double[] c = new double[p];
      for (int i = 0; i < p; i++) {
        for (int j = 0; j < p; j++) {
          trace += inverse[i][j] * gram[j][i];
          c[i] += inverse[i][j] * with[j];
        }
      }
      double[] fitted = new double[n];
      double square = 0;
      for (int r = 0; r < n; r++) {
        for (int i = 0; i < p; i++) {
          fitted[r] += c[i] * basis[i][r];
        }
        square += (y[r] - fitted[r]) * (y[r] - fitted[r]);
      }
      double score = square / Math.pow(1 - trace / n, 2);
      if (score < least) {
        least = score;
        best = fitted;
      }
    }
    return best;
  }

  private static double[][] basis(double[] x, int knots) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double[] at = new double[knots];
    for (int k = 0; k < knots; k++) {
      at[k] = sorted[(int) ((k + 1.0) / (knots + 1) * (sorted.length - 1))];
    }
    double[] own = Arrays.stream(at).distinct().toArray();
    double[][] out = new double[4 + own.length][x.length];
    for (int i = 0; i < out.length; i++) {
      for (int r = 0; r < x.length; r++) {
        out[i][r] = i < 4 ? Math.pow(x[r], i) : Math.pow(Math.max(0, x[r] - own[i - 4]), 3);
      }
      if (i > 0) {
        scale(out[i]);
      }
    }
    return out;
  }

  private static void scale(double[] v) {
    double mean = Linear.mean(v);
    double square = 0;
    for (double one : v) {
      square += (one - mean) * (one - mean) / v.length;
    }
    double by = square > 0 ? Math.sqrt(square) : 1;
    for (int r = 0; r < v.length; r++) {
      v[r] /= by;
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int r = 0; r < a.length; r++) {
      sum += a[r] * b[r];
    }
    return sum;
  }

  /** By Gauss and Jordan; all but the constant are taken down by the ridge. */
  private static double[][] inverse(double[][] gram, double ridge) {
    int p = gram.length;
    double[][] a = new double[p][2 * p];
    for (int i = 0; i < p; i++) {
      System.arraycopy(gram[i], 0, a[i], 0, p);
      a[i][i] += i == 0 ? 1e-10 : ridge + 1e-10;
      a[i][p + i] = 1;
    }
    for (int i = 0; i < p; i++) {
      int pivot = i;
      for (int k = i + 1; k < p; k++) {
        pivot = Math.abs(a[k][i]) > Math.abs(a[pivot][i]) ? k : pivot;
      }
      double[] swapped = a[i];
      a[i] = a[pivot];
      a[pivot] = swapped;
      double by = a[i][i];
      for (int j = 0; j < 2 * p; j++) {
        a[i][j] /= by;
      }
      for (int k = 0; k < p; k++) {
        double times = k == i ? 0 : a[k][i];
        for (int j = 0; j < 2 * p && times != 0; j++) {
          a[k][j] -= times * a[i][j];
        }
      }
    }
    double[][] out = new double[p][];
    for (int i = 0; i < p; i++) {
      out[i] = Arrays.copyOfRange(a[i], p, 2 * p);
    }
    return out;
  }
}
