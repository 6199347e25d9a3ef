package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Gradient boosted trees for ranking with the listwise softmax loss (Cao et al. 2007; Newton steps
 * as in Chen and Guestrin 2016), over features cut into bins. Immutable once fitted.
 */
final class Trees {

  private static final int BINS = 64;
  private static final int DEPTH = 4;
  private static final double RATE = 0.1;
  private static final double RIDGE = 5;
  private static final double LEAST_HESSIAN = 1;

  private final int width;
  private final int[] feature;
  private final float[] cut;
  private final float[] leaf;
  private final int trees;

  private Trees(int width, int trees) {
    this.width = width;
    this.trees = trees;
    this.feature = new int[trees * (1 << DEPTH)];
    this.cut = new float[trees * (1 << DEPTH)];
    this.leaf = new float[trees * (1 << DEPTH)];
  }

  /**
   * Fits.
   *
   * @param x the features of all rows, row-major
   * @param lists where each list begins; the last entry is the number of rows
   * @param target for each row its share of the list's choice; a list sums to 1
   */
  static Trees fit(float[] x, int width, int[] lists, float[] target, int trees, Runnable check) {
    Trees fitted = new Trees(width, trees);
    int rows = target.length;
    float[][] edges = edges(x, width, rows);
    byte[][] binned = new byte[width][rows];
    IntStream.range(0, width)
        .parallel()
        .forEach(
            f -> {
              for (int r = 0; r < rows; r++) {
                binned[f][r] = (byte) bin(edges[f], x[r * width + f]);
              }
            });
    double[] margin = new double[rows];
    float[] g = new float[rows];
    float[] h = new float[rows];
    int[] node = new int[rows];
    for (int t = 0; t < trees; t++) {
      check.run();
      gradients(margin, lists, target, g, h);
      fitted.grow(t, binned, edges, g, h, node);
      int base = t << DEPTH;
      for (int r = 0; r < rows; r++) {
        margin[r] += fitted.leaf[base + node[r]];
      }
    }
    return fitted;
  }

  private static void gradients(
      double[] margin, int[] lists, float[] target, float[] g, float[] h) {
    for (int l = 0; l + 1 < lists.length; l++) {
      double top = Double.NEGATIVE_INFINITY;
      for (int r = lists[l]; r < lists[l + 1]; r++) {
        top = Math.max(top, margin[r]);
      }
      double sum = 0;
      for (int r = lists[l]; r < lists[l + 1]; r++) {
        sum += Math.exp(margin[r] - top);
      }
      for (int r = lists[l]; r < lists[l + 1]; r++) {
        double p = Math.exp(margin[r] - top) / sum;
        g[r] = (float) (p - target[r]);
        h[r] = (float) (p * (1 - p));
      }
    }
  }

  /** Level by level, all nodes of a level with one pass over each feature. */
  private void grow(int tree, byte[][] binned, float[][] edges, float[] g, float[] h, int[] node) {
    int rows = node.length;
    int base = tree << DEPTH;
    Arrays.fill(node, 0);
    for (int depth = 0; depth < DEPTH; depth++) {
      int nodes = 1 << depth;
      double[][] gain = new double[width][nodes];
      int[][] at = new int[width][nodes];
      IntStream.range(0, width)
          .parallel()
          .forEach(f -> scan(binned[f], g, h, node, nodes, gain[f], at[f]));
      int[] chosen = new int[nodes];
      int[] bin = new int[nodes];
      for (int k = 0; k < nodes; k++) {
        chosen[k] = 0;
        bin[k] = BINS;
        double best = 1e-9;
        for (int f = 0; f < width; f++) {
          if (gain[f][k] > best) {
            best = gain[f][k];
            chosen[k] = f;
            bin[k] = at[f][k];
          }
        }
        int place = base + nodes + k;
        feature[place] = chosen[k];
        cut[place] = bin[k] >= edges[chosen[k]].length ? Float.MAX_VALUE : edges[chosen[k]][bin[k]];
      }
      for (int r = 0; r < rows; r++) {
        int k = node[r];
        node[r] = 2 * k + (binned[chosen[k]][r] > bin[k] ? 1 : 0);
      }
    }
    double[] sumG = new double[1 << DEPTH];
    double[] sumH = new double[1 << DEPTH];
    for (int r = 0; r < rows; r++) {
      sumG[node[r]] += g[r];
      sumH[node[r]] += h[r];
    }
    for (int k = 0; k < 1 << DEPTH; k++) {
      leaf[base + k] = (float) (-RATE * sumG[k] / (sumH[k] + RIDGE));
    }
  }

