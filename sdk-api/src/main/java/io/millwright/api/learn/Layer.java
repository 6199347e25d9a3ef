package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;

/**
 * One layer of a {@link Network}: a record whose components are its parameters. Values flow as
 * vectors {@code [features]}, as sequences {@code [steps, features]} or as images {@code [height,
 * width, channels]}; every layer says which it takes and which it gives. All arithmetic is in
 * float32.
 *
 * <p>The kinds of layers are a family: each engine knows each kind in one table, and a bundle names
 * the kind. A layer of a kind that the library or an engine does not know is refused by name when a
 * network is laid out or opened. The library implements this interface; it may grow.
 */
public interface Layer {

  /**
   * The name of its kind, under which engines know it and bundles store it: the name of the record
   * in lower case with a dash before each capital.
   *
   * @return the name, such as {@code dense} or {@code layer-norm}
   */
  default String kindName() {
    return KindNames.OF.get(getClass());
  }

  /**
   * Whether it looks over the steps of a sequence.
   *
   * @return false for layers that also take a vector
   */
  default boolean overSteps() {
    return false;
  }

  /**
   * The chains of layers within it.
   *
   * @return empty for a simple layer
   */
  default List<List<Layer>> chains() {
    return List.of();
  }

  /**
   * The same layer with other layers in its chains.
   *
   * @param chains as many as {@link #chains} has
   * @return the new layer
   */
  default Layer withChains(List<List<Layer>> chains) {
    return this;
  }

  /**
   * y = activation(W x + b). Takes a vector, or a sequence or an image whose every step or pixel it
   * treats alike.
   *
   * @param units the number of outputs
   * @param activation what is done to each sum
   * @param initialisation how the weights start
   */
  record Dense(int units, Activation activation, Initialisation initialisation) implements Layer {
    /** Checks. */
    public Dense {
      positive("units", units);
      Objects.requireNonNull(activation, "activation");
      Objects.requireNonNull(initialisation, "initialisation");
    }
  }

