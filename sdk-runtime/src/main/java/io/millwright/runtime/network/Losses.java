package io.millwright.runtime.network;

import io.millwright.api.learn.Loss;
import io.millwright.runtime.network.TrainingSession.Batch;

/**
 * A loss over the outputs of one network, as a session asks for it. The loss of a batch is the sum
 * of weighted losses over the sum of weights. Immutable.
 */
public final class Losses {

  private final Loss loss;
  private final int outputs;

  /** A loss over so many outputs for each sample. */
  public Losses(Loss loss, int outputs) {
    this.loss = loss;
    this.outputs = outputs;
  }

  /** The loss. */
  public Loss loss() {
    return loss;
  }

  /**
   * How many outputs a loss of numbers needs for each target.
   *
   * @param loss the loss
   */
  public static int each(Loss loss) {
    return loss instanceof Loss.Quantile q
        ? q.probabilities().size()
        : loss instanceof Loss.QuantileCurve c ? c.probabilities().size() : 1;
  }

  /**
   * The loss of a batch and its gradient.
   *
   * @param y the outputs, {@code [count, outputs]}
   * @param batch targets and weights
   * @param gradient filled, {@code [count, outputs]}
   * @return the loss
   */
  public double gradient(float[] y, Batch batch, float[] gradient) {
    // The arrays may have more room than is filled, but all have the same.
    int targets = batch.targets().length / batch.weights().length;
    return loss.gradient(
        new Loss.Batch(y, outputs, batch.targets(), targets, batch.weights(), batch.count()),
        gradient);
  }
}
