package io.millwright.production.internal.load;

import io.millwright.api.Progress;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Fits what one distance needs: once to choose the blend, once on everything. */
final class LoadTraining {

  private static final Double[] QUANTILES = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
  private static final double HELD_OUT = 0.2;
  private static final double PENALTY = 1e-3;

  /** What was chosen, and the errors on the held-out part by method. */
  record Learnt(StepModel model, String choice, Map<String, Double> errors, int judged) {}

  private final Grid grid;
  private final int networks;
  private final Network network;
  private final Learning learning;
  private final Composer composer;
  private final Jobs.Control<?> control;

  LoadTraining(
      Grid grid,
      int networks,
      Network network,
      Learning learning,
      Composer composer,
      Jobs.Control<?> control) {
    this.grid = grid;
    this.networks = networks;
    this.network = network;
    this.learning = learning;
    this.composer = composer;
    this.control = control;
  }

  Learnt run(int ahead, double done, double share) {
    int from = grid.history(ahead);
    int to = grid.y.length;
    int cut = to - (int) Math.round(HELD_OUT * (to - from));
    StepModel trial = fit(ahead, from, cut, done, share / 2);
    StepModel.Parts parts = trial.parts(grid, cut, to);
    double[] mean = best(parts, cut, true);
    double[] median = best(parts, cut, false);
    StepModel all = fit(ahead, from, to, done + share / 2, share / 2);
    double[] offsets = offsets(parts, cut, median);
    double shape =
        networks == 0
            ? 0
            : shape(parts, Arrays.copyOfRange(grid.y, cut, to), mean, median, offsets);
    StepModel model =
        new StepModel(
            ahead,
            all.centre(),
            all.spread(),
            all.linear(),
            all.level(),
            all.scale(),
            all.quantiles(),
            all.means(),
            mean,
            median,
            offsets,
            shape);
    Map<String, Double> errors = errors(parts, cut, ahead, mean, median);
    String choice =
        String.format(
            Locale.ROOT,
            "%d ahead: mean of last weeks %.0f %%, linear %.0f %%, networks of the mean %.0f %%, of"
                + " quantiles %.0f %%; median %.0f / %.0f / %.0f %%; spread of networks %.0f %%;"
                + " held-out MAE %.4g, RMSE %.4g (last weeks %.4g, %.4g)",
            ahead,
            100 * mean[0],
            100 * mean[1],
            100 * mean[2],
            100 * mean[3],
            100 * median[0],
            100 * median[1],
            100 * median[2],
            100 * shape,
            errors.get("mae"),
            errors.get("rmse"),
            errors.get("mae weeks"),
            errors.get("rmse weeks"));
    return new Learnt(model, choice, errors, to - cut);
  }

  private StepModel fit(int ahead, int from, int to, double done, double share) {
    int p = grid.features();
    List<Integer> targets = new ArrayList<>();
    for (int t = from; t < to; t++) {
      if (!Double.isNaN(grid.y[t])) {
        targets.add(t);
      }
    }
    int n = targets.size();
    double[][] x = new double[n][p];
    double[] y = new double[n];
    double[] centre = new double[p];
    double[] spread = new double[p];
    double level = 0;
    for (int r = 0; r < n; r++) {
      grid.features(targets.get(r), ahead, x[r]);
      y[r] = grid.y[targets.get(r)];
      level += y[r] / n;
      for (int k = 0; k < p; k++) {
        centre[k] += x[r][k] / n;
      }
    }
    double squares = 0;
    for (int r = 0; r < n; r++) {
      squares += (y[r] - level) * (y[r] - level);
      for (int k = 0; k < p; k++) {
        double d = x[r][k] - centre[k];
        spread[k] += d * d / n;
      }
    }
    double scale = Math.max(1e-9, Math.sqrt(squares / Math.max(1, n - 1)));
    for (int k = 0; k < p; k++) {
      spread[k] = spread[k] < 1e-12 ? 1 : Math.sqrt(spread[k]);
    }
    StepModel bare =
        new StepModel(
            ahead,
            centre,
            spread,
            new double[p + 1],
            level,
            scale,
            List.of(),
            List.of(),
            new double[4],
            new double[3],
            new double[QUANTILES.length],
            0);
    for (double[] row : x) {
      bare.standardise(row);
    }
    double[] linear = Ridge.fit(x, y, PENALTY);
    List<FittedNetwork> quantiles = new ArrayList<>();
    List<FittedNetwork> means = new ArrayList<>();
    Rows rows = new Rows(x, y, linear, level, scale);
    for (int k = 0; k < networks; k++) {
      control.checkpoint();
      double at = done + share * k / networks;
      tell(ahead, at);
      long key = learning.key() + 2L * k;
      quantiles.add(
          composer.fit(network, Loss.quantile(QUANTILES), learning.key(key), rows, control));
      means.add(composer.fit(network, Loss.mse(), learning.key(key + 1), rows, control));
    }
    return new StepModel(
        ahead,
        centre,
        spread,
        linear,
        level,
        scale,
        quantiles,
        means,
        new double[4],
        new double[3],
        new double[QUANTILES.length],
        0);
  }

  private void tell(int ahead, double done) {
    control.report(
        new Progress(
            "learning, " + ahead + " ahead",
            OptionalDouble.of(Math.min(1, done)),
            control.elapsed(),
            Optional.empty(),
            Map.of()));
  }

