package io.millwright.core.learn.text;

import io.millwright.runtime.text.Chain;
import io.millwright.runtime.text.Lattice;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Fits a chain by penalised maximum likelihood with L-BFGS. */
final class ChainFit {

  private static final int MANY = 100_000;
  private static final int ROUNDS = 80;
  private static final double TOLERANCE = 3e-4;

  /**
   * One text to learn from.
   *
   * @param keys of each word the keys
   * @param tags of each word its tag
   */
  record Example(int[][] keys, int[] tags) {}

  private ChainFit() {}

  static Chain fit(
      List<Example> examples, List<String> types, double penalty, BooleanSupplier stopped) {
    int[] keys = keys(examples);
    int tags = 1 + 2 * types.size();
    int width = keys.length;
    int[][][] places =
        examples.stream()
            .map(
                e -> Arrays.stream(e.keys).map(own -> Chain.known(keys, own)).toArray(int[][]::new))
            .toArray(int[][][]::new);
    int moves = tags * (width + 1);
    Minimum.Smooth loss =
        (w, g) -> {
          double value = 0;
          for (int i = 0; i < w.length; i++) {
            g[i] = penalty * w[i];
            value += penalty / 2 * w[i] * w[i];
          }
          double[] step = Arrays.copyOfRange(w, moves, w.length);
          for (int e = 0; e < places.length; e++) {
            value += text(places[e], examples.get(e).tags, w, step, g, width, tags);
          }
          return value;
        };
    double[] w =
        Minimum.from(new double[moves + (tags + 1) * tags], loss, ROUNDS, TOLERANCE, stopped);
    float[] weights = new float[moves];
    for (int i = 0; i < moves; i++) {
      weights[i] = (float) w[i];
    }
    return new Chain(types, keys, weights, Arrays.copyOfRange(w, moves, w.length));
  }

  /** The keys of all words; where there are many, those that occur once tell nothing of others. */
  private static int[] keys(List<Example> examples) {
    int[] all =
        examples.stream()
            .flatMapToInt(e -> Arrays.stream(e.keys).flatMapToInt(Arrays::stream))
            .sorted()
            .toArray();
    int least = all.length > MANY ? 2 : 1;
    int kept = 0;
    for (int from = 0; from < all.length; ) {
      int to = from + 1;
      while (to < all.length && all[to] == all[from]) {
        to++;
      }
      if (to - from >= least) {
        all[kept++] = all[from];
      }
      from = to;
    }
    return Arrays.copyOf(all, kept);
  }

  /** The loss of a text; its slopes are added. */
  private static double text(
      int[][] places, int[] truth, double[] w, double[] step, double[] g, int width, int tags) {
    int n = places.length;
    if (n == 0) {
      return 0;
    }
    int moves = tags * (width + 1);
    double[][] score = new double[n][tags];
    for (int t = 0; t < n; t++) {
      for (int k = 0; k < tags; k++) {
        int at = k * (width + 1);
        double sum = w[at + width];
        for (int j : places[t]) {
          sum += w[at + j];
        }
        score[t][k] = sum;
      }
    }
    double[][] ahead = Lattice.ahead(score, step);
    double[][] behind = Lattice.behind(score, step);
    double all = Lattice.sum(ahead[n - 1]);
    double own = 0;
    for (int t = 0; t < n; t++) {
      int from = t == 0 ? tags : truth[t - 1];
      own += score[t][truth[t]] + step[from * tags + truth[t]];
      g[moves + from * tags + truth[t]]--;
      for (int k = 0; k < tags; k++) {
        double p = Math.exp(ahead[t][k] + behind[t][k] - all);
        add(g, places[t], k, width, p - (truth[t] == k ? 1 : 0));
        if (t == 0) {
          g[moves + tags * tags + k] += p;
          continue;
        }
        for (int j = 0; j < tags; j++) {
          if (Chain.may(j, k)) {
            g[moves + j * tags + k] +=
                Math.exp(ahead[t - 1][j] + step[j * tags + k] + score[t][k] + behind[t][k] - all);
          }
        }
      }
    }
    return all - own;
  }

  private static void add(double[] g, int[] places, int tag, int width, double slope) {
    int at = tag * (width + 1);
    for (int j : places) {
      g[at + j] += slope;
    }
    g[at + width] += slope;
  }
}
