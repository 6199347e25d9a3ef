package io.millwright.api.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * A network, written down without any engine: its layers from input to output. The output layers,
 * as wide as the targets need, are added by the recipe and are not listed. No layers at all make a
 * linear model. Several inputs begin with {@link #join}; an output may be taken in the middle at a
 * {@link Route.Tap}.
 *
 * @param layers the layers, from the input on
 */
public record Network(List<Layer> layers) {

  /** Copies. */
  public Network {
    layers = List.copyOf(layers);
  }

  /**
   * A chain of layers.
   *
   * @param layers the layers, from the input on
   * @return the network
   */
  public static Network of(Layer... layers) {
    return new Network(List.of(layers));
  }

  /**
   * Branches that join: the beginning of a network of several inputs.
   *
   * @param join how their results become one
   * @param branches the branches
   * @return the network
   */
  public static Network join(Join join, Branch... branches) {
    return of(new Route.Branches(List.of(branches), join));
  }

  /**
   * The same network with another layer at its end.
   *
   * @param layer the layer
   * @return the new network
   */
  public Network then(Layer layer) {
    List<Layer> longer = new ArrayList<>(layers);
    longer.add(layer);
    return new Network(longer);
  }

  /**
   * Whether it needs a sequence: some layer looks over steps.
   *
   * @return false when a vector does
   */
  public boolean overSteps() {
    return layers.stream().anyMatch(Layer::overSteps);
  }

  /**
   * The same network with dropout after every hidden layer (after every dense and recurrent layer
   * and every convolution over steps, also within blocks and branches; convolutions over images are
   * left out, since their neighbouring values say the same). Dropout that stands there already is
   * replaced.
   *
   * @param rate the probability to drop, 0 included, 1 excluded
   * @return the new network
   */
  public Network dropout(double rate) {
    return new Network(withDropout(layers, rate));
  }

  /**
   * The same network with another cell activation in every recurrent layer of the main chain.
   *
   * @param activation the activation of candidate and output
   * @return the new network
   */
  public Network cell(Activation activation) {
    List<Layer> changed = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer instanceof Layer.Lstm l) {
        changed.add(new Layer.Lstm(l.units(), l.sequences(), activation, l.initialisation()));
      } else if (layer instanceof Layer.Gru g) {
        changed.add(new Layer.Gru(g.units(), g.sequences(), activation, g.initialisation()));
      } else {
        changed.add(layer);
      }
    }
    return new Network(changed);
  }

  private static List<Layer> withDropout(List<Layer> layers, double rate) {
    List<Layer> changed = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer instanceof Layer.Dropout) {
        continue;
      }
      changed.add(
          layer.withChains(layer.chains().stream().map(c -> withDropout(c, rate)).toList()));
      boolean hidden =
          layer instanceof Layer.Dense
              || layer instanceof Layer.Lstm
              || layer instanceof Layer.Gru
              || layer instanceof Layer.Conv1d;
      if (hidden && rate > 0) {
        changed.add(new Layer.Dropout(rate));
      }
    }
    return changed;
  }
}
