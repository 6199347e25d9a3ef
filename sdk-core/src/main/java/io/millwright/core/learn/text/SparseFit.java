package io.millwright.core.learn.text;

import io.millwright.runtime.text.Sparse;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Fits linear models to sparse rows: multinomial logistic regression and one logistic regression a
 * label (both by L-BFGS), and ridge regression on one-hot targets (by conjugate gradients). The
 * penalty is on slopes alone, never on constants. Weights are {@code [outputs, width + 1]}, the
 * constant last.
 */
final class SparseFit {

  private static final int ROUNDS = 200;
  private static final double TOLERANCE = 1e-5;

  private final List<Sparse> rows;
  private final float[][] targets;
  private final int width;
  private final int outputs;
  private final BooleanSupplier stopped;

  /**
   * @param rows what is seen
   * @param targets of each row its class, or a number for each label, NaN where it is not known
   * @param width the length of rows
   * @param outputs how many classes or labels there are
   */
  SparseFit(List<Sparse> rows, float[][] targets, int width, int outputs, BooleanSupplier stopped) {
    this.rows = rows;
    this.targets = targets;
    this.width = width;
    this.outputs = outputs;
    this.stopped = stopped;
  }

  /** Multinomial logistic regression, or one a label, from a start or from 0. */
  float[] logistic(double penalty, boolean classes, float[] start) {
    double[] from = new double[outputs * (width + 1)];
    for (int i = 0; i < start.length; i++) {
      from[i] = start[i];
    }
    double[] z = new double[outputs];
    Minimum.Smooth loss =
        (w, g) -> {
          double value = 0;
          for (int k = 0; k < outputs; k++) {
            int at = k * (width + 1);
            for (int j = 0; j < width; j++) {
              g[at + j] = penalty * w[at + j];
              value += penalty / 2 * w[at + j] * w[at + j];
            }
            g[at + width] = 0;
          }
          for (int r = 0; r < rows.size(); r++) {
            Sparse row = rows.get(r);
            outputs(w, row, z);
            value += classes ? softmax(z, (int) targets[r][0]) : sigmoids(z, targets[r]);
            for (int k = 0; k < outputs; k++) {
              int at = k * (width + 1);
              for (int j = 0; j < row.at().length; j++) {
                g[at + row.at()[j]] += z[k] * row.value()[j];
              }
              g[at + width] += z[k];
            }
          }
          return value;
        };
    double[] best = Minimum.from(from, loss, ROUNDS, TOLERANCE, stopped);
    float[] weights = new float[best.length];
    for (int i = 0; i < best.length; i++) {
      weights[i] = (float) best[i];
    }
    return weights;
  }

  private void outputs(double[] w, Sparse row, double[] z) {
    for (int k = 0; k < outputs; k++) {
      int at = k * (width + 1);
      double sum = w[at + width];
      for (int j = 0; j < row.at().length; j++) {
        sum += w[at + row.at()[j]] * row.value()[j];
      }
      z[k] = sum;
    }
  }

  /** The loss of a row; outputs become its slopes. */
  private static double softmax(double[] z, int truth) {
    double most = Arrays.stream(z).max().orElse(0);
    double sum = 0;
    for (double v : z) {
      sum += Math.exp(v - most);
    }
    double loss = most + Math.log(sum) - z[truth];
    for (int k = 0; k < z.length; k++) {
      z[k] = Math.exp(z[k] - most) / sum - (k == truth ? 1 : 0);
    }
    return loss;
  }

  private static double sigmoids(double[] z, float[] truth) {
    double loss = 0;
    for (int k = 0; k < z.length; k++) {
      if (Float.isNaN(truth[k])) {
        z[k] = 0;
        continue;
      }
      double signed = truth[k] > 0.5 ? z[k] : -z[k];
      loss += signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
      z[k] = 1 / (1 + Math.exp(-z[k])) - truth[k];
    }
    return loss;
  }

  /**
   * Ridge regression of targets 1 and 0, times a sharpness, so that outputs serve as logits.
   *
   * @param sharpness what outputs are multiplied by
   */
  float[] ridge(double penalty, boolean classes, double sharpness) {
    float[] weights = new float[outputs * (width + 1)];
    for (int k = 0; k < outputs && !stopped.getAsBoolean(); k++) {
      double[] y = new double[rows.size()];
      double mean = 0;
      for (int r = 0; r < y.length; r++) {
        float t = classes ? ((int) targets[r][0] == k ? 1 : 0) : targets[r][k];
        y[r] = Float.isNaN(t) ? 0.5 : t;
        mean += y[r] / y.length;
      }
      double[] w = conjugate(y, mean, penalty);
      double centre = classes ? 0 : 0.5;
      int at = k * (width + 1);
      for (int j = 0; j < width; j++) {
        weights[at + j] = (float) (sharpness * w[j]);
      }
      weights[at + width] = (float) (sharpness * (w[width] - centre));
    }
    return weights;
  }

  /** Solves (X'X + penalty) w = X'y with a free constant, by conjugate gradients. */
  private double[] conjugate(double[] y, double mean, double penalty) {
    double[] w = new double[width + 1];
    w[width] = mean;
    double[] r = new double[width + 1];
    for (int i = 0; i < rows.size(); i++) {
      add(rows.get(i), y[i] - mean, r);
    }
    double[] p = r.clone();
    double norm = Minimum.dot(r, r);
    double first = norm;
    double[] ap = new double[width + 1];
    for (int round = 0; round < ROUNDS && norm > 1e-8 * first; round++) {
      for (int j = 0; j < width; j++) {
        ap[j] = penalty * p[j];
      }
      ap[width] = 0;
      for (Sparse row : rows) {
        double z = p[width];
        for (int j = 0; j < row.at().length; j++) {
          z += p[row.at()[j]] * row.value()[j];
        }
        add(row, z, ap);
      }
      double alpha = norm / Minimum.dot(p, ap);
      for (int j = 0; j <= width; j++) {
        w[j] += alpha * p[j];
        r[j] -= alpha * ap[j];
      }
      double now = Minimum.dot(r, r);
      for (int j = 0; j <= width; j++) {
        p[j] = r[j] + now / norm * p[j];
      }
      norm = now;
    }
    return w;
  }

  private void add(Sparse row, double factor, double[] into) {
    for (int j = 0; j < row.at().length; j++) {
      into[row.at()[j]] += factor * row.value()[j];
    }
    into[width] += factor;
  }
}
