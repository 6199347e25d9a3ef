package io.millwright.engine.tensorflow;

import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.TrainingSession.Batch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradient at the outputs as TensorFlow operations, for objectives that have a formula, so that
 * outputs and gradients come from one run of the graph; asking Java in between takes two, the
 * second repeating the first. The value of the loss itself is Java's.
 */
final class FlowSeeds {

  private final Objective.Formula formula;
  private final int outputs;

  FlowSeeds(Objective.Formula formula, int outputs) {
    this.formula = formula;
    this.outputs = outputs;
  }

  /** How many numbers of a target one sample needs: one, or one for each class. */
  int targetWidth() {
    return formula.softmax() ? outputs : 1;
  }

  /**
   * Lays targets out for the graph, {@code [count, targetWidth]}; a class becomes a row of 0s and a
   * 1.
   */
  void targets(Batch batch, float[] into) {
    if (!formula.softmax()) {
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
    if (formula.softmax()) {
      return tf.math.sub(tf.nn.softmax(y), targets);
    }
    if (formula.slope() == 0) {
      // 1 where the output does not exceed the target, 0 elsewhere.
      Operand<TFloat32> under = tf.dtypes.cast(tf.math.greaterEqual(targets, y), TFloat32.class);
      Operand<TFloat32> above = tf.constant(formula.above());
      return tf.math.add(
          tf.math.mul(under, tf.math.sub(tf.constant(formula.below()), above)), above);
    }
    Operand<TFloat32> e = tf.math.mul(tf.math.sub(y, targets), tf.constant(formula.slope()));
    float most = formula.most();
    return most == Float.POSITIVE_INFINITY
        ? e
        : tf.math.maximum(tf.math.minimum(e, tf.constant(most)), tf.constant(-most));
  }
}
