package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Methods that know for every item the items that follow or accompany it, as sparse rows: item-kNN
 * (Sarwar et al. 2001; Deshpande and Karypis 2004), the Markov chain of first order, and random
 * walks of three steps (RP3beta, Paudel et al. 2017).
 */
final class Neighbours implements Scorer {

  /**
   * How rows are counted and used.
   *
   * @param name the method's name
   * @param window how far apart two items of a history may stand; 0 for any distance
   * @param ahead the weight of an item that came later, for each step apart: {@code ahead^(gap-1)}
   * @param back the share of that weight for an item that came before
   * @param byLength whether a long history counts less (a random walk)
   * @param source the power of the row's own frequency in the denominator
   * @param target the power of the other item's frequency
   * @param shrink added to the denominator, against chance
   * @param recency the weight of an item of the history for each step back from its end
   * @param keep how many neighbours a row keeps
   */
  record Kind(
      String name,
      int window,
      double ahead,
      double back,
      boolean byLength,
      double source,
      double target,
      double shrink,
      double recency,
      int keep) {}

  private final Kind kind;
  private final int[][] ids;
  private final float[][] weights;

  private Neighbours(Kind kind, int[][] ids, float[][] weights) {
    this.kind = kind;
    this.ids = ids;
    this.weights = weights;
  }

  static Neighbours fit(Log log, Kind kind) {
    int n = log.items();
    int[] owners = log.owners();
    int[][] places = log.places();
    int[][] ids = new int[n][];
    float[][] weights = new float[n][];
    double[] powers = new double[4096];
    for (int gap = 0; gap < powers.length; gap++) {
      powers[gap] = Math.pow(kind.ahead, gap);
    }
    int blocks = Math.min(n, 64);
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              float[] sum = new float[n];
              int[] touched = new int[n];
              for (int i = block; i < n; i += blocks) {
                int count = 0;
                for (int p = 0; p < places[i].length; p += 2) {
                  int[] history = log.histories()[places[i][p]];
                  int at = places[i][p + 1];
                  int from = kind.window == 0 ? 0 : Math.max(0, at - kind.window);
                  int to =
                      kind.window == 0
                          ? history.length
                          : Math.min(history.length, at + kind.window + 1);
                  double scale = kind.byLength ? 1.0 / Math.max(1, history.length - 1) : 1;
                  for (int t = kind.back > 0 ? from : at + 1; t < to; t++) {
                    int j = history[t];
                    if (t == at || (j == i)) {
                      continue;
                    }
                    float w =
                        (float) (scale * powers[Math.abs(t - at) - 1] * (t < at ? kind.back : 1));
                    if (w == 0) {
                      continue; // so far away that nothing is left of it
                    }
                    if (sum[j] == 0) {
                      touched[count++] = j;
                    }
                    sum[j] += w;
                  }
                }
                float[] value = new float[count];
                for (int k = 0; k < count; k++) {
                  int j = touched[k];
                  value[k] =
                      (float)
                          (sum[j]
                              / (Math.pow(owners[i], kind.source) * Math.pow(owners[j], kind.target)
                                  + kind.shrink));
                  sum[j] = 0;
                }
                keep(i, touched, value, count, kind.keep, ids, weights);
              }
            });
    return new Neighbours(kind, ids, weights);
  }

  /** Keeps the largest values of a row; equal ones by item number. */
  static void keep(
      int row, int[] index, float[] value, int count, int most, int[][] ids, float[][] weights) {
    int kept = Math.min(count, most);
    long[] order = new long[count];
    for (int k = 0; k < count; k++) {
      order[k] =
          ((long) (Integer.MAX_VALUE - Float.floatToIntBits(Math.max(0, value[k]))) << 32)
              | index[k] & 0xffffffffL;
    }
    if (count > most) {
      Arrays.sort(order);
    }
    ids[row] = new int[kept];
    weights[row] = new float[kept];
    for (int k = 0; k < kept; k++) {
      ids[row][k] = (int) order[k];
      weights[row][k] = Float.intBitsToFloat(Integer.MAX_VALUE - (int) (order[k] >> 32));
    }
  }

  @Override
  public String name() {
    return kind.name;
  }

  /** The neighbours of an item and their weights, for reasons. */
  float weight(int from, int to) {
    for (int k = 0; k < ids[from].length; k++) {
      if (ids[from][k] == to) {
        return weights[from][k];
      }
    }
    return 0;
  }

  @Override
  public void score(int[] history, float[] into) {
    Arrays.fill(into, 0);
    double weight = 1;
    for (int t = history.length - 1; t >= 0 && weight > 1e-3; t--) {
      int i = history[t];
      float w = (float) weight;
      for (int k = 0; k < ids[i].length; k++) {
        into[ids[i][k]] += w * weights[i][k];
      }
      weight *= kind.recency;
    }
  }
}
