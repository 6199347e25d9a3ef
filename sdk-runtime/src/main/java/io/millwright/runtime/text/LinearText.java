package io.millwright.runtime.text;

import io.millwright.api.data.PlainData;
import io.millwright.api.head.FittedHead;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.bundle.Composed;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.PlainNetwork;
import java.util.List;

/**
 * A linear model on features, with as many outputs as its head. Immutable and thread-safe.
 *
 * @param features what it sees
 * @param weights {@code [outputs, width + 1]}, the constant last
 * @param outputs how many outputs it has
 * @param <I> one input
 */
public record LinearText<I>(Features<I> features, float[] weights, int outputs)
    implements TextVoice<I> {

  /** Checks. */
  public LinearText {
    if (weights.length != Math.multiplyExact(outputs, features.width() + 1)) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + outputs + " outputs of " + features.width());
    }
  }

  @Override
  public double known(I input) {
    return features.known(input);
  }

  @Override
  public void say(List<? extends I> inputs, FittedHead<?, ?> head, double[][] said, double share) {
    List<Sparse> rows = features.of(inputs);
    float[] z = new float[outputs];
    for (int i = 0; i < said.length; i++) {
      outputs(weights, features.width(), rows.get(i), z);
      head.say(z, 0, said[i], 0, share);
    }
  }

  /** The outputs of one row, before their head. */
  public static void outputs(float[] weights, int width, Sparse row, float[] z) {
    for (int k = 0; k < z.length; k++) {
      int from = k * (width + 1);
      double sum = weights[from + width];
      for (int j = 0; j < row.at().length; j++) {
        sum += (double) weights[from + row.at()[j]] * row.value()[j];
      }
      z[k] = (float) sum;
    }
  }

  @Override
  public PlainData data() {
    return PlainData.builder().put("kind", "linear").put("features", features.data()).build();
  }

  @Override
  public PlainNetwork network() {
    int width = features.width();
    NetworkPlan plan = Composed.plan(Networks.linear(), width, outputs);
    Weights laid = Weights.zero(plan.weights());
    for (int k = 0; k < outputs; k++) {
      System.arraycopy(weights, k * (width + 1), laid.get(0), k * width, width);
      laid.get(1)[k] = weights[k * (width + 1) + width];
    }
    return PlainNetwork.of(Networks.linear(), plan, laid);
  }

  static <I> LinearText<I> of(Features<I> features, PlainNetwork network) {
    int width = features.width();
    int outputs = network.outputs();
    if (!network.network().equals(Networks.linear()) || network.inputs() != width) {
      throw new IllegalArgumentException(
          network.network() + " of " + network.inputs() + " inputs for " + width + " features");
    }
    float[] weights = new float[Math.multiplyExact(outputs, width + 1)];
    for (int k = 0; k < outputs; k++) {
      System.arraycopy(network.weights().get(0), k * width, weights, k * (width + 1), width);
      weights[k * (width + 1) + width] = network.weights().get(1)[k];
    }
    return new LinearText<>(features, weights, outputs);
  }
}
