package io.millwright.api.learn;

import java.util.Arrays;
import java.util.List;

/** What losses share that look at one target at a time. */
final class Pointwise {

  private Pointwise() {}

  /** The loss of one target. */
  @FunctionalInterface
  interface One {
    /**
     * Computes.
     *
     * @param y holds the outputs
     * @param at the first output of this target
     * @param each how many outputs it has
     * @param target the target, known
     * @param w the weight of the gradient
     * @param gradient filled at the outputs of this target
     * @return the loss, not weighted
     */
    double of(float[] y, int at, int each, double target, double w, float[] gradient);
  }

  /** What a weight of 1 counts. */
  static double unit(LossBatch batch) {
    double total = 0;
    for (int i = 0; i < batch.count(); i++) {
      total += batch.weights()[i];
    }
    return total > 0 ? 1 / total : 0;
  }

  /** The loss of a sample is the mean over its known targets. */
  static double mean(LossBatch batch, float[] gradient, One one) {
    return over(batch, gradient, true, one);
  }

  /** The loss of a sample is the sum over its known targets. */
  static double sum(LossBatch batch, float[] gradient, One one) {
    return over(batch, gradient, false, one);
  }

  private static double over(LossBatch batch, float[] gradient, boolean mean, One one) {
    double unit = unit(batch);
    double sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      double w = batch.weights()[i] * unit;
      sum +=
          batch.targetWidth() == 1 && !Float.isNaN(batch.targets()[i])
              ? w
                  * one.of(
                      batch.outputs(),
                      i * batch.width(),
                      batch.width(),
                      batch.targets()[i],
                      w,
                      gradient)
              : several(batch, i, w, mean, gradient, one);
    }
    return sum;
  }

  private static double several(
      LossBatch batch, int sample, double w, boolean mean, float[] gradient, One one) {
    int targets = batch.targetWidth();
    int each = batch.width() / targets;
    int known = 0;
    for (int k = 0; k < targets; k++) {
      known += Float.isNaN(batch.targets()[sample * targets + k]) ? 0 : 1;
    }
    double share = mean ? w / known : w;
    double sum = 0;
    for (int k = 0; k < targets; k++) {
      int at = sample * batch.width() + k * each;
      float target = batch.targets()[sample * targets + k];
      if (Float.isNaN(target)) {
        Arrays.fill(gradient, at, at + each, 0);
      } else {
        sum += share * one.of(batch.outputs(), at, each, target, share, gradient);
      }
    }
    return sum;
  }

  static double crossEntropy(float[] y, int at, int each, double target, double w, float[] g) {
    double max = y[at];
    for (int k = 1; k < each; k++) {
      max = Math.max(max, y[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < each; k++) {
      sum += Math.exp(y[at + k] - max);
    }
    int right = (int) target;
    for (int k = 0; k < each; k++) {
      double p = Math.exp(y[at + k] - max) / sum;
      g[at + k] = (float) (w * (k == right ? p - 1 : p));
    }
    return Math.log(sum) + max - y[at + right];
  }

  static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  /** The logarithm of 1 + exp(x), without overflow. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  static void rising(List<Double> probabilities) {
    double last = 0;
    for (double p : probabilities) {
      if (!(p > last && p < 1)) {
        throw new IllegalArgumentException(
            "probabilities are " + probabilities + ", but must rise between 0 and 1");
      }
      last = p;
    }
    if (probabilities.isEmpty()) {
      throw new IllegalArgumentException("there are no probabilities");
    }
  }
}
