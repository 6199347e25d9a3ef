package io.millwright.runtime.explain;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Computes Shapley values of a set function that is the mean, over background inputs, of the
 * model's answer with some features of the explained input (interventional values).
 *
 * <p>Exact: all coalitions are counted. Sampled (Castro, Gómez and Tejada 2009, with the paired
 * orders of Mitchell et al. 2022): a draw takes a background input and an order, walks from the one
 * to the other feature by feature, once in that order and once in the opposite one, and each
 * feature gets the mean of its two steps. What a draw's steps add up to is known on average, so it
 * serves as a control variate: it makes the values add up exactly and can only make them surer.
 */
final class Shapley<I, V> {

  /** Coalitions of more features are never all counted. */
  private static final int MOST_EXACT = 14;

  private static final int MOST_BATCH = 4096;

  /** Fewer draws tell nothing of their spread. */
  private static final int LEAST_DRAWS = 16;

  private final AskedModel<I, V> model;
  private final FeatureView<I> view;
  private final List<I> background;
  private final long key;

  Shapley(AskedModel<I, V> model, FeatureView<I> view, List<I> background, long key) {
    this.model = model;
    this.view = view;
    this.background = background;
    this.key = key;
  }

  ShapleyValues of(I input, Budget budget) {
    long begin = System.nanoTime();
    long before = model.evaluations();
    List<String> names = view.names(input);
    int n = names.size();
    double answer = model.of(input);
    double[] ends = model.of(background);
    double perAnswer = (System.nanoTime() - begin) / (double) (background.size() + 1);
    long coalitions = n <= MOST_EXACT ? background.size() * (1L << n) : Long.MAX_VALUE;
    long room = budget.iterations().orElse(Long.MAX_VALUE);
    if (budget.time().isPresent()) {
      room = Math.min(room, (long) (0.5 * budget.time().get().toNanos() / perAnswer));
    }
    double reference = 0;
    for (double e : ends) {
      reference += e / ends.length;
    }
    double @Nullable [][] found = coalitions <= room ? exact(input, n) : null;
    boolean exact = found != null;
    if (found == null) {
      long deadline =
          budget.time().map(t -> begin + t.toNanos()).orElse(begin + Long.MAX_VALUE / 4);
      found = sampled(input, n, ends, reference, answer, room, deadline);
    }
    int draws = exact ? 0 : (int) found[2][0];
    List<ShapleyValues.Part> parts = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      parts.add(
          new ShapleyValues.Part(names.get(j), view.text(input, j), found[0][j], found[1][j]));
    }
    parts.sort(Comparator.comparingDouble((ShapleyValues.Part p) -> -Math.abs(p.effect())));
    String method =
        exact
            ? String.format(
                Locale.ROOT,
                "Shapley values, exact: all %d coalitions of %d features over %d background"
                    + " inputs.",
                1L << n,
                n,
                background.size())
            : String.format(
                Locale.ROOT,
                "Shapley values, sampled: %d pairs of opposite orders of %d features over %d"
                    + " background inputs, each value with its standard error.",
                draws,
                n,
                background.size());
    return new ShapleyValues(
        method, reference, answer, parts, model.evaluations() - before, exact, draws);
  }

  /** Values and errors, or null when the model abstains on a coalition. */
  private double @Nullable [][] exact(I input, int n) {
    int size = 1 << n;
    double[] mean = new double[size];
    List<I> batch = new ArrayList<>();
    for (I reference : background) {
      for (int from = 0; from < size; from += MOST_BATCH) {
        batch.clear();
        int to = Math.min(size, from + MOST_BATCH);
        for (int s = from; s < to; s++) {
          batch.add(view.mixed(input, reference, BitSet.valueOf(new long[] {s})));
        }
        double[] y = model.of(batch);
        for (int s = from; s < to; s++) {
          if (Double.isNaN(y[s - from])) {
            return null;
          }
          mean[s] += y[s - from] / background.size();
        }
      }
    }
    double[] weight = new double[n];
    weight[0] = 1.0 / n;
    for (int s = 1; s < n; s++) {
      weight[s] = weight[s - 1] * s / (n - s);
    }
    double[] values = new double[n];
    for (int s = 0; s < size; s++) {
      int count = Integer.bitCount(s);
      for (int j = 0; j < n; j++) {
        if ((s >> j & 1) == 0) {
          values[j] += weight[count] * (mean[s | 1 << j] - mean[s]);
        }
      }
    }
    return new double[][] {values, new double[n]};
  }

  private double[][] sampled(
      I input, int n, double[] ends, double reference, double answer, long room, long deadline) {
    Moments moments = new Moments(n);
    int skipped = 0;
    long perDraw = Math.max(1, 2L * (n - 1));
    int batch = (int) Math.max(1, Math.min(512 / perDraw + 1, 64));
    for (int draw = 0; ; ) {
      boolean enough = moments.count >= LEAST_DRAWS;
      if (enough && (draw * perDraw + batch * perDraw > room || System.nanoTime() > deadline)) {
        break;
      }
      int lost = draws(input, n, ends, answer, draw, batch, moments);
      draw += batch;
      skipped += lost;
      if (skipped > 1000 && skipped > 10 * moments.count) {
        throw new MillwrightException(
            ErrorCode.UNSUPPORTED,
            "the model abstains on nearly all mixtures of the input and the background"
                + "\nMaybe give background inputs that are more like the explained one");
      }
    }
    double[][] found = moments.controlled(answer - reference);
    return new double[][] {found[0], found[1], {moments.count}};
  }

  /** Makes some draws; gives how many were lost because the model abstained. */
  private int draws(
      I input, int n, double[] ends, double answer, int first, int count, Moments moments) {
    List<I> asked = new ArrayList<>();
    int[][] orders = new int[count][];
    int[] from = new int[count];
    for (int d = 0; d < count; d++) {
      KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 71, first + d);
      from[d] = random.nextInt(background.size());
      orders[d] = random.permutation(n);
      for (int way = 0; way < 2; way++) {
        BitSet kept = new BitSet(n);
        for (int i = 0; i < n - 1; i++) {
          kept.set(orders[d][way == 0 ? i : n - 1 - i]);
          asked.add(view.mixed(input, background.get(from[d]), (BitSet) kept.clone()));
        }
      }
    }
    double[] y = asked.isEmpty() ? new double[0] : model.of(asked);
    int lost = 0;
    int at = 0;
    for (int d = 0; d < count; d++) {
      double[] effect = new double[n];
      boolean whole = !Double.isNaN(ends[from[d]]);
      for (int way = 0; way < 2; way++) {
        double last = ends[from[d]];
        for (int i = 0; i < n; i++) {
          double next = i < n - 1 ? y[at++] : answer;
          whole &= !Double.isNaN(next);
          effect[orders[d][way == 0 ? i : n - 1 - i]] += (next - last) / 2;
          last = next;
        }
      }
      if (whole) {
        moments.add(effect, answer - ends[from[d]]);
      } else {
        lost++;
      }
    }
    return lost;
  }

  /** Means and covariances with the sum, by Welford's updates. */
  private static final class Moments {
    private final double[] mean;
    private final double[] square;
    private final double[] cross;
    private double sumMean;
    private double sumSquare;
    private int count;

    Moments(int n) {
      mean = new double[n];
      square = new double[n];
      cross = new double[n];
    }

    void add(double[] effect, double sum) {
      count++;
      double ahead = sum - sumMean;
      sumMean += ahead / count;
      sumSquare += ahead * (sum - sumMean);
      for (int j = 0; j < mean.length; j++) {
        double d = effect[j] - mean[j];
        mean[j] += d / count;
        square[j] += d * (effect[j] - mean[j]);
        cross[j] += d * (sum - sumMean);
      }
    }

    /** Means with the sum as control variate, and their standard errors. */
    double[][] controlled(double sum) {
      int n = mean.length;
      double[] values = new double[n];
      double[] errors = new double[n];
      boolean varies = sumSquare > 1e-24 * Math.max(1, sum * sum) * count;
      for (int j = 0; j < n; j++) {
        double slope = varies ? cross[j] / sumSquare : 1.0 / n;
        values[j] = mean[j] + slope * (sum - sumMean);
        double left = varies ? Math.max(0, square[j] - slope * cross[j]) : square[j];
        errors[j] = Math.sqrt(left / Math.max(1, count - 2) / count);
      }
      return new double[][] {values, errors};
    }
  }
}