  /**
   * Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gate). Takes a sequence;
   * gives the sequence of its states, or only the last one.
   *
   * @param units the size of the state
   * @param sequences whether to give every state instead of the last one; layers that need a
   *     sequence after it need this
   * @param cell what stands in for the hyperbolic tangent in candidate and output; gates are always
   *     sigmoid
   * @param initialisation how the weights start
   */
  record Lstm(int units, boolean sequences, Activation cell, Initialisation initialisation)
      implements Layer {
    /** Checks. */
    public Lstm {
      positive("units", units);
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(initialisation, "initialisation");
    }

    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /**
   * Gated recurrent unit (Cho et al. 2014, in the variant whose reset gate acts after the recurrent
   * product). Takes a sequence; gives the sequence of its states, or only the last one.
   *
   * @param units the size of the state
   * @param sequences whether to give every state instead of the last one
   * @param cell what stands in for the hyperbolic tangent in the candidate; gates are always
   *     sigmoid
   * @param initialisation how the weights start
   */
  record Gru(int units, boolean sequences, Activation cell, Initialisation initialisation)
      implements Layer {
    /** Checks. */
    public Gru {
      positive("units", units);
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(initialisation, "initialisation");
    }

    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /**
   * Convolution over the steps of a sequence. Gives a sequence with {@code filters} features.
   *
   * @param filters the number of outputs of each step
   * @param kernel how many steps one output sees
   * @param stride how many steps lie between outputs
   * @param dilation how many steps lie between the inputs of one output
   * @param padding what happens at the ends
   * @param activation what is done to each sum
   * @param initialisation how the weights start
   */
  record Conv1d(
      int filters,
      int kernel,
      int stride,
      int dilation,
      Padding padding,
      Activation activation,
      Initialisation initialisation)
      implements Layer {
    /** Checks. */
    public Conv1d {
      positive("filters", filters);
      positive("kernel", kernel);
      positive("stride", stride);
      positive("dilation", dilation);
      Objects.requireNonNull(padding, "padding");
      Objects.requireNonNull(activation, "activation");
      Objects.requireNonNull(initialisation, "initialisation");
    }

    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /** What a convolution does at the ends of a sequence. */
  enum Padding {
    /** Nothing: the result is shorter by (kernel - 1) dilations. */
    VALID,
    /**
     * Zeros on both sides, one more at the end when the number is odd: with stride 1 the result has
     * as many steps as the input.
     */
    SAME,
    /** Zeros before the beginning: no output sees a later step. */
    CAUSAL
  }

  /**
   * Pooling over runs of steps. Takes and gives a sequence; steps at the end that do not fill a run
   * are dropped.
   *
   * @param kind what is kept of a run
   * @param size the length of a run, which is also the distance between runs
   */
  record Pool1d(Pooling kind, int size) implements Layer {
    /** Checks. */
    public Pool1d {
      positive("size", size);
      if (kind == Pooling.LAST) {
        throw new IllegalArgumentException(
            "runs are pooled by MAX or AVERAGE; LAST pools a whole sequence");
      }
    }

    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /**
   * Pooling over all steps of a sequence, or all pixels of an image. Gives a vector.
   *
   * @param kind what is kept; {@link Pooling#LAST} of sequences only
   */
  record GlobalPool(Pooling kind) implements Layer {
    /** Checks. */
    public GlobalPool {
      Objects.requireNonNull(kind, "kind");
    }

    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /** What pooling keeps. */
  enum Pooling {
    /** The largest value of each feature. */
    MAX,
    /** The mean of each feature. */
    AVERAGE,
    /** The last step. */
    LAST
  }

  /**
   * Lays the steps of a sequence, or the pixels of an image row by row, one after the other. Gives
   * a vector.
   */
  record Flatten() implements Layer {}

  /**
   * Sets each element to 0 with some probability while training and divides the others by 1 - rate,
   * so that nothing changes when predicting. The masks depend on the recipe's key alone.
   *
   * @param rate the probability, 0 included, 1 excluded
   */
  record Dropout(double rate) implements Layer {
    /** Checks. */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "rate is " + rate + ", but must lie between 0 and 1, 1 excluded");
      }
    }
  }

  /**
   * Brings the features of each vector, of each step or of each pixel to mean 0 and variance 1
   * (epsilon 1e-5), then scales and shifts each (Ba, Kiros and Hinton 2016).
   */
  record LayerNorm() implements Layer {}

  /**
   * Convolution over an image (in the sense of learning: without turning the kernel round). Gives
   * an image with {@code filters} channels.
   *
   * @param filters the number of outputs of each pixel
   * @param kernel the side of the square that one output sees
   * @param stride how many pixels lie between outputs, both ways
   * @param padding what happens at the edges: {@link Padding#VALID}, or {@link Padding#SAME} with
   *     zeros on all sides, one more at the right and lower edges when the number is odd
   * @param activation what is done to each sum
   * @param initialisation how the weights start
   */
  record Conv2d(
      int filters,
      int kernel,
      int stride,
      Padding padding,
      Activation activation,
      Initialisation initialisation)
      implements Layer {
    /** Checks. */
    public Conv2d {
      positive("filters", filters);
      positive("kernel", kernel);
      positive("stride", stride);
      Objects.requireNonNull(activation, "activation");
      Objects.requireNonNull(initialisation, "initialisation");
      if (padding == Padding.CAUSAL) {
        throw new IllegalArgumentException("an image is padded by VALID or SAME: it has no time");
      }
    }
  }

  /**
   * Pooling over squares of an image. Takes and gives an image; pixels at the right and lower edges
   * that do not fill a square are dropped.
   *
   * @param kind what is kept of a square
   * @param size the side of a square, which is also the distance between squares
   */
  record Pool2d(Pooling kind, int size) implements Layer {
    /** Checks. */
    public Pool2d {
      positive("size", size);
      if (kind == Pooling.LAST) {
        throw new IllegalArgumentException("squares are pooled by MAX or AVERAGE");
      }
    }
  }

  /**
   * Brings each group of neighbouring channels of an image to mean 0 and variance 1 over all its
   * pixels (epsilon 1e-5), then scales and shifts each channel, then applies an activation (Wu and
   * He 2018). With as many groups as channels this is instance normalisation. It looks at one image
   * at a time, so that training and predicting compute the same and a batch may have any size.
   *
   * @param groups the number of groups; must divide the number of channels
   * @param activation what is done to each result
   */
  record GroupNorm(int groups, Activation activation) implements Layer {
    /** Checks. */
    public GroupNorm {
      positive("groups", groups);
      Objects.requireNonNull(activation, "activation");
    }
  }

  /**
   * Gives every feature a small network of its own, over sines and cosines of it whose frequencies
   * are learnt too: activation(W_i [sin(c_i x_i), cos(c_i x_i)] + b_i) for feature i (Gorishniy,
   * Rubachev and Babenko 2022, "On embeddings for numerical features in tabular deep learning").
   * Sharp borders along single readings, which a perceptron learns badly, become easy. Takes a
   * vector, or a sequence or an image whose every step or pixel it treats alike; gives {@code
   * units} features for each feature, those of the first feature first. Features should be scaled
   * before, to a spread of about 1.
   *
   * @param waves how many frequencies each feature has
   * @param spread the standard deviation of the frequencies at the start, in cycles for each unit
   *     of a feature; above 0. Small values begin with smooth functions
   * @param units how many outputs each feature has
   * @param activation what is done to each sum
   */
  record Periodic(int waves, double spread, int units, Activation activation) implements Layer {
    /** Checks. */
    public Periodic {
      positive("waves", waves);
      positive("units", units);
      Objects.requireNonNull(activation, "activation");
      if (!(spread > 0 && spread < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "spread is " + spread + ", but must be a number above 0");
      }
    }
  }

  /**
   * Adds sines and cosines of the step's number to the features (Vaswani et al. 2017). Takes and
   * gives a sequence.
   */
  record PositionalEncoding() implements Layer {
    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /**
   * Self-attention with several heads (Vaswani et al. 2017). Takes and gives a sequence of the same
   * shape.
   *
   * @param heads the number of heads; must divide the number of features
   * @param causal whether a step sees only itself and earlier ones
   */
  record Attention(int heads, boolean causal) implements Layer {
    /** Checks. */
    public Attention {
      positive("heads", heads);
    }

    @Override
    public boolean overSteps() {
      return true;
    }
  }

  /**
   * x + inner(x). When the inner layers change the number of features, x passes through a linear
   * layer of its own first; they must not change the number of steps or pixels.
   *
   * @param inner the inner layers, at least one
   */
  record Residual(List<Layer> inner) implements Layer {
    /** Checks and copies. */
    public Residual {
      inner = List.copyOf(inner);
      if (inner.isEmpty()) {
        throw new IllegalArgumentException("a residual block needs inner layers");
      }
    }

    @Override
    public boolean overSteps() {
      return inner.stream().anyMatch(Layer::overSteps);
    }

    @Override
    public List<List<Layer>> chains() {
      return List.of(inner);
    }

    @Override
    public Layer withChains(List<List<Layer>> chains) {
      return new Residual(chains.get(0));
    }
  }

  /**
   * Trained vectors for ids (Bengio et al. 2003): each value is taken for a whole number and gives
   * row number {@code value} of one table. What is no whole number from 1 to {@code ids} - 1, NaN
   * included, counts as id 0, which stands for what is unknown and has a trained row too. Takes a
   * vector, or a sequence or an image; gives {@code size} features for each feature, those of the
   * first feature first.
   *
   * @param ids how many ids there are, 0 included; at most 2^24, beyond which a float has gaps
   * @param size how many numbers one id becomes
   */
  record Embedding(int ids, int size) implements Layer {
    /** Checks. */
    public Embedding {
      positive("ids", ids);
      positive("size", size);
      if (ids > 1 << 24) {
        throw new IllegalArgumentException("ids is " + ids + ", but must be at most " + (1 << 24));
      }
    }
  }

  /**
   * Clipping: cuts each feature to limits of its own, so that beyond them it moves nothing.
   *
   * @param low the least value of each feature, negative infinity for none
   * @param high the largest value of each feature, positive infinity for none
   */
  record Limits(List<Double> low, List<Double> high) implements Layer {
    /** Checks and copies. */
    public Limits {
      low = List.copyOf(low);
      high = List.copyOf(high);
      boolean sound = !low.isEmpty() && low.size() == high.size();
      for (int i = 0; sound && i < low.size(); i++) {
        sound = low.get(i) < high.get(i);
      }
      if (!sound) {
        throw new IllegalArgumentException(
            "low is " + low + " and high is " + high + ", but each low must lie below its high");
      }
    }
  }

  /**
   * A dense layer that never moves the wrong way (Runje and Shankaranarayana 2023, "Constrained
   * monotonic neural networks"): for a feature with a direction the weight counts by its size alone
   * and with the direction's sign, so every output rises with a feature that is {@link
   * Direction#UP} and falls with one that is {@link Direction#DOWN}, for all inputs and to the last
   * bit; a {@link Direction#FREE} feature may act as it likes. The first third of the units is
   * convex, max(0, x), the second concave, min(0, x), the rest bounded, cut to -1 and 1.
   *
   * <p>Behind it only layers that keep the order may follow (this one, clipping, dropout, pooling,
   * upsampling, changes of shape); the output layer keeps it by itself. Beside it a branch may see
   * free features alone, through {@link Route.Select}, and be of any kind. Takes a vector, or a
   * sequence or an image whose every step or pixel it treats alike.
   *
   * @param units the number of outputs
   * @param directions one for each feature; empty for all up
   * @param bent false for a layer without activation
   */
  record Monotone(int units, List<Direction> directions, boolean bent) implements Layer {
    /** Checks and copies. */
    public Monotone {
      positive("units", units);
      directions = List.copyOf(directions);
    }
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", but must be at least 1");
    }
  }
}