  private static void scan(
      byte[] bins, float[] g, float[] h, int[] node, int nodes, double[] gain, int[] at) {
    double[] sums = new double[2 * nodes * BINS];
    for (int r = 0; r < node.length; r++) {
      int k = 2 * (node[r] * BINS + bins[r]);
      sums[k] += g[r];
      sums[k + 1] += h[r];
    }
    for (int k = 0; k < nodes; k++) {
      double allG = 0;
      double allH = 0;
      for (int b = 0; b < BINS; b++) {
        allG += sums[2 * (k * BINS + b)];
        allH += sums[2 * (k * BINS + b) + 1];
      }
      double leftG = 0;
      double leftH = 0;
      for (int b = 0; b < BINS - 1; b++) {
        leftG += sums[2 * (k * BINS + b)];
        leftH += sums[2 * (k * BINS + b) + 1];
        double rightG = allG - leftG;
        double rightH = allH - leftH;
        if (leftH < LEAST_HESSIAN || rightH < LEAST_HESSIAN) {
          continue;
        }
        double now =
            leftG * leftG / (leftH + RIDGE)
                + rightG * rightG / (rightH + RIDGE)
                - allG * allG / (allH + RIDGE);
        if (now > gain[k]) {
          gain[k] = now;
          at[k] = b;
        }
      }
    }
  }

  /** Bin b holds the values above edge b-1 up to edge b. */
  private static float[][] edges(float[] x, int width, int rows) {
    float[][] edges = new float[width][];
    int step = Math.max(1, rows / 20000);
    for (int f = 0; f < width; f++) {
      float[] sample = new float[(rows + step - 1) / step];
      for (int k = 0, r = 0; r < rows; r += step) {
        sample[k++] = x[r * width + f];
      }
      Arrays.sort(sample);
      float[] cuts = new float[BINS - 1];
      int count = 0;
      for (int b = 1; b < BINS; b++) {
        float v = sample[(int) ((long) b * (sample.length - 1) / BINS)];
        if (count == 0 || v > cuts[count - 1]) {
          cuts[count++] = v;
        }
      }
      edges[f] = Arrays.copyOf(cuts, count);
    }
    return edges;
  }

  private static int bin(float[] edges, float v) {
    int at = Arrays.binarySearch(edges, v);
    return at >= 0 ? at : -at - 1;
  }

  /** What {@link #of} makes the same trees of: for each place feature, cut and leaf. */
  float[] values() {
    int size = feature.length;
    float[] all = new float[3 * size];
    for (int k = 0; k < size; k++) {
      all[k] = feature[k];
      all[size + k] = cut[k];
      all[2 * size + k] = leaf[k];
    }
    return all;
  }

  /**
   * Trees of given values.
   *
   * @throws IllegalArgumentException when they are not those of trees over so many features
   */
  static Trees of(int width, float[] values) {
    int each = 3 << DEPTH;
    if (values.length % each != 0 || values.length == 0) {
      throw new IllegalArgumentException(values.length + " numbers of trees");
    }
    Trees trees = new Trees(width, values.length / each);
    int size = trees.feature.length;
    for (int k = 0; k < size; k++) {
      trees.feature[k] = Log.whole(values[k], width);
      trees.cut[k] = values[size + k];
      trees.leaf[k] = values[2 * size + k];
    }
    return trees;
  }

  /** The margin of one row. */
  double margin(float[] x, int row) {
    double sum = 0;
    int from = row * width;
    for (int t = 0; t < trees; t++) {
      int base = t << DEPTH;
      int k = 1;
      for (int d = 0; d < DEPTH; d++) {
        k = 2 * k + (x[from + feature[base + k]] > cut[base + k] ? 1 : 0);
      }
      sum += leaf[base + k - (1 << DEPTH)];
    }
    return sum;
  }
}
