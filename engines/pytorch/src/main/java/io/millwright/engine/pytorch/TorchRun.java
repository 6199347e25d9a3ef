package io.millwright.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a batch through a network. The arrays that it makes belong to the manager of the
 * input. Used once, by one thread.
 */
final class TorchRun {

  /** Gives the mask of a dropout layer as an array, or null for none. */
  interface Dropouts {
    @Nullable NDArray mask(int layer, Shape shape, double rate);
  }

  static final Dropouts NO_DROPOUT = (layer, shape, rate) -> null;

  private final List<NDArray> weights;
  private final Dropouts dropouts;
  private final List<NDArray> inputs = new ArrayList<>();
  private final NDArray[] outlets;

  private TorchRun(NetworkPlan plan, NDArray input, List<NDArray> weights, Dropouts dropouts) {
    this.weights = weights;
    this.dropouts = dropouts;
    this.outlets = new NDArray[plan.slices().size()];
    if (plan.inputs().size() == 1) {
      inputs.add(input);
      return;
    }
    int count = Math.toIntExact(input.getShape().get(0));
    for (Slice slice : plan.inputs()) {
      inputs.add(
          input
              .get(new NDIndex(":, {}:{}", slice.offset(), slice.end()))
              .reshape(TorchLayers.batch(slice.shape(), count)));
    }
  }

  /**
   * Computes.
   *
   * @param input {@code [count, ...]} of the plan's only input, otherwise flat
   * @return {@code [count, outputs]}
   */
  static NDArray forward(
      NetworkPlan plan, NDArray input, List<NDArray> weights, Dropouts dropouts) {
    TorchRun run = new TorchRun(plan, input, weights, dropouts);
    run.chain(plan.layers(), run.inputs.get(0));
    if (run.outlets.length == 1) {
      return flat(run.outlets[0], plan.slices().get(0));
    }
    NDList flat = new NDList();
    for (int i = 0; i < run.outlets.length; i++) {
      flat.add(flat(run.outlets[i], plan.slices().get(i)));
    }
    return NDArrays.concat(flat, 1);
  }

  /**
   * One row per sample. The plan knows the shape; to ask torch for it is a call into native code.
   */
  private static NDArray flat(NDArray y, Slice slice) {
    boolean vector = !slice.shape().isImage() && !slice.shape().isSequence();
    return vector ? y : y.reshape(y.getShape().get(0), slice.shape().size());
  }

  /** A chain within a layer that is given x. */
  NDArray chain(PlannedChain chain, NDArray x) {
    return chain(chain.layers(), chain.input() < 0 ? x : inputs.get(chain.input()));
  }

  private NDArray chain(List<PlannedLayer> layers, NDArray input) {
    NDArray x = input;
    for (PlannedLayer layer : layers) {
      x = TorchLayers.forward(this, layer, x);
      if (layer.outlet() >= 0) {
        outlets[layer.outlet()] = x;
      }
    }
    return x;
  }

  NDArray weight(int index) {
    return weights.get(index);
  }

  List<NDArray> weights() {
    return weights;
  }

  Dropouts dropouts() {
    return dropouts;
  }
}
