package io.millwright.runtime.network;

import io.millwright.api.learn.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a layer of trees as its four arrays of weights hold them, read and written: {@code
 * feature}, 0 for a leaf, otherwise the number of the feature that is asked, counted from 1; {@code
 * right}, how many nodes further the right part begins, 0 for a leaf; {@code threshold}, 0 for a
 * leaf; {@code value}, {@code [nodes, width]}, 0 for a node that asks. The left part begins with
 * the next node, and a tree begins where the one before ends, so no node can be reached twice.
 */
public final class TreeNodes {

  /** How many questions a way may ask. */
  public static final int MOST_DEPTH = 256;

  /** How many arrays of weights a layer of trees has. */
  static final int ARRAYS = 4;

  private static final int FEATURE = 0;
  private static final int RIGHT = 1;
  private static final int THRESHOLD = 2;
  private static final int VALUE = 3;

  private final Trees layer;
  private final int[] feature;
  private final int[] right;
  private final float[] threshold;
  private final float[] value;
  private final int[] roots;

  private TreeNodes(
      Trees layer, int[] feature, int[] right, float[] threshold, float[] value, int[] roots) {
    this.layer = layer;
    this.feature = feature;
    this.right = right;
    this.threshold = threshold;
    this.value = value;
    this.roots = roots;
  }

  /**
   * Reads and checks the nodes of a layer.
   *
   * @param layer the layer
   * @param features how many features it is given
   * @param weights the weights of the network
   * @param first the number of its first array
   * @throws IllegalArgumentException saying which node is none
   */
  public static TreeNodes of(Trees layer, int features, Weights weights, int first) {
    float[] said = weights.get(first + FEATURE);
    float[] far = weights.get(first + RIGHT);
    int[] feature = new int[layer.nodes()];
    int[] right = new int[layer.nodes()];
    int[] roots = new int[layer.trees()];
    int[] open = new int[MOST_DEPTH];
    int at = 0;
    for (int t = 0; t < roots.length; t++) {
      roots[t] = at;
      int depth = 0;
      boolean whole = false;
      while (!whole) {
        if (at >= layer.nodes()) {
          throw new IllegalArgumentException("tree " + t + " has no end among its nodes");
        }
        feature[at] = (int) said[at] - 1;
        right[at] = at + (int) far[at];
        if (said[at] == 0 && far[at] == 0) {
          at++;
          if (depth == 0) {
            whole = true;
          } else if (open[--depth] != at) {
            throw none(at, "a left part ends there, but the right one begins at " + open[depth]);
          }
        } else {
          boolean sound =
              said[at] >= 1
                  && said[at] <= features
                  && said[at] == (int) said[at]
                  && far[at] >= 2
                  && far[at] == (int) far[at]
                  && (long) at + (long) far[at] < layer.nodes();
          if (!sound || depth == MOST_DEPTH) {
            throw none(
                at,
                "it asks feature "
                    + said[at]
                    + " of "
                    + features
                    + ", has its right part "
                    + far[at]
                    + " nodes further and "
                    + depth
                    + " questions before it");
          }
          open[depth++] = right[at];
          at++;
        }
      }
    }
    return new TreeNodes(
        layer,
        feature,
        right,
        weights.get(first + THRESHOLD).clone(),
        weights.get(first + VALUE).clone(),
        roots);
  }

  private static IllegalArgumentException none(int node, String why) {
    return new IllegalArgumentException("node " + node + " is none of a tree: " + why);
  }

  /** What is wrong with the trees of a network; empty where there is nothing, or no tree. */
  public static Optional<String> fault(NetworkPlan plan, Weights weights) {
    try {
      check(plan.layers(), weights);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void check(List<PlannedLayer> layers, Weights weights) {
    for (PlannedLayer planned : layers) {
      if (planned.layer() instanceof Trees trees) {
        of(trees, planned.in().features(), weights, planned.first());
      }
      check(planned.inner(), weights);
    }
  }

  /** The layer. */
  public Trees layer() {
    return layer;
  }

  /** Where each tree begins. */
  public int[] roots() {
    return roots.clone();
  }

  /** The feature that a node asks; -1 for a leaf. */
  public int feature(int node) {
    return feature[node];
  }

  /** Up to which value a node goes on with the next node. */
  public float threshold(int node) {
    return threshold[node];
  }

  /** Where a node goes on otherwise. */
  public int right(int node) {
    return right[node];
  }

  /** One value of a leaf. */
  public float value(int node, int output) {
    return value[node * layer.width() + output];
  }

  /**
   * Adds what all trees say of an input.
   *
   * @param x the inputs
   * @param from where this one begins
   * @param y the outputs, to which is added
   * @param to where these begin
   */
  public void add(float[] x, int from, float[] y, int to) {
    int width = layer.width();
    int unit = 0;
    for (int node : roots) {
      while (feature[node] >= 0) {
        node = x[from + feature[node]] <= threshold[node] ? node + 1 : right[node];
      }
      if (width == 1) {
        y[to + unit] += value[node];
        unit = unit + 1 == layer.units() ? 0 : unit + 1;
      } else {
        for (int k = 0; k < width; k++) {
          y[to + k] += value[node * width + k];
        }
      }
    }
  }

  /** Writes nodes down in the order in which they are stored. Used once, by one thread. */
  public static final class Writer {
    private final List<Integer> features = new ArrayList<>();
    private final List<Integer> rights = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();
    private int trees;

    /** Begins a tree. */
    public void tree() {
      trees++;
    }

    /** Writes a node that asks a feature; its left part follows. Gives the number of the node. */
    public int question(int feature, float threshold) {
      features.add(feature + 1);
      rights.add(0);
      thresholds.add(threshold);
      values.add(new float[0]);
      return features.size() - 1;
    }

    /** Says that the right part of a node follows. */
    public void otherwise(int node) {
      rights.set(node, features.size() - node);
    }

    /** Writes a leaf. */
    public void leaf(float... value) {
      features.add(0);
      rights.add(0);
      thresholds.add(0f);
      values.add(value);
    }

    /** The layer of what was written. */
    public Trees layer(int units, boolean joint) {
      return new Trees(units, trees, features.size(), joint);
    }

    /** Puts what was written into the weights of a network, which are all 0. */
    public void into(Trees layer, Weights weights, int first) {
      for (int i = 0; i < features.size(); i++) {
        weights.get(first + FEATURE)[i] = features.get(i);
        weights.get(first + RIGHT)[i] = rights.get(i);
        weights.get(first + THRESHOLD)[i] = thresholds.get(i);
        float[] of = values.get(i);
        System.arraycopy(of, 0, weights.get(first + VALUE), i * layer.width(), of.length);
      }
    }
  }
}
