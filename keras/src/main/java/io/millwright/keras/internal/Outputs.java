package io.millwright.keras.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;

/** The activation of the last layer, which networks of this SDK leave to their heads. */
final class Outputs {

  private Outputs() {}

  static void apply(float[] y, int from, int count, Activation activation, boolean softmax) {
    if (softmax) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + count; i++) {
        most = Math.max(most, y[i]);
      }
      double sum = 0;
      for (int i = from; i < from + count; i++) {
        sum += Math.exp(y[i] - most);
      }
      for (int i = from; i < from + count; i++) {
        y[i] = (float) (Math.exp(y[i] - most) / sum);
      }
      return;
    }
    for (int i = from; i < from + count; i++) {
      y[i] = (float) value(activation, y[i]);
    }
  }

  private static double value(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> Math.max(0, x);
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SILU -> x / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      default ->
          throw new MillwrightException(
              ErrorCode.UNSUPPORTED, "the activation " + activation + " at the end of a network");
    };
  }
}
