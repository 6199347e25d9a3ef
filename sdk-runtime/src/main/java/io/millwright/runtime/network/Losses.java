package io.millwright.runtime.network;

import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;
import io.millwright.runtime.network.TrainingSession.Batch;
import java.util.Optional;

/**
 * A loss over the outputs of one network, as a session asks for it. The loss of a batch is the sum
 * of weighted losses over the sum of weights. Immutable.
 */
public final class Losses implements Objective {

  private final Loss loss;
  private final int outputs;
  private final int targets;

  /** A loss over so many outputs and targets for each sample. */
  public Losses(Loss loss, int outputs, int targets) {
    this.loss = loss;
    this.outputs = outputs;
    this.targets = targets;
  }

  /** A loss over so many outputs for each sample, and as many targets as they stand for. */
  public Losses(Loss loss, int outputs) {
    this(loss, outputs, loss instanceof Loss.CrossEntropy ? 1 : outputs / each(loss));
  }

  /** How many outputs a loss of numbers needs for each target. */
  public static int each(Loss loss) {
    return loss instanceof Loss.Quantile q
        ? q.probabilities().size()
        : loss instanceof Loss.QuantileCurve c ? c.probabilities().size() : 1;
  }

  /** The loss. */
  public Loss loss() {
    return loss;
  }

  /** The number of targets of each sample. */
  public int targets() {
    return targets;
  }

  @Override
  public double gradient(float[] y, Batch batch, float[] gradient) {
    return loss.gradient(
        new LossBatch(y, outputs, batch.targets(), targets, batch.weights(), batch.count()),
        gradient);
  }

  @Override
  public boolean isSeparable() {
    return loss.isSeparable();
  }

  @Override
  public Optional<Formula> formula() {
    if (targets != 1) {
      return Optional.empty();
    }
    float[] above = new float[outputs];
    float[] below = new float[outputs];
    if (loss instanceof Loss.CrossEntropy) {
      return Optional.of(new Formula(true, 0, 0, above, below));
    }
    if (loss instanceof Loss.Quantile q) {
      for (int k = 0; k < outputs; k++) {
        double p = q.probabilities().get(k);
        above[k] = (float) ((1 - p) / outputs);
        below[k] = (float) (-p / outputs);
      }
      return Optional.of(new Formula(false, 0, 0, above, below));
    }
    if (loss instanceof Loss.SquaredError) {
      return Optional.of(new Formula(false, 2, Float.POSITIVE_INFINITY, above, below));
    }
    if (loss instanceof Loss.AbsoluteError) {
      // So steep that it is the sign.
      return Optional.of(new Formula(false, 1e30f, 1, above, below));
    }
    return loss instanceof Loss.Huber h
        ? Optional.of(new Formula(false, 1, (float) h.delta(), above, below))
        : Optional.empty();
  }
}
