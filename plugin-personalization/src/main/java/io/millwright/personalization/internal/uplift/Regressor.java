package io.millwright.personalization.internal.uplift;

/** A fitted regression from numbers to a number. Immutable. */
@FunctionalInterface
interface Regressor {

  /** The expected outcome. */
  double of(double[] x);

  /** Fits regressions. */
  @FunctionalInterface
  interface Fit {
    Regressor of(double[][] x, double[] y);
  }
}
