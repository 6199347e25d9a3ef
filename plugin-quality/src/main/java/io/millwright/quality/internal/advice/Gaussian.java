package io.millwright.quality.internal.advice;

import java.util.Arrays;

/**
 * Gaussian process regression of values of mean 0 and variance 1 (Rasmussen and Williams 2006,
 * algorithm 2.1), its parameters at the maximum of likelihood times prior.
 */
final class Gaussian {

  private static final int ROUNDS = 80;

  final Kernel.Kind kind;
  private final double[][] x;
  private final double[] y;
  private final double[] theta;
  private final double[][] factor;
  private final double[] weights;
  private final Kernel kernel;

  /** The log predictive density of each row when it is left out, in sum. */
  final double leftOut;

  /** The rows less the parameters that they were spent on. */
  final double freedom;

  /** The mean squared error of rows that are left out, in their own variances. */
  final double strange;

  /** The sum of squares of errors of rows that are left out. */
  final double error;

  private Gaussian(Kernel.Kind kind, double[][] x, double[] y, double[] theta) {
    this.kind = kind;
    this.x = x;
    this.y = y;
    this.theta = theta;
    kernel = new Kernel(kind, x[0].length, theta);
    factor = factor(kernel, x);
    double[][] inverse = inverse(factor);
    weights = times(inverse, y);
    double odd = 0;
    double density = 0;
    double squares = 0;
    double free = 0;
    for (int i = 0; i < y.length; i++) {
      free += kernel.noise * inverse[i][i];
      double variance = 1 / inverse[i][i];
      double off = weights[i] * variance;
      odd += off * off / variance / y.length;
      density -= (Math.log(2 * Math.PI * variance) + off * off / variance) / 2;
      squares += off * off;
    }
    leftOut = density;
    error = squares;
    freedom = free;
    strange = odd;
  }

  /** Learns the parameters from some of the rows and the surface from all. */
  static Gaussian of(Kernel.Kind kind, double[][] x, double[] y, int few) {
    int n = Math.min(few, y.length);
    double[][] some = Arrays.copyOf(x, n);
    double[] values = Arrays.copyOf(y, n);
    return new Gaussian(kind, x, y, learn(kind, some, values));
  }

  /** The same parameters with one more row, as if its mean had been measured. */
  Gaussian with(double[] row, double value) {
    double[][] more = Arrays.copyOf(x, x.length + 1);
    more[x.length] = row;
    double[] values = Arrays.copyOf(y, y.length + 1);
    values[y.length] = value;
    return new Gaussian(kind, more, values, theta);
  }

  private static double[] learn(Kernel.Kind kind, double[][] x, double[] y) {
    int d = x[0].length;
    double[] theta = new double[d + 5];
    double[] step = new double[theta.length];
    double[] last = new double[theta.length];
    for (int p = 0; p < theta.length; p++) {
      theta[p] = Kernel.prior(d, p);
      step[p] = 0.2;
    }
    double[] best = theta.clone();
    double highest = Double.NEGATIVE_INFINITY;
    double[] slope = new double[theta.length];
    for (int round = 0; round < ROUNDS; round++) {
      double value = posterior(kind, x, y, theta, slope);
      if (value > highest) {
        highest = value;
        best = theta.clone();
      }
      // Resilient steps (Riedmiller 1994): longer while the sign holds, shorter where it turns.
      for (int p = 0; p < theta.length; p++) {
        double sign = slope[p] * last[p];
        step[p] = sign > 0 ? Math.min(1, 1.2 * step[p]) : sign < 0 ? 0.5 * step[p] : step[p];
        last[p] = sign < 0 ? 0 : slope[p];
        theta[p] = Math.max(-8, Math.min(6, theta[p] + Math.signum(last[p]) * step[p]));
      }
    }
    return best;
  }

