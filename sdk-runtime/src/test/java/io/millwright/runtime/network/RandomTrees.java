package io.millwright.runtime.network;

import io.millwright.api.learn.Trees;
import java.util.Random;

/** Layers of trees of any shape, drawn by seed. */
public final class RandomTrees {

  private final Random random;
  private final int features;
  private final int width;
  private final TreeNodes.Writer writer = new TreeNodes.Writer();

  private RandomTrees(long seed, int features, int width) {
    this.random = new Random(seed);
    this.features = features;
    this.width = width;
  }

  /** Trees whose thresholds are whole numbers and whose values are normal. */
  public static TreeNodes.Writer draw(long seed, int features, int trees, int width) {
    RandomTrees drawn = new RandomTrees(seed, features, width);
    for (int t = 0; t < trees; t++) {
      drawn.writer.tree();
      drawn.node(0);
    }
    return drawn.writer;
  }

  private void node(int depth) {
    if (depth > 5 || random.nextInt(4) == 0) {
      float[] value = new float[width];
      for (int k = 0; k < width; k++) {
        value[k] = (float) random.nextGaussian();
      }
      writer.leaf(value);
      return;
    }
    int asked = writer.question(random.nextInt(features), random.nextInt(5) - 2);
    node(depth + 1);
    writer.otherwise(asked);
    node(depth + 1);
  }

  /** Their weights in a network that hands their sums on. */
  public static Weights weights(NetworkPlan plan, Trees layer, TreeNodes.Writer nodes) {
    Weights weights = Weights.zero(plan.weights());
    nodes.into(layer, weights, 0);
    int last = plan.arrays(1);
    for (int k = 0; k < layer.units(); k++) {
      weights.get(last)[k * layer.units() + k] = 1;
      weights.get(last + 1)[k] = 0.5f;
    }
    return weights;
  }
}
