package io.millwright.maintenance.internal.health;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.HealthMethod;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/** Learns what is to be expected of a reading, from normal readings in standard units. */
final class ResidualFit {

  private static final double[] RIDGES = {0.3, 0.03, 0.003};
  private static final int[] LAGS = {1, 2, 4, 8};

  /** So many numbers a window may have. */
  private static final int MOST_NUMBERS = 256;

  /** So many readings in a row an autoencoder looks at. */
  private static final int AUTOENCODED = 2;

  private static final int MOST_EXAMPLES = 16_000;
  private static final int STEPS = 1000;
  private static final int BATCH = 64;

  /** Every fifth of twenty blocks of examples stops the learning. */
  private static final int BLOCKS = 20;

  private final Composer composer;
  private final Jobs.Control<?> control;
  private final long key;
  private final int[] used;
  private final double[] mean;
  private final double[] scale;
  private final float[] z;
  private final boolean[] whole;

  /**
   * Lays normal readings out.
   *
   * @param rows all columns, missing readings as NaN
   * @param used the columns to look at
   */
  ResidualFit(Composer composer, Jobs.Control<?> control, long key, double[][] rows, int[] used) {
    this.composer = composer;
    this.control = control;
    this.key = key;
    this.used = used;
    mean = new double[used.length];
    scale = new double[used.length];
    for (int i = 0; i < used.length; i++) {
      int j = used[i];
      double[] known =
          Arrays.stream(rows).mapToDouble(r -> r[j]).filter(Double::isFinite).toArray();
      double middle = Arrays.stream(known).average().orElse(0);
      double squares =
          Arrays.stream(known).map(v -> (v - middle) * (v - middle)).average().orElse(1);
      mean[i] = middle;
      scale[i] = Math.sqrt(squares) + 1e-9 * (1 + Math.abs(middle));
    }
    z = new float[rows.length * used.length];
    whole = new boolean[rows.length];
    for (int r = 0; r < rows.length; r++) {
      double[] row = rows[r];
      whole[r] = Arrays.stream(used).allMatch(j -> Double.isFinite(row[j]));
      if (whole[r]) {
        Residuals.standardise(row, used, mean, scale, z, r * used.length);
      }
    }
  }

  /** The deviation of each column looked at. */
  double[] scale() {
    return scale;
  }

  /** The last readings of whole windows that lie outside of some rows. */
  int[] ends(int window, int outFrom, int outTo) {
    return IntStream.range(window - 1, whole.length)
        .filter(t -> t < outFrom || t - window + 1 >= outTo)
        .filter(t -> IntStream.rangeClosed(t - window + 1, t).allMatch(r -> whole[r]))
        .toArray();
  }

  /** Residuals of some readings, of which windows are whole. */
  double[][] residuals(Residuals model, int[] ends) {
    int p = used.length;
    int d = model.window() * p;
    float[] windows = new float[ends.length * d];
    for (int e = 0; e < ends.length; e++) {
      System.arraycopy(z, (ends[e] + 1) * p - d, windows, e * d, d);
    }
    return model.of(windows, ends.length);
  }

  /** Learns from all readings but those of some rows. */
  Residuals fit(HealthMethod method, int outFrom, int outTo) {
    control.checkpoint();
    int p = used.length;
    if (method == HealthMethod.AUTOENCODER) {
      int window = AUTOENCODED;
      int wide = Math.max(16, Math.min(96, 8 * p));
      Network network = Networks.mlp(Activation.TANH, wide, Math.max(1, p / 2), wide);
      return new Residuals(
          method,
          used,
          mean,
          scale,
          window,
          new double[0][],
          learn(network, window, outFrom, outTo, null));
    }
    Residuals linear = linear(outFrom, outTo);
    if (method == HealthMethod.FORECAST) {
      return linear;
    }
    FittedNetwork network =
        learn(Networks.mlp(Activation.TANH, 48, 48), linear.window(), outFrom, outTo, linear);
    return new Residuals(method, used, mean, scale, linear.window(), linear.linear(), network);
  }

