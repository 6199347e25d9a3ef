package io.millwright.production.internal.load;

import io.millwright.api.spi.FittedNetwork;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt for one distance. Immutable.
 *
 * @param ahead the distance
 * @param centre of the features
 * @param spread of the features
 * @param linear coefficients of the linear model
 * @param level the mean of the load
 * @param scale the standard deviation of the load
 * @param quantiles networks of quantiles
 * @param means networks of the mean
 * @param meanWeights of last weeks, linear model, networks of the mean, networks of quantiles
 * @param medianWeights of last weeks, linear model, networks of quantiles
 * @param offsets quantiles of the median's errors, one spread for every target
 * @param shape how much of the spread the networks of quantiles say, from 0 to 1; the rest is that
 *     of the offsets
 */
record StepModel(
    int ahead,
    double[] centre,
    double[] spread,
    double[] linear,
    double level,
    double scale,
    List<FittedNetwork> quantiles,
    List<FittedNetwork> means,
    double[] meanWeights,
    double[] medianWeights,
    double[] offsets,
    double shape) {

  static final double[] PROBABILITIES = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
  static final int MIDDLE = 3;
  private static final int BATCH = 4096;

  /** The parts that are blended, for targets one after the other. */
  record Parts(double[] weeks, double[] linear, double @Nullable [] net, double[][] quantiles) {}

  void standardise(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(-6, Math.min(6, (x[i] - centre[i]) / spread[i]));
    }
  }

  Parts parts(Grid grid, int from, int to) {
    int n = to - from;
    double[] weeks = new double[n];
    double[] straight = new double[n];
    double[] net = means.isEmpty() ? null : new double[n];
    double[][] q = new double[n][];
    int p = centre.length;
    double[] x = new double[p];
    for (int begin = 0; begin < n; begin += BATCH) {
      int count = Math.min(BATCH, n - begin);
      float[] inputs = new float[count * (p + 1)];
      for (int i = 0; i < count; i++) {
        int t = from + begin + i;
        grid.features(t, ahead, x);
        standardise(x);
        weeks[begin + i] = grid.weeks(t, ahead);
        straight[begin + i] = Ridge.answer(linear, x);
        for (int k = 0; k < p; k++) {
          inputs[i * (p + 1) + k] = (float) x[k];
        }
        inputs[i * (p + 1) + p] = (float) ((straight[begin + i] - level) / scale);
      }
      if (net != null) {
        for (FittedNetwork m : means) {
          float[] out = m.outputs(inputs, count);
          for (int i = 0; i < count; i++) {
            net[begin + i] += (level + scale * out[i]) / means.size();
          }
        }
      }
      int each = PROBABILITIES.length;
      for (int i = 0; i < count; i++) {
        q[begin + i] = new double[each];
      }
      for (FittedNetwork m : quantiles) {
        float[] out = m.outputs(inputs, count);
        for (int i = 0; i < count; i++) {
          for (int k = 0; k < each; k++) {
            q[begin + i][k] += (level + scale * out[i * each + k]) / quantiles.size();
          }
        }
      }
      for (int i = 0; i < count; i++) {
        if (quantiles.isEmpty()) {
          for (int k = 0; k < each; k++) {
            q[begin + i][k] = straight[begin + i] + offsets[k] - offsets[MIDDLE];
          }
        }
        Arrays.sort(q[begin + i]);
      }
    }
    return new Parts(weeks, straight, net, q);
  }

  /** The mean that quantiles stand for, by the trapezoidal rule. */
  static double meanOf(double[] q) {
    double sum = 0;
    double covered = 0;
    for (int k = 0; k < q.length; k++) {
      double low = k == 0 ? 0 : (PROBABILITIES[k - 1] + PROBABILITIES[k]) / 2;
      double high = k == q.length - 1 ? 1 : (PROBABILITIES[k] + PROBABILITIES[k + 1]) / 2;
      sum += (high - low) * q[k];
      covered += high - low;
    }
    return sum / covered;
  }

  static double mean(Parts parts, double[] weights, int i) {
    double net = parts.net == null ? 0 : parts.net[i];
    return weights[0] * parts.weeks[i]
        + weights[1] * parts.linear[i]
        + weights[2] * net
        + weights[3] * meanOf(parts.quantiles[i]);
  }

  static double median(Parts parts, double[] weights, int i) {
    return weights[0] * parts.weeks[i]
        + weights[1] * parts.linear[i]
        + weights[2] * parts.quantiles[i][MIDDLE];
  }

  /** Mean and quantiles before calibration: the mean first. */
  double[][] raw(Grid grid, int from, int to) {
    Parts parts = parts(grid, from, to);
    double[][] all = new double[to - from][];
    for (int i = 0; i < all.length; i++) {
      all[i] = row(parts, meanWeights, medianWeights, offsets, shape, i);
    }
    return all;
  }

  /** One target's mean, and the quantiles around its median. */
  static double[] row(
      Parts parts,
      double[] meanWeights,
      double[] medianWeights,
      double[] offsets,
      double shape,
      int i) {
    double[] row = new double[PROBABILITIES.length + 1];
    row[0] = mean(parts, meanWeights, i);
    double middle = median(parts, medianWeights, i);
    double[] q = parts.quantiles[i];
    for (int k = 0; k < PROBABILITIES.length; k++) {
      row[k + 1] =
          middle + shape * (q[k] - q[MIDDLE]) + (1 - shape) * (offsets[k] - offsets[MIDDLE]);
    }
    return row;
  }
}
