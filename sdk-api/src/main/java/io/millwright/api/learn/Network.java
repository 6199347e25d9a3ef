package io.millwright.api.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * A network, written down without any engine: its layers from input to output. The last layer, with
 * as many outputs as the target needs, is added by the recipe and is not listed. No layers at all
 * make a linear model.
 *
 * @param layers the layers, from the input on
 */
public record Network(List<Layer> layers) {

  /** Copies. */
  public Network {
    layers = List.copyOf(layers);
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
   * The same network with dropout after every hidden layer (after every dense and recurrent layer
   * and every convolution over steps, also within residual blocks; convolutions over images are
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
   * The same network with another cell activation in every recurrent layer.
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
      if (layer instanceof Layer.Residual r) {
        changed.add(new Layer.Residual(withDropout(r.inner(), rate)));
      } else if (!(layer instanceof Layer.Dropout)) {
        changed.add(layer);
        boolean hidden =
            layer instanceof Layer.Dense
                || layer instanceof Layer.Lstm
                || layer instanceof Layer.Gru
                || layer instanceof Layer.Conv1d;
        if (hidden && rate > 0) {
          changed.add(new Layer.Dropout(rate));
        }
      }
    }
    return changed;
  }
}
