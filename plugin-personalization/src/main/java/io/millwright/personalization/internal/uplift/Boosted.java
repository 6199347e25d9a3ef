package io.millwright.personalization.internal.uplift;

import java.util.Arrays;

/** Gradient boosted regression trees on squared error (Friedman 2001), over binned features. */
final class Boosted implements Regressor {

  private static final int DEPTH = 3;
  private static final int BINS = 32;
  private static final int TREES = 60;
  private static final double RATE = 0.08;
  private static final int LEAST_ROWS = 100;

  private final double base;
  private final int[] feature = new int[TREES << DEPTH];
  private final double[] cut = new double[TREES << DEPTH];
  private final double[] leaf = new double[TREES << DEPTH];

  private Boosted(double base) {
    this.base = base;
  }

  static Boosted fit(double[][] x, double[] y) {
    int rows = y.length;
    int d = rows == 0 ? 0 : x[0].length;
    Boosted fit = new Boosted(Arrays.stream(y).average().orElse(0));
    double[][] edges = new double[d][];
    byte[][] bins = new byte[d][rows];
    for (int f = 0; f < d; f++) {
      double[] values = new double[rows];
      for (int r = 0; r < rows; r++) {
        values[r] = x[r][f];
      }
      edges[f] = edges(values);
      for (int r = 0; r < rows; r++) {
        int at = Arrays.binarySearch(edges[f], x[r][f]);
        bins[f][r] = (byte) (at >= 0 ? at : -at - 1);
      }
    }
    double[] rest = new double[rows];
    for (int r = 0; r < rows; r++) {
      rest[r] = y[r] - fit.base;
    }
    int[] node = new int[rows];
    for (int t = 0; t < TREES; t++) {
      fit.grow(t, bins, edges, rest, node);
    }
    return fit;
  }

  private static double[] edges(double[] values) {
    Arrays.sort(values);
    double[] cuts = new double[BINS - 1];
    int count = 0;
    for (int b = 1; b < BINS; b++) {
      double v = values[(int) ((long) b * (values.length - 1) / BINS)];
      if ((count == 0 || v > cuts[count - 1]) && v < values[values.length - 1]) {
        cuts[count++] = v;
      }
    }
    return Arrays.copyOf(cuts, count);
  }

  private void grow(int tree, byte[][] bins, double[][] edges, double[] rest, int[] node) {
    Arrays.fill(node, 0);
    int base = tree << DEPTH;
    for (int depth = 0; depth < DEPTH; depth++) {
      int nodes = 1 << depth;
      double[] best = new double[nodes];
      int[] chosen = new int[nodes];
      int[] at = new int[nodes];
      Arrays.fill(best, 1e-12);
      Arrays.fill(at, BINS);
      for (int f = 0; f < bins.length; f++) {
        double[] sum = new double[nodes * BINS];
        int[] count = new int[nodes * BINS];
        for (int r = 0; r < node.length; r++) {
          int k = node[r] * BINS + bins[f][r];
          sum[k] += rest[r];
          count[k]++;
        }
        for (int k = 0; k < nodes; k++) {
          double all = 0;
          int n = 0;
          for (int b = 0; b < BINS; b++) {
            all += sum[k * BINS + b];
            n += count[k * BINS + b];
          }
          double left = 0;
          int m = 0;
          for (int b = 0; b < edges[f].length; b++) {
            left += sum[k * BINS + b];
            m += count[k * BINS + b];
            if (m < LEAST_ROWS || n - m < LEAST_ROWS) {
              continue;
            }
            double gain = left * left / m + (all - left) * (all - left) / (n - m) - all * all / n;
            if (gain > best[k]) {
              best[k] = gain;
              chosen[k] = f;
              at[k] = b;
            }
          }
        }
      }
      for (int k = 0; k < nodes; k++) {
        feature[base + nodes + k] = chosen[k];
        cut[base + nodes + k] = at[k] == BINS ? Double.POSITIVE_INFINITY : edges[chosen[k]][at[k]];
      }
      for (int r = 0; r < node.length; r++) {
        int k = node[r];
        node[r] = 2 * k + (bins.length > 0 && bins[chosen[k]][r] > at[k] ? 1 : 0);
      }
    }
    double[] sum = new double[1 << DEPTH];
    int[] count = new int[1 << DEPTH];
    for (int r = 0; r < node.length; r++) {
      sum[node[r]] += rest[r];
      count[node[r]]++;
    }
    for (int k = 0; k < sum.length; k++) {
      leaf[base + k] = count[k] == 0 ? 0 : RATE * sum[k] / count[k];
    }
    for (int r = 0; r < node.length; r++) {
      rest[r] -= leaf[base + node[r]];
    }
  }

  @Override
  public double of(double[] x) {
    double sum = base;
    for (int t = 0; t < TREES; t++) {
      int k = 1;
      for (int d = 0; d < DEPTH; d++) {
        k = 2 * k + (x[feature[(t << DEPTH) + k]] > cut[(t << DEPTH) + k] ? 1 : 0);
      }
      sum += leaf[(t << DEPTH) + k - (1 << DEPTH)];
    }
    return sum;
  }
}
