package io.millwright.quality.internal.causes;

import java.util.ArrayList;
import java.util.List;

/** Least squares of one column on others, with a trace of ridge against dependent inputs. */
final class Linear {

  /** The columns that are inputs, and their coefficients in the order of {@link Data#inputs}. */
  final int[] causes;

  private final double[] means;
  private final double[] coefficients;
  private final double intercept;

  private Linear(int[] causes, double[] means, double[] coefficients, double intercept) {
    this.causes = causes;
    this.means = means;
    this.coefficients = coefficients;
    this.intercept = intercept;
  }

  static double[][] inputs(Data data, int[] causes) {
    List<double[]> all = new ArrayList<>();
    for (int c : causes) {
      all.addAll(List.of(data.inputs(c, false)));
    }
    return all.toArray(new double[0][]);
  }

  static Linear of(Data data, int effect, int[] causes) {
    double[][] x = inputs(data, causes);
    double[] y = data.values[effect];
    int p = x.length;
    double[] means = new double[p];
    for (int j = 0; j < p; j++) {
      means[j] = mean(x[j]);
    }
    double centre = mean(y);
    double[][] l = new double[p][p];
    double[] b = new double[p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int r = 0; r < y.length; r++) {
          sum += (x[i][r] - means[i]) * (x[j][r] - means[j]);
        }
        l[i][j] = i == j ? sum * (1 + 1e-9) + Double.MIN_NORMAL : sum;
      }
      for (int r = 0; r < y.length; r++) {
        b[i] += (x[i][r] - means[i]) * (y[r] - centre);
      }
    }
    solve(l, b);
    return new Linear(causes, means, b, centre);
  }

  private static void solve(double[][] a, double[] b) {
    int p = b.length;
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int m = 0; m < j; m++) {
          sum -= a[i][m] * a[j][m];
        }
        a[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / a[j][j];
      }
      for (int m = 0; m < i; m++) {
        b[i] -= a[i][m] * b[m];
      }
      b[i] /= a[i][i];
    }
    for (int i = p - 1; i >= 0; i--) {
      for (int m = i + 1; m < p; m++) {
        b[i] -= a[m][i] * b[m];
      }
      b[i] /= a[i][i];
    }
  }

  double coefficient(int input) {
    return coefficients[input];
  }

  /** What is expected where the means of the inputs are these. */
  double at(double[][] inputs) {
    double y = intercept;
    for (int j = 0; j < coefficients.length; j++) {
      y += coefficients[j] * (mean(inputs[j]) - means[j]);
    }
    return y;
  }

  /** What the model leaves of a column of the same rows. */
  double[] rest(Data data, int effect) {
    double[][] x = inputs(data, causes);
    double[] out = data.values[effect].clone();
    for (int r = 0; r < out.length; r++) {
      out[r] -= intercept;
      for (int j = 0; j < x.length; j++) {
        out[r] -= coefficients[j] * (x[j][r] - means[j]);
      }
    }
    return out;
  }

  static double mean(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    return sum / x.length;
  }
}
