package io.millwright.runtime.plain;

import io.millwright.api.learn.Activation;

/** The activations once more, from their definitions alone. */
final class ReferenceActivation {

  private ReferenceActivation() {}

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double[] activate(Activation activation, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = activate(activation, x[i]);
    }
    return y;
  }

  static double activate(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> x > 0 ? x : 0;
      case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SILU -> x * sigmoid(x);
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
    };
  }

  /**
   * The error function by its Taylor series to 4.5, and beyond as the 1 that it is there to 2e-10.
   */
  private static double erf(double x) {
    if (Math.abs(x) > 4.5) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
}
