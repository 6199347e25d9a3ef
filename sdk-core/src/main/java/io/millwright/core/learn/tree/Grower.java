package io.millwright.core.learn.tree;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Grows one tree, best split first (Shi 2007), by histograms of gradients: a leaf's answer is
 * {@code -G / (H + lambda)}, a split's gain the fall of the loss's second-order bound. Several
 * gradients with one curvature share a tree; gradients of -1 at an item's class and curvature 1
 * make it the tree of Gini's impurity. Used by one thread.
 */
final class Grower {

  private static final double LEAST_GAIN = 1e-9;

  /**
   * What a tree may be.
   *
   * @param leaves how many leaves at most
   * @param rows how many items a leaf has at least
   * @param curvature how much curvature a leaf has at least
   * @param lambda the penalty of squared answers
   */
  record Bounds(int leaves, int rows, double curvature, double lambda) {}

  private final Binned data;
  private final Bounds bounds;
  private final int width;
  private final int stride;
  private final int[] offsets;
  private final int size;

  /** Histograms that are free to use. */
  private final Deque<double[]> pool = new ArrayDeque<>();

  private final int[] room;

  Grower(Binned data, Bounds bounds, int width) {
    this.data = data;
    this.bounds = bounds;
    this.width = width;
    this.stride = width + 2;
    this.offsets = new int[data.width() + 1];
    for (int f = 0; f < data.width(); f++) {
      offsets[f + 1] = offsets[f] + stride * data.bins(f);
    }
    this.size = offsets[data.width()];
    this.room = new int[data.items()];
  }

  /** A leaf that may be split. */
  private static final class Open {
    int node;
    int from;
    int to;
    double[] histogram = new double[0];
    double gain;
    int feature = -1;
    int bin;
  }

  /**
   * Grows.
   *
   * @param rows the items, which are put in another order
   * @param count how many of them
   * @param features the features that may be asked
   * @param gradient by item {@code [items, width]}
   * @param curvature by item
   */
  Grown grow(int[] rows, int count, int[] features, double[] gradient, double[] curvature) {
    Grown tree = new Grown(width, bounds.leaves());
    Open root = new Open();
    root.to = count;
    root.histogram = take();
    fill(root, rows, features, gradient, curvature);
    answer(tree, root, rows, gradient, curvature);
    find(root, features);
    Open[] open = new Open[bounds.leaves()];
    open[0] = root;
    int leaves = 1;
    while (leaves < bounds.leaves()) {
      int best = 0;
      for (int i = 1; i < leaves; i++) {
        best = open[i].gain > open[best].gain ? i : best;
      }
      Open parent = open[best];
      if (!(parent.gain > LEAST_GAIN)) {
        break;
      }
      int middle = divide(rows, parent);
      Open low = new Open();
      Open high = new Open();
      low.node = tree.split(parent.node, parent.feature, parent.bin);
      high.node = low.node + 1;
      low.from = parent.from;
      low.to = middle;
      high.from = middle;
      high.to = parent.to;
      Open small = low.to - low.from <= high.to - high.from ? low : high;
      Open large = small == low ? high : low;
      small.histogram = take();
      fill(small, rows, features, gradient, curvature);
      large.histogram = parent.histogram;
      for (int f : features) {
        for (int i = offsets[f]; i < offsets[f + 1]; i++) {
          large.histogram[i] -= small.histogram[i];
        }
      }
      boolean more = leaves + 1 < bounds.leaves();
      for (Open child : new Open[] {low, high}) {
        answer(tree, child, rows, gradient, curvature);
        if (more && child.to - child.from >= 2 * bounds.rows()) {
          find(child, features);
        }
        if (child.feature < 0) {
          give(child);
        }
      }
      open[best] = low;
      open[leaves++] = high;
    }
    for (int i = 0; i < leaves; i++) {
      give(open[i]);
    }
    return tree;
  }

  private double[] take() {
    double[] free = pool.poll();
    return free == null ? new double[size] : free;
  }

