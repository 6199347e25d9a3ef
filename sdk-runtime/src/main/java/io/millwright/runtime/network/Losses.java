package io.millwright.runtime.network;

import io.millwright.api.learn.Loss;
import io.millwright.runtime.network.TrainingSession.Batch;
import java.util.Optional;

/**
 * Values and gradients of losses at the outputs of a network, computed once for all engines. The
 * loss of a batch is the sum of weighted losses over the sum of weights; that of a sample with
 * several targets is the mean over those that are not NaN. Immutable.
 */
public final class Losses implements Objective {

  private final Loss loss;
  private final int outputs;
  private final int each;
  private final int targets;

  /** A loss over so many outputs for each sample. */
  public Losses(Loss loss, int outputs) {
    this.loss = loss;
    this.outputs = outputs;
    this.each =
        loss instanceof Loss.Quantile q
            ? q.probabilities().size()
            : loss instanceof Loss.CrossEntropy ? outputs : 1;
    this.targets = outputs / each;
  }

  /** The number of targets of each sample. */
  public int targets() {
    return targets;
  }

  /** The number of outputs that a loss needs for a number of classes (0 for a quantity). */
  public static int outputs(Loss loss, int classes) {
    return loss instanceof Loss.Quantile q
        ? q.probabilities().size()
        : loss instanceof Loss.CrossEntropy ? classes : 1;
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
    float delta = (float) ((Loss.Huber) loss).delta();
    return Optional.of(new Formula(false, 1, delta, above, below));
  }

  @Override
  public double gradient(float[] y, Batch batch, float[] gradient) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < batch.count(); i++) {
      total += batch.weights()[i];
    }
    double unit = total > 0 ? 1 / total : 0;
    for (int i = 0; i < batch.count(); i++) {
      double w = batch.weights()[i] * unit;
      sum +=
          targets == 1
              ? w * one(y, i * outputs, batch.targets()[i], w, gradient)
              : several(y, i, batch.targets(), w, gradient);
    }
    return sum;
  }

  private double several(float[] y, int sample, float[] truth, double w, float[] gradient) {
    int known = 0;
    for (int k = 0; k < targets; k++) {
      known += Float.isNaN(truth[sample * targets + k]) ? 0 : 1;
    }
    double sum = 0;
    for (int k = 0; k < targets; k++) {
      int at = sample * outputs + k * each;
      float target = truth[sample * targets + k];
      if (Float.isNaN(target)) {
        java.util.Arrays.fill(gradient, at, at + each, 0);
      } else {
        sum += w / known * one(y, at, target, w / known, gradient);
      }
    }
    return sum;
  }

  private double one(float[] y, int at, double target, double w, float[] gradient) {
    if (loss instanceof Loss.CrossEntropy) {
      return crossEntropy(y, at, (int) target, w, gradient);
    }
    if (loss instanceof Loss.Quantile q) {
      double sum = 0;
      for (int k = 0; k < each; k++) {
        double p = q.probabilities().get(k);
        double e = target - y[at + k];
        sum += e >= 0 ? p * e : (p - 1) * e;
        gradient[at + k] = (float) (w * (e >= 0 ? -p : 1 - p) / each);
      }
      return sum / each;
    }
    double e = y[at] - target;
    if (loss instanceof Loss.SquaredError) {
      gradient[at] = (float) (w * 2 * e);
      return e * e;
    }
    if (loss instanceof Loss.AbsoluteError) {
      gradient[at] = (float) (w * Math.signum(e));
      return Math.abs(e);
    }
    double delta = ((Loss.Huber) loss).delta();
    double size = Math.abs(e);
    gradient[at] = (float) (w * Math.max(-delta, Math.min(delta, e)));
    return size <= delta ? e * e / 2 : delta * (size - delta / 2);
  }

  private double crossEntropy(float[] y, int at, int target, double w, float[] gradient) {
    double max = y[at];
    for (int k = 1; k < outputs; k++) {
      max = Math.max(max, y[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      sum += Math.exp(y[at + k] - max);
    }
    for (int k = 0; k < outputs; k++) {
      double p = Math.exp(y[at + k] - max) / sum;
      gradient[at + k] = (float) (w * (k == target ? p - 1 : p));
    }
    return Math.log(sum) + max - y[at + target];
  }
}
