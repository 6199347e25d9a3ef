package io.millwright.api;

import java.util.Arrays;

/** Nothing is known at any level. */
record NoUncertainties(Uncertainty.None none) implements Uncertainties {

  @Override
  public Uncertainty at(double level) {
    Level.check(level);
    return none;
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] unknown = new double[probabilities.length];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  @Override
  public String toString() {
    return "none: " + none.why();
  }
}
