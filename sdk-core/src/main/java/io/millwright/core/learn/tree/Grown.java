package io.millwright.core.learn.tree;

import io.millwright.runtime.network.TreeNodes;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A tree as it was grown, best split first: its nodes in the order in which they came to be, so
 * that the tree of the first few splits is a part of it. Not changed after growing, but for {@link
 * #scale}.
 */
public final class Grown {

  private final int width;
  private int nodes = 1;
  private int splits;

  /** The feature that is asked; -1 for a leaf. */
  int[] feature;

  int[] bin;
  int[] left;
  int[] right;

  /** The how manieth split it is. */
  int[] order;

  /** What each node answers when it is a leaf: {@code [nodes, width]}. */
  double[] value;

  /** By node the curvature of its items, of a tree of shares their number. */
  double[] weight;

  Grown(int width, int leaves) {
    this.width = width;
    int most = 2 * leaves - 1;
    feature = new int[most];
    Arrays.fill(feature, -1);
    bin = new int[most];
    left = new int[most];
    right = new int[most];
    order = new int[most];
    value = new double[most * width];
    weight = new double[most];
  }

  /** Makes two of a leaf; gives the left one, after which the right one stands. */
  int split(int leaf, int of, int atMost) {
    feature[leaf] = of;
    bin[leaf] = atMost;
    left[leaf] = nodes;
    right[leaf] = nodes + 1;
    order[leaf] = splits++;
    nodes += 2;
    return nodes - 2;
  }

  /** How many numbers a leaf answers. */
  public int width() {
    return width;
  }

  /** How many splits it has. */
  public int splits() {
    return splits;
  }

  /**
   * Writes the tree of the first splits down.
   *
   * @param data where its thresholds come from
   * @param first how many splits count
   * @param into takes the nodes
   * @param answer makes what a leaf says of its number
   */
  public void write(Binned data, int first, TreeNodes.Writer into, IntFunction<float[]> answer) {
    into.tree();
    write(0, data, first, into, answer);
  }

  private void write(
      int node, Binned data, int first, TreeNodes.Writer into, IntFunction<float[]> answer) {
    if (feature[node] < 0 || order[node] >= first) {
      into.leaf(answer.apply(node));
      return;
    }
    int asked = into.question(feature[node], data.cut(feature[node], bin[node]));
    write(left[node], data, first, into, answer);
    into.otherwise(asked);
    write(right[node], data, first, into, answer);
  }

  /** The leaf of an item, when only the first splits count. */
  int leaf(Binned data, int item, int first) {
    int node = 0;
    while (feature[node] >= 0 && order[node] < first) {
      int code = data.codes(feature[node])[item] & 0xFF;
      node = code <= bin[node] ? left[node] : right[node];
    }
    return node;
  }

  void scale(double factor) {
    for (int i = 0; i < value.length; i++) {
      value[i] *= factor;
    }
  }
}
