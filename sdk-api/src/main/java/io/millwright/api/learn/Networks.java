package io.millwright.api.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The usual networks, one line each. The output layer follows from the target and is never listed:
 * for a quantity, {@code mlp(64, 32)} is the perceptron that others write 64-32-1.
 */
public final class Networks {

  private Networks() {}

  /**
   * A linear model: linear regression for a quantity, logistic regression for classes.
   *
   * @return the network
   */
  public static Network linear() {
    return new Network(List.of());
  }

  /**
   * A multi-layer perceptron with ReLU. Takes a vector.
   *
   * @param units the units of each hidden layer
   * @return the network
   */
  public static Network mlp(int... units) {
    return mlp(Activation.RELU, units);
  }

  /**
   * A multi-layer perceptron. Takes a vector.
   *
   * @param activation the activation of the hidden layers
   * @param units the units of each hidden layer
   * @return the network
   */
  public static Network mlp(Activation activation, int... units) {
    List<Layer> layers = new ArrayList<>();
    for (int n : units) {
      layers.add(new Layer.Dense(n, activation, Initialisation.AUTOMATIC));
    }
    return new Network(layers);
  }

  /**
   * A multi-layer perceptron with ReLU behind a {@linkplain Layer.Periodic periodic layer} of eight
   * frequencies and eight units a feature, which begins with smooth functions (spread 0.1): for
   * tables whose answer changes at sharp borders. Takes a vector.
   *
   * @param units the units of each hidden layer
   * @return the network
   */
  public static Network periodic(int... units) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Periodic(8, 0.1, 8, Activation.RELU));
    layers.addAll(mlp(units).layers());
    return new Network(layers);
  }

  /**
   * An additive model (generalised additive model, Hastie and Tibshirani 1986; as a network,
   * Agarwal et al. 2021): the sum of one curve for each feature, learnt by a {@linkplain
   * Layer.Periodic periodic layer} without any layer behind it, so that no two features act
   * together and every curve can be drawn and read. Pairs act only where the preparation makes
   * features of them ({@link Step.Interactions}). Of classes, the curves add up to log-odds. Takes
   * a vector.
   *
   * @return the network
   */
  public static Network additive() {
    return new Network(List.of(new Layer.Periodic(8, 0.1, 8, Activation.RELU)));
  }

  /**
   * A network whose answer never moves the wrong way with features that have a direction, to the
   * last bit ({@link Layer.Monotone}). Free features act together with the others, and a perceptron
   * of their own is added to it. Takes a vector; directions speak of the prepared features.
   *
   * @param directions one for each feature
   * @param units the units of each layer, at least one
   * @return the network
   */
  public static Network monotone(List<Direction> directions, int... units) {
    List<Layer> bound = new ArrayList<>();
    for (int n : units) {
      bound.add(new Layer.Monotone(n, bound.isEmpty() ? directions : List.of(), true));
    }
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < directions.size(); i++) {
      if (directions.get(i) == Direction.FREE) {
        free.add(i);
      }
    }
    if (free.isEmpty()) {
      return new Network(bound);
    }
    List<Layer> beside = new ArrayList<>();
    beside.add(new Route.Select(free));
    beside.addAll(mlp(units).layers());
    return Network.join(
        Join.ADD, new Branch(Optional.empty(), bound), new Branch(Optional.empty(), beside));
  }

  /**
   * Stacked LSTM layers with tanh cells ({@link Network#cell} selects another). All but the last
   * give sequences. Takes a sequence.
   *
   * @param units the size of each layer's state
   * @return the network
   */
  public static Network lstm(int... units) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < units.length; i++) {
      layers.add(
          new Layer.Lstm(
              units[i], i < units.length - 1, Activation.TANH, Initialisation.AUTOMATIC));
    }
    return new Network(layers);
  }

  /**
   * Stacked GRU layers with tanh cells. All but the last give sequences. Takes a sequence.
   *
   * @param units the size of each layer's state
   * @return the network
   */
  public static Network gru(int... units) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < units.length; i++) {
      layers.add(
          new Layer.Gru(units[i], i < units.length - 1, Activation.TANH, Initialisation.AUTOMATIC));
    }
    return new Network(layers);
  }

  /**
   * A one-dimensional convolution network: convolutions with ReLU, each followed by maximum pooling
   * over two steps but the last, which is averaged over all steps. Takes a sequence of at least 2
   * to the power of (number of layers - 1) steps.
   *
   * @param kernel how many steps one output sees
   * @param filters the filters of each layer
   * @return the network
   */
  public static Network cnn(int kernel, int... filters) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < filters.length; i++) {
      layers.add(
          new Layer.Conv1d(
              filters[i],
              kernel,
              1,
              1,
              Layer.Padding.SAME,
              Activation.RELU,
              Initialisation.AUTOMATIC));
      layers.add(
          i < filters.length - 1
              ? new Layer.Pool1d(Layer.Pooling.MAX, 2)
              : new Layer.GlobalPool(Layer.Pooling.AVERAGE));
    }
    return new Network(layers);
  }

  /**
   * A network for images: blocks of a convolution 3 x 3, group normalisation with ReLU and maximum
   * pooling over 2 x 2 pixels, the last of which is averaged over all pixels instead. Takes an
   * image whose sides are at least 2 to the power of (number of blocks - 1).
   *
   * @param groups the groups of the normalisation; must divide every number of filters
   * @param filters the filters of each block
   * @return the network
   */
  public static Network image(int groups, int... filters) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < filters.length; i++) {
      layers.add(
          new Layer.Conv2d(
              filters[i], 3, 1, Layer.Padding.SAME, Activation.LINEAR, Initialisation.HE));
      layers.add(new Layer.GroupNorm(groups, Activation.RELU));
      layers.add(
          i < filters.length - 1
              ? new Layer.Pool2d(Layer.Pooling.MAX, 2)
              : new Layer.GlobalPool(Layer.Pooling.AVERAGE));
    }
    return new Network(layers);
  }

  /**
   * A temporal convolution network (Bai, Kolter and Koltun 2018, with layer normalisation):
   * residual blocks of two causal convolutions, whose dilation doubles from block to block. Takes a
   * sequence; answers from the last step.
   *
   * @param kernel how many steps one output sees
   * @param filters the filters of each block
   * @return the network
   */
  public static Network tcn(int kernel, int... filters) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < filters.length; i++) {
      Layer convolution =
          new Layer.Conv1d(
              filters[i],
              kernel,
              1,
              1 << i,
              Layer.Padding.CAUSAL,
              Activation.RELU,
              Initialisation.AUTOMATIC);
      layers.add(new Layer.Residual(List.of(convolution, new Layer.LayerNorm(), convolution)));
    }
    layers.add(new Layer.GlobalPool(Layer.Pooling.LAST));
    return new Network(layers);
  }

  /**
   * A transformer encoder (Vaswani et al. 2017) with normalisation before each block: a linear
   * embedding, positions, and blocks of self-attention and a perceptron of four times the width;
   * averaged over all steps. Takes a sequence.
   *
   * @param width the number of features within; even, divisible by the heads
   * @param heads the number of attention heads
   * @param blocks the number of blocks
   * @return the network
   */
  public static Network transformer(int width, int heads, int blocks) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Dense(width, Activation.LINEAR, Initialisation.AUTOMATIC));
    layers.add(new Layer.PositionalEncoding());
    for (int i = 0; i < blocks; i++) {
      layers.add(
          new Layer.Residual(List.of(new Layer.LayerNorm(), new Layer.Attention(heads, false))));
      layers.add(
          new Layer.Residual(
              List.of(
                  new Layer.LayerNorm(),
                  new Layer.Dense(4 * width, Activation.GELU, Initialisation.AUTOMATIC),
                  new Layer.Dense(width, Activation.LINEAR, Initialisation.AUTOMATIC))));
    }
    layers.add(new Layer.LayerNorm());
    layers.add(new Layer.GlobalPool(Layer.Pooling.AVERAGE));
    return new Network(layers);
  }
}
