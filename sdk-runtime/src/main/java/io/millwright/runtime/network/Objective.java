package io.millwright.runtime.network;

import io.millwright.runtime.network.TrainingSession.Batch;
import java.util.Optional;

/**
 * What a training makes small: a loss and its gradient at the outputs of a network, computed in
 * Java. Engines carry that gradient back to the weights and know nothing else of it. Thread-safe.
 */
@FunctionalInterface
public interface Objective {

  /**
   * Computes the loss of a batch.
   *
   * @param outputs {@code [count, outputs]}; the slices of a plan's outputs one after the other
   * @param batch targets and weights; its arrays may have more room than is filled
   * @param gradient filled, {@code [count, outputs]}
   * @return the loss, without penalties
   */
  double gradient(float[] outputs, Batch batch, float[] gradient);

  /**
   * Whether the loss of a batch is the mean of losses of its samples, each by itself, so that a
   * batch may be divided.
   */
  default boolean isSeparable() {
    return true;
  }

  /**
   * The gradient as a formula that an engine may compute by itself between forward and backward
   * pass, where asking Java would cost a second forward pass. Must equal {@link #gradient} but for
   * rounding, for batches with one known target for each sample.
   *
   * @return empty when there is none
   */
  default Optional<Formula> formula() {
    return Optional.empty();
  }

  /**
   * The gradient of one sample of outputs y and target t, before its share of the weights:
   * softmax(y) less 1 at the class t; or, for each output k with e = y[k] - t, {@code slope} e cut
   * to -{@code most} and {@code most}; or, where the slope is 0, {@code above[k]} for e above 0 and
   * {@code below[k]} otherwise.
   *
   * @param softmax whether it is the first; the rest is not used then
   * @param slope the factor of e
   * @param most the largest size of the product, or infinity
   * @param above one for each output
   * @param below one for each output
   */
  record Formula(boolean softmax, float slope, float most, float[] above, float[] below) {}
}
