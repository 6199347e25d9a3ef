package io.millwright.supplychain.internal.hierarchy;

import io.millwright.supplychain.Hierarchy;
import java.util.Arrays;
import java.util.List;

/**
 * Moves forecasts of all nodes onto those that add up: the series' forecasts less a gain times what
 * the sums' own forecasts exceed the sums by (Wickramasuriya et al. 2019, in the form with the
 * inverse of the sums' own matrix, which is as small as there are sums). Immutable.
 *
 * @param sums the members of each sum
 * @param gain {@code [series][sum]}; zeros are bottom-up
 */
record Projection(List<List<Integer>> sums, double[][] gain) {

  static Projection bottomUp(Hierarchy hierarchy) {
    return new Projection(members(hierarchy), new double[hierarchy.bottom().size()][0]);
  }

  private static List<List<Integer>> members(Hierarchy hierarchy) {
    return hierarchy.nodes().stream().map(Hierarchy.Node::members).toList();
  }

  /**
   * The projection of least trace.
   *
   * @param raw errors, {@code [row][node]} of sums and then series, missing ones 0
   * @param shrinkage how strongly covariances are drawn to 0; 1 leaves variances alone
   * @param trust what the deviation of each sum's errors is divided by, 1 to take it as it is
   */
  static Projection of(Hierarchy hierarchy, double[][] raw, double shrinkage, double[] trust) {
    List<List<Integer>> sums = members(hierarchy);
    int a = sums.size();
    int b = hierarchy.bottom().size();
    double[][] errors = new double[raw.length][];
    for (int r = 0; r < raw.length; r++) {
      errors[r] = raw[r].clone();
      for (int i = 0; i < a; i++) {
        errors[r][i] /= trust[i];
      }
    }
    double[] variance = variances(errors, a + b);
    double[][] apart = new double[errors.length][a];
    for (int r = 0; r < errors.length; r++) {
      for (int i = 0; i < a; i++) {
        apart[r][i] = errors[r][i];
        for (int j : sums.get(i)) {
          apart[r][i] -= errors[r][a + j];
        }
      }
    }
    double n = Math.max(1, errors.length);
    double[][] inner = new double[a][a];
    for (int i = 0; i < a; i++) {
      for (int k = 0; k <= i; k++) {
        double common = 0;
        for (double[] row : apart) {
          common += row[i] * row[k];
        }
        double plain = i == k ? variance[i] : 0;
        for (int j : sums.get(i)) {
          plain += sums.get(k).contains(j) ? variance[a + j] : 0;
        }
        inner[i][k] = shrinkage * plain + (1 - shrinkage) * common / n;
        inner[k][i] = inner[i][k];
      }
      inner[i][i] *= 1 + 1e-9;
    }
    double[][] outer = new double[b][a];
    for (int i = 0; i < a; i++) {
      for (int j : sums.get(i)) {
        outer[j][i] -= shrinkage * variance[a + j];
      }
      for (int j = 0; j < b && shrinkage < 1; j++) {
        double common = 0;
        for (int r = 0; r < errors.length; r++) {
          common += errors[r][a + j] * apart[r][i];
        }
        outer[j][i] += (1 - shrinkage) * common / n;
      }
    }
    return new Projection(sums, over(outer, inner));
  }

  private static double[] variances(double[][] errors, int nodes) {
    double[] variance = new double[nodes];
    for (double[] row : errors) {
      for (int i = 0; i < nodes; i++) {
        variance[i] += row[i] * row[i] / errors.length;
      }
    }
    double least = Arrays.stream(variance).filter(v -> v > 0).min().orElse(1) * 1e-3;
    return Arrays.stream(variance).map(v -> Math.max(v, least)).toArray();
  }

  /**
   * The shrinkage of correlations that loses least (Schäfer and Strimmer 2005).
   *
   * @param overlap how many rows say about as much as one that is independent
   */
  static double shrinkage(double[][] errors, double overlap) {
    int n = errors.length;
    int m = n == 0 ? 0 : errors[0].length;
    double[][] z = new double[m][n];
    for (int i = 0; i < m; i++) {
      double squares = 0;
      for (double[] row : errors) {
        squares += row[i] * row[i] / n;
      }
      for (int r = 0; r < n; r++) {
        z[i][r] = squares > 0 ? errors[r][i] / Math.sqrt(squares) : 0;
      }
    }
    double noise = 0;
    double signal = 0;
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < i; k++) {
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < n; r++) {
          double w = z[i][r] * z[k][r];
          sum += w;
          squares += w * w;
        }
        double mean = sum / n;
        noise += overlap * (squares / n - mean * mean) / Math.max(1, n - 1);
        signal += mean * mean;
      }
    }
    return signal > 0 ? Math.max(0, Math.min(1, noise / signal)) : 1;
  }

  /** x with x inner = outer, row by row, by Cholesky's factor. */
  private static double[][] over(double[][] outer, double[][] inner) {
    int n = inner.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = inner[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] =
            i == j
                ? Math.sqrt(Math.max(sum, 1e-12 * Math.max(inner[i][i], 1e-300)))
                : sum / l[j][j];
      }
    }
    double[][] x = new double[outer.length][];
    for (int r = 0; r < outer.length; r++) {
      double[] y = outer[r].clone();
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++) {
          y[i] -= l[i][k] * y[k];
        }
        y[i] /= l[i][i];
      }
      for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++) {
          y[i] -= l[k][i] * y[k];
        }
        y[i] /= l[i][i];
      }
      x[r] = y;
    }
    return x;
  }

  /** Half of each. */
  Projection halfWith(Projection other) {
    double[][] mean = new double[gain.length][sums.size()];
    for (int j = 0; j < gain.length; j++) {
      for (int i = 0; i < sums.size(); i++) {
        double own = gain[j].length == 0 ? 0 : gain[j][i];
        mean[j][i] = (own + (other.gain[j].length == 0 ? 0 : other.gain[j][i])) / 2;
      }
    }
    return new Projection(sums, mean);
  }

  /**
   * Forecasts that add up.
   *
   * @param all one value for each sum, then for each series
   * @param floored which series are never negative
   */
  double[] project(double[] all, boolean[] floored) {
    int a = sums.size();
    double[] apart = new double[a];
    for (int i = 0; i < a; i++) {
      apart[i] = all[i];
      for (int j : sums.get(i)) {
        apart[i] -= all[a + j];
      }
    }
    double[] coherent = new double[all.length];
    for (int j = 0; j < gain.length; j++) {
      double v = all[a + j];
      for (int i = 0; i < gain[j].length; i++) {
        v -= gain[j][i] * apart[i];
      }
      coherent[a + j] = floored[j] ? Math.max(0, v) : v;
    }
    for (int i = 0; i < a; i++) {
      for (int j : sums.get(i)) {
        coherent[i] += coherent[a + j];
      }
    }
    return coherent;
  }
}
