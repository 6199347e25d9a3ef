package io.millwright.runtime.network;

import io.millwright.api.learn.Layer;
import java.util.List;

/**
 * A layer in its place.
 *
 * @param layer the layer
 * @param index its number among all layers of the plan, inner ones included, in the order of
 *     computation; names its stream of randomness
 * @param in what it takes
 * @param out what it gives
 * @param first the index of its first own weight in {@link NetworkPlan#weights}
 * @param inner for a residual block its inner layers, otherwise empty
 * @param projected for a residual block whether weights {@code first} and {@code first + 1} are the
 *     matrix {@code [out, in]} and the bias of the projection of its input
 */
public record PlannedLayer(
    Layer layer,
    int index,
    Shape in,
    Shape out,
    int first,
    List<PlannedLayer> inner,
    boolean projected) {

  /** Copies. */
  public PlannedLayer {
    inner = List.copyOf(inner);
  }

  /** The same layer where the weights before it are others. */
  PlannedLayer movedBy(int arrays) {
    return new PlannedLayer(
        layer,
        index,
        in,
        out,
        first + arrays,
        inner.stream().map(l -> l.movedBy(arrays)).toList(),
        projected);
  }
}
