package io.millwright.quality.internal.causes;

import io.millwright.quality.Direction;
import java.util.Arrays;

/** Three views on which of two variables drives the other. */
final class Directions {

  private static final int LEAST = 50;
  private static final int MOST = 2000;
  private static final double OPEN = 1.0 / 3;

  /** Half of real pairs lie above: a score of this size leans by tanh 1. */
  private static final double ERROR = 0.3;

  private static final double SHAPE = 0.25;
  private static final double SPREAD = 0.05;

  private static final int BINS = 15;
  private static final int CELLS = 10;
  private static final double EDGE = 2.5;
  private static final int FULL = 8;

  private Directions() {}

  static Direction of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw Checks.bad(
          first.length + " and " + second.length + " values\nMaybe take both from the same rows");
    }
    int[] whole =
        java.util.stream.IntStream.range(0, first.length)
            .filter(r -> !Double.isNaN(first[r]) && !Double.isNaN(second[r]))
            .toArray();
    if (whole.length < LEAST) {
      throw Checks.few(whole.length + " whole pairs: a direction needs " + LEAST);
    }
    int n = Math.min(MOST, whole.length);
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int r = whole[(int) ((long) i * whole.length / n)];
      x[i] = first[r];
      y[i] = second[r];
    }
    varied("first", x);
    varied("second", y);
    double error = Math.tanh((error(y, x) - error(x, y)) / ERROR);
    double shape = Math.tanh((shape(y, x) - shape(x, y)) / SHAPE);
    double spread = Math.tanh((spread(y, x) - spread(x, y)) / SPREAD);
    double lean = (error + shape + spread) / 3;
    Direction.Way way =
        Math.abs(lean) < OPEN
            ? Direction.Way.OPEN
            : lean > 0 ? Direction.Way.FORWARD : Direction.Way.BACKWARD;
    return new Direction(way, lean, error, shape, spread);
  }

  private static void varied(String name, double[] x) {
    if (Arrays.stream(x).allMatch(v -> v == x[0])) {
      throw Checks.bad("the " + name + " variable never varies\nMaybe take more rows");
    }
  }

  private static double[] standard(double[] x) {
    double mean = Linear.mean(x);
    double square = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length;
    double by = Math.sqrt(square);
    return Arrays.stream(x).map(v -> (v - mean) / by).toArray();
  }

  private static double[] rest(double[] cause, double[] effect) {
    double[] fitted = Smooth.of(standard(cause), effect, 7);
    double[] out = new double[effect.length];
    for (int r = 0; r < out.length; r++) {
      out[r] = effect[r] - fitted[r];
    }
    return out;
  }

  /** The log of the squared error of the effect, brought to 0 to 1. */
  private static double error(double[] cause, double[] effect) {
    double low = Arrays.stream(effect).min().orElse(0);
    double high = Arrays.stream(effect).max().orElse(1);
    double[] unit = Arrays.stream(effect).map(v -> (v - low) / (high - low)).toArray();
    double square = Arrays.stream(rest(cause, unit)).map(v -> v * v).sum() / unit.length;
    return Math.log(Math.max(square, 1e-12));
  }

  /** The log of how unlike the standardised distributions of the effect are along the cause. */
  private static double shape(double[] cause, double[] effect) {
    double[] b = standard(effect);
    double[] sorted = cause.clone();
    Arrays.sort(sorted);
    double[][] counts = new double[BINS][CELLS];
    int bins = 0;
    for (int k = 0; k < BINS; k++) {
      double from = quantile(sorted, (double) k / BINS);
      double to = quantile(sorted, (k + 1.0) / BINS);
      boolean last = k == BINS - 1;
      double[] in =
          java.util.stream.IntStream.range(0, b.length)
              .filter(r -> cause[r] >= from && (cause[r] < to || last))
              .mapToDouble(r -> b[r])
              .toArray();
      if (in.length < FULL) {
        continue;
      }
      double mean = Linear.mean(in);
      double square = Arrays.stream(in).map(v -> (v - mean) * (v - mean)).sum() / in.length;
      double by = square > 1e-24 ? Math.sqrt(square) : 1;
      for (double v : in) {
        double at = Math.max(-EDGE + 1e-9, Math.min(EDGE - 1e-9, (v - mean) / by));
        counts[bins][(int) ((at + EDGE) / (2 * EDGE) * CELLS)] += 1.0 / in.length;
      }
      bins++;
    }
    double sum = 0;
    for (int c = 0; c < CELLS; c++) {
      double mean = 0;
      double square = 0;
      for (int k = 0; k < bins; k++) {
        mean += counts[k][c] / bins;
        square += counts[k][c] * counts[k][c] / bins;
      }
      sum += bins > 1 ? square - mean * mean : 0;
    }
    return Math.log(Math.max(sum, 1e-6));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  /** The mean negative log-likelihood of the effect, its scale a smooth function of the cause. */
  private static double spread(double[] cause, double[] effect) {
    double[] a = standard(cause);
    double[] left = rest(cause, standard(effect));
    int n = left.length;
    double mean = Linear.mean(left);
    double variance = Arrays.stream(left).map(v -> (v - mean) * (v - mean)).sum() / n;
    double[] log =
        Arrays.stream(left).map(v -> Math.log(v * v + 1e-3 * variance + 1e-12)).toArray();
    double[] scale = Smooth.of(a, log, 4);
    double size = 0;
    for (int r = 0; r < n; r++) {
      size += left[r] * left[r] / Math.exp(scale[r]) / n;
    }
    return (Linear.mean(scale) + Math.log(Math.max(size, 1e-300)) + 1) / 2;
  }
}
