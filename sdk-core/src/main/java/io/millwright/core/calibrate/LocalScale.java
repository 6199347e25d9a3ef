package io.millwright.core.calibrate;

import java.util.List;

/**
 * The local size of errors: a curve over the prediction times a rising curve over the members' relative disagreement, each linear between knots.
 *
 * @param predictions the knots of the first curve, rising; empty for a constant size of 1
 * @param sizes the typical error at each
 * @param spreads the typical disagreement at each
 * @param ratios the knots of the second curve: disagreement over what is typical, rising; empty for none
 * @param factors what the size is multiplied by at each, not falling
 * @param least the least size
 */
public record LocalScale(
    List<Double> predictions, List<Double> sizes, List<Double> spreads, List<Double> ratios, List<Double> factors, double least) {
  /** Copies. */
  public LocalScale {
    predictions = List.copyOf(predictions);
    sizes = List.copyOf(sizes);
    spreads = List.copyOf(spreads);
    ratios = List.copyOf(ratios);
    factors = List.copyOf(factors);
  }
}
