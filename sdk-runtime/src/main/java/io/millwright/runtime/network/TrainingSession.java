package io.millwright.runtime.network;

/**
 * What an engine does in a training: it computes losses and gradients. The weights, the rule that
 * changes them, the order of samples and all randomness stay in Java, so that checkpoints are
 * whole, runs repeat, and engines can be compared step by step. Used by one thread at a time.
 */
public interface TrainingSession extends AutoCloseable {

  /**
   * One batch. The arrays may have room for more samples than are filled, all for as many.
   *
   * @param inputs {@code [count, input size]}, row-major
   * @param targets for a quantity {@code [count]}, the scaled target; for classes {@code [count]},
   *     the index of the class; for several targets {@code [count, targets]}, NaN where one is not
   *     known
   * @param weights {@code [count]}, how much each sample counts; the loss is the sum of weighted
   *     losses over the sum of weights
   * @param count the number of samples
   */
  record Batch(float[] inputs, float[] targets, float[] weights, int count) {}

  /** The masks of one step. */
  interface Masks {
    /**
     * The mask of a dropout layer for the whole batch, as {@link KeyedRandom#dropout} draws it.
     *
     * @param layer the layer's {@link PlannedLayer#index}
     * @param size the number of values of the batch at this layer
     * @param rate the probability to drop
     */
    float[] mask(int layer, int size, double rate);
  }

  /** Hands new values of the weights to the engine. */
  void load(Weights weights);

  /**
   * Computes the loss of a batch with the loaded weights, and its gradient.
   *
   * @param batch the batch
   * @param masks gives the masks of dropout
   * @param gradients filled with the gradient of each weight
   * @return the loss, without penalties
   */
  double gradients(Batch batch, Masks masks, Weights gradients);

  /**
   * Computes outputs without dropout, with the loaded weights.
   *
   * @param inputs {@code [count, input size]}
   * @param count the number of inputs
   * @return {@code [count, outputs]}
   */
  float[] outputs(float[] inputs, int count);

  /** Releases native memory. */
  @Override
  void close();
}