  /**
   * A network from a window to its newest reading, or from the readings before to what a forecast
   * leaves.
   */
  private FittedNetwork learn(
      Network network, int window, int outFrom, int outTo, @Nullable Residuals linear) {
    int[] all = ends(window, outFrom, outTo);
    int step = (all.length + MOST_EXAMPLES - 1) / MOST_EXAMPLES;
    int[] ends =
        IntStream.range(0, all.length).filter(e -> e % step == 0).map(e -> all[e]).toArray();
    int p = used.length;
    int d = window * p;
    double[][] left = linear == null ? new double[0][] : residuals(linear, ends);
    Examples examples =
        new Examples() {
          @Override
          public int count() {
            return ends.length;
          }

          @Override
          public int inputs() {
            return linear == null ? d : d - p;
          }

          @Override
          public int targets() {
            return p;
          }

          @Override
          public boolean validates(int example) {
            return (long) example * BLOCKS / ends.length % 5 == 3;
          }

          @Override
          public void input(int example, float[] into, int at) {
            System.arraycopy(z, (ends[example] + 1) * p - d, into, at, inputs());
          }

          @Override
          public void target(int example, float[] into, int at) {
            for (int j = 0; j < p; j++) {
              into[at + j] = linear == null ? z[ends[example] * p + j] : (float) left[example][j];
            }
          }
        };
    int epochs = Math.max(5, Math.min(200, STEPS * BATCH / ends.length));
    Learning learning =
        Learning.adamW(1e-2, 1e-4)
            .batch(BATCH)
            .epochs(epochs)
            .schedule(new Schedule.WarmUpCosine(0.05))
            .earlyStopping(Math.max(3, epochs / 4))
            .key(key);
    return composer.fit(network, Loss.mse(), learning, examples, control);
  }

  /** Vector autoregression; its lags and its ridge by the last fifth of the readings. */
  private Residuals linear(int outFrom, int outTo) {
    Residuals best = null;
    double least = Double.POSITIVE_INFINITY;
    double ridge = RIDGES[0];
    for (int lags : LAGS) {
      if (lags > 1 && lags * used.length > MOST_NUMBERS) {
        continue;
      }
      int[] ends = ends(lags + 1, outFrom, outTo);
      int cut = ends.length * 4 / 5;
      double[][] gram = gram(Arrays.copyOf(ends, cut), lags);
      for (double one : RIDGES) {
        Residuals model = solve(gram, lags, one);
        double error = 0;
        double[][] left = residuals(model, Arrays.copyOfRange(ends, cut, ends.length));
        for (double[] row : left) {
          for (double v : row) {
            error += v * v / left.length;
          }
        }
        if (error < least * 0.99) {
          least = error;
          best = model;
          ridge = one;
        }
      }
    }
    int lags = best == null ? 1 : best.window() - 1;
    return solve(gram(ends(lags + 1, outFrom, outTo), lags), lags, ridge);
  }

  /** Mean products of the readings before, the constant and the newest reading. */
  private double[][] gram(int[] ends, int lags) {
    int p = used.length;
    int d = lags * p;
    int size = d + 1 + p;
    double[][] gram = new double[size][size];
    double[] row = new double[size];
    for (int end : ends) {
      int from = (end - lags) * p;
      for (int i = 0; i < d; i++) {
        row[i] = z[from + i];
      }
      row[d] = 1;
      for (int j = 0; j < p; j++) {
        row[d + 1 + j] = z[from + d + j];
      }
      for (int i = 0; i <= d; i++) {
        double a = row[i] / ends.length;
        for (int k = i; k < size; k++) {
          gram[i][k] += a * row[k];
        }
      }
    }
    return gram;
  }

  private Residuals solve(double[][] gram, int lags, double ridge) {
    int p = used.length;
    int d = lags * p;
    RealMatrix normal = new Array2DRowRealMatrix(d + 1, d + 1);
    RealMatrix targets = new Array2DRowRealMatrix(d + 1, p);
    for (int i = 0; i <= d; i++) {
      for (int k = i; k <= d; k++) {
        normal.setEntry(i, k, gram[i][k]);
        normal.setEntry(k, i, gram[i][k]);
      }
      normal.addToEntry(i, i, i < d ? ridge : 1e-9);
      for (int j = 0; j < p; j++) {
        targets.setEntry(i, j, gram[i][d + 1 + j]);
      }
    }
    RealMatrix weights = new CholeskyDecomposition(normal, 1e-9, 0).getSolver().solve(targets);
    return new Residuals(
        HealthMethod.FORECAST, used, mean, scale, lags + 1, weights.transpose().getData(), null);
  }
}