  /** The logarithm of likelihood times prior, and its slope. */
  private static double posterior(
      Kernel.Kind kind, double[][] x, double[] y, double[] theta, double[] slope) {
    int n = y.length;
    int d = x[0].length;
    Kernel kernel = new Kernel(kind, d, theta);
    double[][] l = factor(kernel, x);
    double[][] inverse = inverse(l);
    double[] alpha = times(inverse, y);
    double value = 0;
    for (int i = 0; i < n; i++) {
      value -= alpha[i] * y[i] / 2 + Math.log(l[i][i]);
    }
    Arrays.fill(slope, 0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double weight = (alpha[i] * alpha[j] - inverse[i][j]) * (i == j ? 0.5 : 1);
        kernel.gradient(x[i], x[j], weight, slope);
        if (i == j) {
          slope[d + 4] += weight * kernel.noise;
        }
      }
    }
    for (int p = 0; p < theta.length; p++) {
      double off = (theta[p] - Kernel.prior(d, p)) / Kernel.priorWidth(d, p);
      value -= off * off / 2;
      slope[p] -= off / Kernel.priorWidth(d, p);
    }
    return value;
  }

  private static double[][] factor(Kernel kernel, double[][] x) {
    int n = x.length;
    double[][] l = new double[n][];
    for (int i = 0; i < n; i++) {
      l[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = kernel.value(x[i], x[j]) + (i == j ? kernel.noise + 1e-8 : 0);
        for (int m = 0; m < j; m++) {
          sum -= l[i][m] * l[j][m];
        }
        l[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-10)) : sum / l[j][j];
      }
    }
    return l;
  }

  /** The inverse of a matrix from its Cholesky factor. */
  private static double[][] inverse(double[][] l) {
    int n = l.length;
    double[][] half = new double[n][n];
    for (int c = 0; c < n; c++) {
      for (int i = c; i < n; i++) {
        double sum = i == c ? 1 : 0;
        for (int m = c; m < i; m++) {
          sum -= l[i][m] * half[c][m];
        }
        half[c][i] = sum / l[i][i];
      }
    }
    double[][] out = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int m = i; m < n; m++) {
          sum += half[i][m] * half[j][m];
        }
        out[i][j] = sum;
        out[j][i] = sum;
      }
    }
    return out;
  }

  private static double[] times(double[][] a, double[] y) {
    double[] out = new double[y.length];
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < y.length; j++) {
        out[i] += a[i][j] * y[j];
      }
    }
    return out;
  }

  double noise() {
    return kernel.noise;
  }

  private double[] column(double[] at) {
    double[] k = new double[x.length];
    for (int i = 0; i < k.length; i++) {
      k[i] = kernel.value(at, x[i]);
    }
    return k;
  }

  double mean(double[] at) {
    double[] k = column(at);
    double sum = 0;
    for (int i = 0; i < k.length; i++) {
      sum += k[i] * weights[i];
    }
    return sum;
  }

  /** The mean and its variance. */
  double[] moments(double[] at) {
    double[] k = column(at);
    double mean = 0;
    double variance = kernel.value(at, at);
    for (int i = 0; i < k.length; i++) {
      mean += k[i] * weights[i];
    }
    for (int i = 0; i < k.length; i++) {
      double sum = k[i];
      double[] row = factor[i];
      for (int m = 0; m < i; m++) {
        sum -= row[m] * k[m];
      }
      k[i] = sum / row[i];
      variance -= k[i] * k[i];
    }
    return new double[] {mean, Math.max(0, variance)};
  }

  /** The covariance of the means of two places, as the rows leave it. */
  double covariance(double[] one, double[] other) {
    double[] a = solved(one);
    double[] b = one == other ? a : solved(other);
    double sum = kernel.value(one, other);
    for (int i = 0; i < a.length; i++) {
      sum -= a[i] * b[i];
    }
    return sum;
  }

  private double[] solved(double[] at) {
    double[] k = column(at);
    for (int i = 0; i < k.length; i++) {
      double sum = k[i];
      for (int m = 0; m < i; m++) {
        sum -= factor[i][m] * k[m];
      }
      k[i] = sum / factor[i][i];
    }
    return k;
  }
}
