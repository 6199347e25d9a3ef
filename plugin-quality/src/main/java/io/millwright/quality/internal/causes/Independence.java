package io.millwright.quality.internal.causes;

import java.util.HashMap;
import java.util.Map;

/**
 * Tests of conditional independence: G-square among categories, otherwise the likelihood ratio of
 * linear models of normal scores and indicators, with Bartlett's factor. Not thread-safe.
 */
final class Independence {

  private static final double RIDGE = 1e-9;

  private final Data data;

  /** The correlations of all inputs of all columns, and where each column's begin. */
  private final double[][] correlations;

  private final int[] starts;

  Independence(Data data) {
    this.data = data;
    starts = new int[data.columns() + 1];
    double[][][] inputs = new double[data.columns()][][];
    for (int c = 0; c < inputs.length; c++) {
      inputs[c] = data.inputs(c, true);
      starts[c + 1] = starts[c] + inputs[c].length;
    }
    double[][] all = new double[starts[inputs.length]][];
    for (int c = 0; c < inputs.length; c++) {
      for (int k = 0; k < inputs[c].length; k++) {
        all[starts[c] + k] = standard(inputs[c][k]);
      }
    }
    correlations = new double[all.length][all.length];
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int r = 0; r < data.rows(); r++) {
          sum += all[i][r] * all[j][r];
        }
        correlations[i][j] = sum;
        correlations[j][i] = sum;
      }
    }
  }

  private static double[] standard(double[] x) {
    double mean = 0;
    for (double v : x) {
      mean += v / x.length;
    }
    double[] out = new double[x.length];
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] - mean;
      square += out[i] * out[i];
    }
    for (int i = 0; i < x.length && square > 0; i++) {
      out[i] /= Math.sqrt(square);
    }
    return out;
  }

  /** The probability of at least the dependence seen when x and y are independent given others. */
  double p(int x, int y, int[] given) {
    boolean categories = data.levels[x] > 0 && data.levels[y] > 0;
    for (int g : given) {
      categories &= data.levels[g] > 0;
    }
    return categories ? counted(x, y, given) : linear(x, y, given);
  }

  private double counted(int x, int y, int[] given) {
    int a = data.levels[x];
    int b = data.levels[y];
    Map<Long, int[]> tables = new HashMap<>();
    for (int r = 0; r < data.rows(); r++) {
      long key = 0;
      for (int g : given) {
        key = key * data.levels[g] + (long) data.values[g][r];
      }
      int row = (int) data.values[x][r];
      int column = (int) data.values[y][r];
      tables.computeIfAbsent(key, k -> new int[a * b])[row * b + column]++;
    }
    double square = 0;
    int free = 0;
    for (int[] cells : tables.values()) {
      int[] rows = new int[a];
      int[] columns = new int[b];
      int n = 0;
      for (int i = 0; i < cells.length; i++) {
        rows[i / b] += cells[i];
        columns[i % b] += cells[i];
        n += cells[i];
      }
      for (int i = 0; i < cells.length; i++) {
        if (cells[i] > 0) {
          square += 2 * cells[i] * Math.log((double) cells[i] * n / rows[i / b] / columns[i % b]);
        }
      }
      // Rows and columns that are empty here have no freedom.
      free += Math.max(0, filled(rows) - 1) * Math.max(0, filled(columns) - 1);
    }
    return free == 0 ? 1 : Strata.tail(square, free);
  }

  private static int filled(int[] counts) {
    int n = 0;
    for (int c : counts) {
      n += c > 0 ? 1 : 0;
    }
    return n;
  }

  private double linear(int x, int y, int[] given) {
    int dx = starts[x + 1] - starts[x];
    int dy = starts[y + 1] - starts[y];
    int held = 0;
    for (int g : given) {
      held += starts[g + 1] - starts[g];
    }
    double factor = data.rows() - 1 - held - (dx + dy + 1) / 2.0;
    if (factor < 1 || dx == 0 || dy == 0) {
      return 1;
    }
    double s = determinant(given);
    double ratio =
        determinant(with(given, x))
            + determinant(with(given, y))
            - s
            - determinant(with(with(given, x), y));
    return Strata.tail(factor * ratio, dx * dy);
  }

  private static int[] with(int[] given, int one) {
    int[] out = java.util.Arrays.copyOf(given, given.length + 1);
    out[given.length] = one;
    return out;
  }

  /** The logarithm of the determinant of the correlations of columns, by Cholesky. */
  private double determinant(int[] columns) {
    int n = 0;
    for (int c : columns) {
      n += starts[c + 1] - starts[c];
    }
    int[] at = new int[n];
    int k = 0;
    for (int c : columns) {
      for (int i = starts[c]; i < starts[c + 1]; i++) {
        at[k++] = i;
      }
    }
    double[][] l = new double[n][n];
    double log = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = correlations[at[i]][at[j]] + (i == j ? RIDGE : 0);
        for (int m = 0; m < j; m++) {
          sum -= l[i][m] * l[j][m];
        }
        if (i == j) {
          l[i][i] = Math.sqrt(Math.max(sum, RIDGE));
          log += 2 * Math.log(l[i][i]);
        } else {
          l[i][j] = sum / l[j][j];
        }
      }
    }
    return log;
  }
}