  /** Of a leaf that is not split any more. */
  private void give(Open leaf) {
    if (leaf.histogram.length > 0) {
      pool.push(leaf.histogram);
      leaf.histogram = new double[0];
    }
  }

  private void fill(Open leaf, int[] rows, int[] features, double[] gradient, double[] curvature) {
    double[] h = leaf.histogram;
    for (int f : features) {
      Arrays.fill(h, offsets[f], offsets[f + 1], 0);
      byte[] codes = data.codes(f);
      int offset = offsets[f];
      if (width == 1) {
        for (int i = leaf.from; i < leaf.to; i++) {
          int row = rows[i];
          int at = offset + 3 * (codes[row] & 0xFF);
          h[at] += gradient[row];
          h[at + 1] += curvature[row];
          h[at + 2] += 1;
        }
      } else {
        for (int i = leaf.from; i < leaf.to; i++) {
          int row = rows[i];
          int at = offset + stride * (codes[row] & 0xFF);
          for (int k = 0; k < width; k++) {
            h[at + k] += gradient[row * width + k];
          }
          h[at + width] += curvature[row];
          h[at + width + 1] += 1;
        }
      }
    }
  }

  /** Sums exactly, not by differences of histograms. */
  private void answer(Grown tree, Open leaf, int[] rows, double[] gradient, double[] curvature) {
    double sum = bounds.lambda();
    int at = leaf.node * width;
    for (int i = leaf.from; i < leaf.to; i++) {
      sum += curvature[rows[i]];
      for (int k = 0; k < width; k++) {
        tree.value[at + k] -= gradient[rows[i] * width + k];
      }
    }
    tree.weight[leaf.node] = sum - bounds.lambda();
    for (int k = 0; k < width; k++) {
      tree.value[at + k] /= Math.max(1e-12, sum);
    }
  }

  private void find(Open leaf, int[] features) {
    double[] h = leaf.histogram;
    double[] whole = new double[stride];
    for (int i = offsets[features[0]]; i < offsets[features[0] + 1]; i += stride) {
      for (int k = 0; k < stride; k++) {
        whole[k] += h[i + k];
      }
    }
    double base = squares(whole);
    double[] left = new double[stride];
    double[] right = new double[stride];
    for (int f : features) {
      Arrays.fill(left, 0);
      int bins = data.bins(f);
      for (int b = 0; b < bins - 1; b++) {
        int at = offsets[f] + b * stride;
        if (h[at + width + 1] < 0.5) {
          continue; // a cut behind nothing is the cut before it
        }
        for (int k = 0; k < stride; k++) {
          left[k] += h[at + k];
          right[k] = whole[k] - left[k];
        }
        if (right[width + 1] < bounds.rows()) {
          break;
        }
        if (left[width + 1] < bounds.rows()
            || left[width] < bounds.curvature()
            || right[width] < bounds.curvature()) {
          continue;
        }
        double gain = squares(left) + squares(right) - base;
        if (gain > leaf.gain + LEAST_GAIN) {
          leaf.gain = gain;
          leaf.feature = f;
          leaf.bin = b;
        }
      }
    }
  }

  private double squares(double[] sums) {
    double squares = 0;
    for (int k = 0; k < width; k++) {
      squares += sums[k] * sums[k];
    }
    return squares / Math.max(1e-12, sums[width] + bounds.lambda());
  }

  /**
   * Puts the items of the left child first, each part in its order; gives where the right begins.
   */
  private int divide(int[] rows, Open leaf) {
    byte[] codes = data.codes(leaf.feature);
    int at = leaf.from;
    int held = 0;
    for (int i = leaf.from; i < leaf.to; i++) {
      int row = rows[i];
      if ((codes[row] & 0xFF) <= leaf.bin) {
        rows[at++] = row;
      } else {
        room[held++] = row;
      }
    }
    System.arraycopy(room, 0, rows, at, held);
    return at;
  }
}