  /** The weights, in tenths, with the least error on the held-out part. */
  private double[] best(StepModel.Parts parts, int cut, boolean mean) {
    boolean nets = networks > 0;
    int size = mean ? 4 : 3;
    double[] best = new double[size];
    double least = Double.POSITIVE_INFINITY;
    int n = parts.weeks().length;
    int[] w = new int[size];
    for (int a = 10; a >= 0; a--) {
      for (int b = 10 - a; b >= 0; b--) {
        for (int c = mean ? 10 - a - b : 0; c >= 0; c--) {
          w[0] = a;
          w[1] = b;
          if (mean) {
            w[2] = c;
            w[3] = 10 - a - b - c;
          } else {
            w[2] = 10 - a - b;
          }
          if (!nets && a + b < 10) {
            continue;
          }
          double[] weights = Arrays.stream(w).mapToDouble(v -> v / 10.0).toArray();
          double error = 0;
          for (int i = 0; i < n; i += n > 4000 ? 2 : 1) {
            double truth = grid.y[cut + i];
            if (!Double.isNaN(truth)) {
              double miss =
                  truth
                      - (mean
                          ? StepModel.mean(parts, weights, i)
                          : StepModel.median(parts, weights, i));
              error += mean ? miss * miss : Math.abs(miss);
            }
          }
          // What is simpler stands first and stays unless the other is better beyond a hair.
          if (error < least * (1 - 1e-4)) {
            least = error;
            best = weights;
          }
        }
      }
    }
    return best;
  }

  /** Quantiles of the median's errors. */
  private double[] offsets(StepModel.Parts parts, int cut, double[] median) {
    double[] misses = new double[parts.weeks().length];
    int n = 0;
    for (int i = 0; i < misses.length; i++) {
      if (!Double.isNaN(grid.y[cut + i])) {
        misses[n++] = grid.y[cut + i] - StepModel.median(parts, median, i);
      }
    }
    double[] sorted = Arrays.copyOf(misses, n);
    Arrays.sort(sorted);
    double[] offsets = new double[QUANTILES.length];
    for (int k = 0; k < offsets.length && n > 0; k++) {
      offsets[k] = sorted[(int) Math.min(n - 1.0, QUANTILES[k] * n)];
    }
    return offsets;
  }

  /**
   * How much of the spread the networks of quantiles may say: the share whose quantiles, calibrated
   * as they will be, have the least pinball loss on the held-out part.
   */
  static double shape(
      StepModel.Parts parts, double[] truths, double[] mean, double[] median, double[] offsets) {
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double shape : new double[] {0, 0.25, 0.5, 0.75, 1}) {
      double loss = 0;
      for (int k = 0; k < QUANTILES.length; k++) {
        loss += k == StepModel.MIDDLE ? 0 : pinball(parts, truths, mean, median, offsets, shape, k);
      }
      // One spread for all is simpler, and stays unless the networks are better beyond chance.
      if (loss < least * (best == 0 ? 0.99 : 1)) {
        least = loss;
        best = shape;
      }
    }
    return best;
  }

  private static double pinball(
      StepModel.Parts parts,
      double[] truths,
      double[] mean,
      double[] median,
      double[] offsets,
      double shape,
      int k) {
    int n = parts.weeks().length;
    double[] off = new double[n];
    double[] width = new double[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      double truth = truths[i];
      if (!Double.isNaN(truth)) {
        double[] row = StepModel.row(parts, mean, median, offsets, shape, i);
        width[count] = Recent.width(row);
        off[count] = (truth - row[k + 1]) / width[count];
        count++;
      }
    }
    double[] sorted = Arrays.copyOf(off, count);
    Arrays.sort(sorted);
    double loss = 0;
    for (int i = 0; i < count; i++) {
      double miss = width[i] * (off[i] - sorted[(int) Math.min(count - 1.0, QUANTILES[k] * count)]);
      loss += miss > 0 ? QUANTILES[k] * miss : (QUANTILES[k] - 1) * miss;
    }
    return loss;
  }

  private Map<String, Double> errors(
      StepModel.Parts parts, int cut, int ahead, double[] mean, double[] median) {
    double[] sums = new double[8];
    int n = 0;
    for (int i = 0; i < parts.weeks().length; i++) {
      double truth = grid.y[cut + i];
      if (Double.isNaN(truth)) {
        continue;
      }
      n++;
      double[] misses = {
        truth - StepModel.median(parts, median, i),
        truth - StepModel.mean(parts, mean, i),
        truth - parts.weeks()[i],
        truth - grid.last(cut + i, ahead)
      };
      sums[0] += Math.abs(misses[0]);
      sums[1] += misses[1] * misses[1];
      sums[2] += Math.abs(misses[2]);
      sums[3] += misses[2] * misses[2];
      sums[4] += Math.abs(misses[3]);
      sums[5] += misses[3] * misses[3];
    }
    int count = Math.max(1, n);
    return Map.of(
        "mae",
        sums[0] / count,
        "rmse",
        Math.sqrt(sums[1] / count),
        "mae weeks",
        sums[2] / count,
        "rmse weeks",
        Math.sqrt(sums[3] / count),
        "mae persistence",
        sums[4] / count,
        "rmse persistence",
        Math.sqrt(sums[5] / count));
  }

  /** Standardised rows, with the linear model's answer as one more feature. */
  private record Rows(double[][] x, double[] y, double[] linear, double level, double scale)
      implements Examples {

    @Override
    public int count() {
      return x.length;
    }

    @Override
    public int inputs() {
      return x[0].length + 1;
    }

    @Override
    public int targets() {
      return 1;
    }

    @Override
    public void input(int example, float[] into, int at) {
      double[] row = x[example];
      for (int k = 0; k < row.length; k++) {
        into[at + k] = (float) row[k];
      }
      into[at + row.length] = (float) ((Ridge.answer(linear, row) - level) / scale);
    }

    @Override
    public void target(int example, float[] into, int at) {
      into[at] = (float) ((y[example] - level) / scale);
    }
  }
}
