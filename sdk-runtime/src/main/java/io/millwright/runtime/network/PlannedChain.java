package io.millwright.runtime.network;

import java.util.List;

/**
 * A chain of layers within a layer.
 *
 * @param input the number of the network's input with which it begins; -1 to begin with what the
 *     layer is given
 * @param in what it begins with
 * @param layers its layers
 */
public record PlannedChain(int input, Shape in, List<PlannedLayer> layers) {

  /** Copies. */
  public PlannedChain {
    layers = List.copyOf(layers);
  }

  /** What it gives. */
  public Shape out() {
    return layers.isEmpty() ? in : layers.get(layers.size() - 1).out();
  }
}
