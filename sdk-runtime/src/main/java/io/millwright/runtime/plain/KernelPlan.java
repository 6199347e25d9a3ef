package io.millwright.runtime.plain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Trees;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Slice;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a plan into kernels and the places of working memory between them. Used once, while a
 * forward pass is made.
 */
final class KernelPlan {

  private final Weights weights;
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final int[] outlets;
  private int widest = 1;

  /** Lays all layers of a plan out; the first places take its inputs. */
  KernelPlan(NetworkPlan plan, Weights weights) {
    this.weights = weights;
    this.outlets = new int[plan.slices().size()];
    for (Slice input : plan.inputs()) {
      place(input.shape().size());
    }
    chain(plan.layers(), 0);
  }

  private int chain(List<PlannedLayer> layers, int in) {
    int place = in;
    for (PlannedLayer layer : layers) {
      place = JavaLayers.place(this, layer, place);
      if (layer.outlet() >= 0) {
        outlets[layer.outlet()] = place;
      }
    }
    return place;
  }

  /** Lays a chain within a layer out, which is given the value at a place; gives where it ends. */
  int chain(PlannedChain chain, int in) {
    return chain(chain.layers(), chain.input() < 0 ? in : chain.input());
  }

  List<Kernel> kernels() {
    return List.copyOf(kernels);
  }

  List<Integer> sizes() {
    return List.copyOf(sizes);
  }

  /** The place of each output. */
  int[] outlets() {
    return outlets;
  }

  /** The outputs of the widest product. */
  int widest() {
    return widest;
  }

  void add(Kernel kernel) {
    kernels.add(kernel);
  }

  int place(int size) {
    sizes.add(size);
    return sizes.size() - 1;
  }

  /** Sees to it that a sum of so many outputs has room. */
  void sums(int outputs) {
    widest = Math.max(widest, outputs);
  }

  Product product(int weight, int out, int in) {
    sums(out);
    return weights
        .mapped(weight)
        .map(file -> new Product(file, out, in))
        .orElseGet(() -> new Product(weights.get(weight), out, in));
  }

  Product product(float[] matrix, int out, int in) {
    sums(out);
    return new Product(matrix, out, in);
  }

  TreeNodes trees(Trees layer, PlannedLayer planned) {
    try {
      return TreeNodes.of(layer, planned.in().features(), weights, planned.first());
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "layer "
              + planned.path()
              + ": "
              + e.getMessage()
              + "\nMaybe its weights belong to another network",
          e);
    }
  }

  float[] weight(int weight) {
    return weights.get(weight);
  }

  float[] copy(int weight) {
    return weights.get(weight).clone();
  }
}
