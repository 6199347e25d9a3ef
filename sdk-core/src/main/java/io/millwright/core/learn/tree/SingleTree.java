package io.millwright.core.learn.tree;

import io.millwright.runtime.network.TreeNodes;
import java.util.Arrays;

/**
 * One tree that can be read (CART; Breiman et al. 1984): grown best split first by Gini's impurity
 * or by squares, so that the trees of fewer splits are its beginnings. Shares of classes are
 * smoothed towards those of all items (m-estimate; Cestnik 1990). Immutable.
 */
public final class SingleTree {

  /** How many leaves it has at most. */
  public static final int MOST_LEAVES = 64;

  private static final int LEAST_ROWS = 5;
  private static final double SMOOTHING = 2;

  private final TreeTask task;
  private final Grown tree;
  private final int width;

  /** Grows from the items of a task that are learnt from. */
  public SingleTree(TreeTask task) {
    this.task = task;
    this.width = task.outputs();
    int items = task.data().items();
    double[] gradient = new double[items * width];
    double[] one = new double[items];
    Arrays.fill(one, 1);
    for (int item : task.learnt()) {
      if (task.classes() > 0) {
        gradient[item * width + (int) task.targets()[item]] = -1;
      } else {
        gradient[item] = -task.targets()[item];
      }
    }
    int[] features = new int[task.data().width()];
    Arrays.setAll(features, f -> f);
    int[] rows = task.learnt().clone();
    tree =
        new Grower(task.data(), new Grower.Bounds(MOST_LEAVES, LEAST_ROWS, 0, 0), width)
            .grow(rows, rows.length, features, gradient, one);
  }

  /** How many splits it has. */
  public int splits() {
    return tree.splits();
  }

  /** What the tree of the first splits says of an item: logarithms of shares, or the mean. */
  public double[] said(int item, int first) {
    return answer(tree.leaf(task.data(), item, first));
  }

  private double[] answer(int node) {
    double[] answer = new double[width];
    for (int k = 0; k < width; k++) {
      double own = tree.value[node * width + k];
      double all = tree.value[k];
      double n = tree.weight[node];
      double prior = (all * tree.weight[0] + 1) / (tree.weight[0] + width);
      answer[k] =
          task.classes() == 0 ? own : Math.log((own * n + SMOOTHING * prior) / (n + SMOOTHING));
    }
    return answer;
  }

  /** Writes the tree of the first splits down. */
  public void write(int first, TreeNodes.Writer into) {
    tree.write(
        task.data(),
        first,
        into,
        node -> {
          double[] answer = answer(node);
          float[] values = new float[width];
          for (int k = 0; k < width; k++) {
            values[k] = (float) answer[k];
          }
          return values;
        });
  }
}
