package io.millwright.runtime.prepare;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Fits linear models to all of their data at a time: ridge regression (Hoerl and Kennard 1970) by
 * the normal equations, logistic regression with the same penalty (le Cessie and van Houwelingen
 * 1992) by L-BFGS (Liu and Nocedal 1989). Needs no engine; the same data give the same weights.
 * Used by one thread.
 */
public final class LinearFit {

  private static final int ROUNDS = 120;
  private static final int MEMORY = 8;
  private static final int BALANCING = 12;

  /** What is left of slopes that are all chance: enough to put rows in order, and no more. */
  private static final double LEAST_SLOPE = 0.1;

  private static final double CLOSE = 1e-6;

  private final float[] inputs;
  private final float[] targets;
  private final int width;
  private final int rows;

  /** Numbers of classes, or 1 for a quantity. */
  private final int outputs;

  private final boolean classes;
  private final BooleanSupplier stopped;

  /**
   * @param inputs {@code [rows, width]}, standardised
   * @param targets the scaled number or the index of the class of each row
   * @param outputs how many classes there are; 1 for a quantity
   * @param stopped asked between rounds; a stop leaves the weights where they are
   */
  public LinearFit(
      float[] inputs,
      float[] targets,
      int width,
      int outputs,
      boolean classes,
      BooleanSupplier stopped) {
    this.inputs = inputs;
    this.targets = targets;
    this.width = width;
    this.rows = targets.length;
    this.outputs = outputs;
    this.classes = classes;
    this.stopped = stopped;
  }

  /**
   * The weights that make the sum of losses, and half the penalty times the squares of all weights
   * but the offsets, smallest.
   *
   * @param penalty positive
   * @param start where logistic regression begins
   * @return {@code [outputs, width + 1]}, the offset of each output last
   */
  public double[] fit(double penalty, double[] start) {
    return classes ? logistic(penalty, start) : ridge(penalty);
  }

  /** The weights of no reading: the shares of classes, or the mean. */
  public double[] constant() {
    double[] w = new double[outputs * (width + 1)];
    double[] counts = new double[outputs];
    for (float t : targets) {
      if (classes) {
        counts[(int) t]++;
      } else {
        counts[0] += t;
      }
    }
    for (int k = 0; k < outputs; k++) {
      // A class that is absent here is rare, not impossible.
      w[k * (width + 1) + width] =
          classes
              ? Math.log((counts[k] + 0.5) / (rows + 0.5 * outputs))
              : counts[k] / Math.max(1, rows);
    }
    return w;
  }

  /**
   * The same weights of classes, shrunk towards the constant by what they owe to chance (van
   * Houwelingen and le Cessie 1990): by one minus the number of slopes over the likelihood ratio.
   * The order of risks of two classes does not change.
   */
  public double[] shrunken(double[] w) {
    double[] unused = new double[w.length];
    double ratio = 2 * rows * (loss(constant(), 0, unused) - loss(w, 0, unused));
    double factor = ratio > 0 ? 1 - width * (outputs - 1) / ratio : 0;
    double[] shrunk = w.clone();
    for (int i = 0; i < w.length; i++) {
      boolean offset = i % (width + 1) == width;
      shrunk[i] *= offset ? 1 : Math.max(LEAST_SLOPE, Math.min(1, factor));
    }
    balance(shrunk);
    return shrunk;
  }

  /** Moves the offsets until the mean probabilities are the shares of the classes. */
  private void balance(double[] w) {
    double[] wanted = new double[outputs];
    for (float t : targets) {
      wanted[(int) t] += 1.0 / rows;
    }
    double[] z = new double[outputs];
    for (int round = 0; round < BALANCING; round++) {
      double[] mean = new double[outputs];
      for (int r = 0; r < rows; r++) {
        outputs(w, inputs, r * width, width, z);
        double[] p = softmax(z);
        for (int k = 0; k < outputs; k++) {
          mean[k] += p[k] / rows;
        }
      }
      for (int k = 0; k < outputs; k++) {
        if (wanted[k] > 0) {
          w[k * (width + 1) + width] += Math.log(wanted[k] / mean[k]);
        }
      }
    }
  }

  /** The outputs of weights for one input. */
  public static void outputs(double[] w, float[] input, int at, int width, double[] into) {
    for (int k = 0; k < into.length; k++) {
      int from = k * (width + 1);
      double sum = w[from + width];
      for (int j = 0; j < width; j++) {
        sum += w[from + j] * input[at + j];
      }
      into[k] = sum;
    }
  }

