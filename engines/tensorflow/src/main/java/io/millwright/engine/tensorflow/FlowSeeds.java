package io.millwright.engine.tensorflow;

import io.millwright.api.learn.Loss;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.TrainingSession.Batch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of a loss at the outputs as TensorFlow operations, so that outputs and gradients
 * come from one run of the graph; asking Java in between would need two, the second repeating the
 * first. The formulas are those of {@link Losses}, which gives the value of the loss itself.
 */
final class FlowSeeds {

  private final Loss loss;
  private final int outputs;

  FlowSeeds(Loss loss, int outputs) {
    this.loss = loss;
    this.outputs = outputs;
  }

  /** How many numbers of a target one sample needs: one, or one for each class. */
  int targetWidth() {
    return loss instanceof Loss.CrossEntropy ? outputs : 1;
  }

  /**
   * Lays targets out for the graph, {@code [count, targetWidth]}; a class becomes a row of 0s and a
   * 1.
   */
  void targets(Batch batch, float[] into) {
    if (!(loss instanceof Loss.CrossEntropy)) {
      System.arraycopy(batch.targets(), 0, into, 0, batch.count());
      return;
    }
    java.util.Arrays.fill(into, 0, batch.count() * outputs, 0);
    for (int i = 0; i < batch.count(); i++) {
      into[i * outputs + (int) batch.targets()[i]] = 1;
    }
  }

  /** How much each sample counts, as a part of 1. */
  static void shares(Batch batch, float[] into) {
    double total = 0;
    for (int i = 0; i < batch.count(); i++) {
      total += batch.weights()[i];
    }
    double unit = total > 0 ? 1 / total : 0;
    for (int i = 0; i < batch.count(); i++) {
      into[i] = (float) (batch.weights()[i] * unit);
    }
  }

  /**
   * The gradient.
   *
   * @param y the outputs, {@code [count, outputs]}
   * @param targets {@code [count, targetWidth]}
   * @param shares {@code [count, 1]}
   */
  Operand<TFloat32> gradient(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> targets, Operand<TFloat32> shares) {
    return tf.math.mul(shares, one(tf, y, targets));
  }

  private Operand<TFloat32> one(Ops tf, Operand<TFloat32> y, Operand<TFloat32> targets) {
    if (loss instanceof Loss.CrossEntropy) {
      return tf.math.sub(tf.nn.softmax(y), targets);
    }
    if (loss instanceof Loss.Quantile q) {
      float[] above = new float[outputs];
      float[] below = new float[outputs];
      for (int k = 0; k < outputs; k++) {
        double p = q.probabilities().get(k);
        above[k] = (float) (-p / outputs);
        below[k] = (float) ((1 - p) / outputs);
      }
      // 1 where the output does not exceed the target, 0 elsewhere.
      Operand<TFloat32> under = tf.dtypes.cast(tf.math.greaterEqual(targets, y), TFloat32.class);
      return tf.math.add(
          tf.math.mul(under, tf.math.sub(tf.constant(above), tf.constant(below))),
          tf.constant(below));
    }
    Operand<TFloat32> e = tf.math.sub(y, targets);
    if (loss instanceof Loss.SquaredError) {
      return tf.math.mul(e, tf.constant(2f));
    }
    if (loss instanceof Loss.AbsoluteError) {
      return tf.math.sign(e);
    }
    float delta = (float) ((Loss.Huber) loss).delta();
    return tf.math.maximum(tf.math.minimum(e, tf.constant(delta)), tf.constant(-delta));
  }
}
