package io.millwright.runtime.network;

import io.millwright.api.learn.Layer;
import java.util.List;
import java.util.function.Predicate;

/**
 * A layer in its place.
 *
 * @param layer the layer
 * @param path where it stands, such as {@code 3} or {@code 3.inner.1}; the beginning of the names
 *     of its weights
 * @param index its number among all layers of the plan, inner ones included, in the order of
 *     computation; names its stream of randomness
 * @param in what it takes
 * @param out what it gives
 * @param first the index of its first own weight in {@link NetworkPlan#weights}
 * @param chains the chains of layers within it
 * @param projected for a residual block whether weights {@code first} and {@code first + 1} are the
 *     matrix {@code [out, in]} and the bias of the projection of its input
 * @param outlet the number of the output that its value is; -1 for none
 */
public record PlannedLayer(
    Layer layer,
    String path,
    int index,
    Shape in,
    Shape out,
    int first,
    List<PlannedChain> chains,
    boolean projected,
    int outlet) {

  /** Copies. */
  public PlannedLayer {
    chains = List.copyOf(chains);
  }

  /** All layers of its chains. */
  public List<PlannedLayer> inner() {
    return chains.stream().flatMap(c -> c.layers().stream()).toList();
  }

  /** Whether this layer, or one within it, is of a kind. */
  boolean any(Predicate<PlannedLayer> kind) {
    return kind.test(this) || inner().stream().anyMatch(l -> l.any(kind));
  }

  /** The same layer where the weights before it are others. */
  PlannedLayer movedBy(int arrays) {
    return with(
        first + arrays,
        chains.stream()
            .map(
                c ->
                    new PlannedChain(
                        c.input(),
                        c.in(),
                        c.layers().stream().map(l -> l.movedBy(arrays)).toList()))
            .toList(),
        outlet);
  }

  PlannedLayer with(int firstWeight, List<PlannedChain> inner, int output) {
    return new PlannedLayer(layer, path, index, in, out, firstWeight, inner, projected, output);
  }
}