  /** The probabilities of classes from the outputs of weights. */
  public static double[] softmax(double[] outputs) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double v : outputs) {
      largest = Math.max(largest, v);
    }
    double[] p = new double[outputs.length];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(outputs[k] - largest);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private double[] ridge(double penalty) {
    int n = width + 1;
    double[][] gram = new double[n][n];
    double[] right = new double[n];
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      for (int i = 0; i < n; i++) {
        double a = i < width ? inputs[at + i] : 1;
        double[] row = gram[i];
        for (int j = 0; j <= i; j++) {
          row[j] += a * (j < width ? inputs[at + j] : 1);
        }
        right[i] += a * targets[r];
      }
    }
    for (int i = 0; i < width; i++) {
      gram[i][i] += penalty;
    }
    gram[width][width] += 1e-9;
    return solve(gram, right);
  }

  /** Solves symmetric equations by Cholesky's decomposition; only the lower half is read. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(Math.max(1e-12, sum)) : sum / a[j][j];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= a[i][k] * x[k];
      }
      x[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] /= a[i][i];
    }
    return x;
  }

  /** The mean loss and its gradient. */
  private double loss(double[] w, double penalty, double[] gradient) {
    Arrays.fill(gradient, 0);
    double[] z = new double[outputs];
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      outputs(w, inputs, at, width, z);
      int truth = (int) targets[r];
      double largest = z[0];
      for (double v : z) {
        largest = Math.max(largest, v);
      }
      double total = 0;
      for (double v : z) {
        total += Math.exp(v - largest);
      }
      sum += largest + Math.log(total) - z[truth];
      for (int k = 0; k < outputs; k++) {
        double d = Math.exp(z[k] - largest) / total - (k == truth ? 1 : 0);
        int from = k * (width + 1);
        for (int j = 0; j < width; j++) {
          gradient[from + j] += d * inputs[at + j];
        }
        gradient[from + width] += d;
      }
    }
    for (int i = 0; i < w.length; i++) {
      if (i % (width + 1) != width) {
        sum += penalty * w[i] * w[i] / 2;
        gradient[i] += penalty * w[i];
      }
      gradient[i] /= rows;
    }
    return sum / rows;
  }

  private double[] logistic(double penalty, double[] start) {
    double[] w = start.clone();
    double[] gradient = new double[w.length];
    double[] next = new double[w.length];
    double[] nextGradient = new double[w.length];
    double[][] steps = new double[MEMORY][];
    double[][] changes = new double[MEMORY][];
    double value = loss(w, penalty, gradient);
    for (int round = 0; round < ROUNDS && !stopped.getAsBoolean(); round++) {
      double[] direction = direction(gradient, steps, changes, round);
      double slope = dot(direction, gradient);
      if (!(slope < 0)) {
        return w;
      }
      double size = round == 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
      double found = Double.NaN;
      for (int attempt = 0; attempt < 30; attempt++) {
        for (int i = 0; i < w.length; i++) {
          next[i] = w[i] + size * direction[i];
        }
        found = loss(next, penalty, nextGradient);
        if (found <= value + 1e-4 * size * slope) {
          break;
        }
        size /= 2;
      }
      if (!(found < value)) {
        return w;
      }
      double[] step = new double[w.length];
      double[] change = new double[w.length];
      double largest = 0;
      for (int i = 0; i < w.length; i++) {
        step[i] = next[i] - w[i];
        change[i] = nextGradient[i] - gradient[i];
        largest = Math.max(largest, Math.abs(nextGradient[i]));
      }
      steps[round % MEMORY] = step;
      changes[round % MEMORY] = change;
      boolean done = largest < CLOSE || value - found < 1e-10 * Math.abs(value);
      value = found;
      System.arraycopy(next, 0, w, 0, w.length);
      System.arraycopy(nextGradient, 0, gradient, 0, w.length);
      if (done) {
        return w;
      }
    }
    return w;
  }

  /** The two loops of L-BFGS: minus the inverse curvature, as far as it is known, times a slope. */
  private static double[] direction(
      double[] gradient, double[][] steps, double[][] changes, int round) {
    double[] d = gradient.clone();
    int known = Math.min(round, MEMORY);
    double[] alpha = new double[known];
    for (int m = 0; m < known; m++) {
      int at = (round - 1 - m) % MEMORY;
      double curvature = dot(steps[at], changes[at]);
      alpha[m] = curvature > 0 ? dot(steps[at], d) / curvature : 0;
      for (int i = 0; i < d.length; i++) {
        d[i] -= alpha[m] * changes[at][i];
      }
    }
    if (known > 0) {
      int at = (round - 1) % MEMORY;
      double scale = dot(steps[at], changes[at]) / dot(changes[at], changes[at]);
      for (int i = 0; i < d.length; i++) {
        d[i] *= scale > 0 ? scale : 1;
      }
    }
    for (int m = known - 1; m >= 0; m--) {
      int at = (round - 1 - m) % MEMORY;
      double curvature = dot(steps[at], changes[at]);
      double beta = curvature > 0 ? dot(changes[at], d) / curvature : 0;
      for (int i = 0; i < d.length; i++) {
        d[i] += curvature > 0 ? (alpha[m] - beta) * steps[at][i] : 0;
      }
    }
    for (int i = 0; i < d.length; i++) {
      d[i] = -d[i];
    }
    return d;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
