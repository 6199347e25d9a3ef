package io.millwright.core.calibrate;

import java.util.List;

/**
 * The local size of errors: a curve over the prediction times a rising curve over the members'
 * disagreement, both linear between their knots and flat beyond.
 *
 * @param predictions the knots of the first curve, rising; empty for a size of 1 everywhere
 * @param sizes the mean absolute error at each
 * @param spreads the mean disagreement of members at each
 * @param ratios the knots of the second curve, rising: disagreement over what is usual for the
 *     prediction; empty for none
 * @param factors what the size is multiplied by at each, not falling
 * @param least the least size
 */
public record LocalScale(
    List<Double> predictions,
    List<Double> sizes,
    List<Double> spreads,
    List<Double> ratios,
    List<Double> factors,
    double least) {
  /** Copies and checks. */
  public LocalScale {
    predictions = List.copyOf(predictions);
    sizes = List.copyOf(sizes);
    spreads = List.copyOf(spreads);
    ratios = List.copyOf(ratios);
    factors = List.copyOf(factors);
    if (sizes.size() != predictions.size()
        || spreads.size() != predictions.size()
        || factors.size() != ratios.size()
        || !(least > 0)) {
      throw new IllegalArgumentException(
          "knots "
              + predictions.size()
              + ", "
              + sizes.size()
              + ", "
              + spreads.size()
              + ", "
              + ratios.size()
              + ", "
              + factors.size()
              + ", least "
              + least);
    }
  }

  /** A size of 1 everywhere. */
  static LocalScale constant() {
    return new LocalScale(List.of(), List.of(), List.of(), List.of(), List.of(), 1);
  }

  /** The size of errors to expect. */
  double of(double predicted, double spread) {
    if (predictions.isEmpty()) {
      return 1;
    }
    return Math.max(least, curve(predictions, sizes, predicted) * factor(ratio(predicted, spread)));
  }

  double ratio(double predicted, double spread) {
    double usual = curve(predictions, spreads, predicted);
    return usual > 0 ? spread / usual : 1;
  }

  private double factor(double ratio) {
    return ratios.isEmpty() ? 1 : curve(ratios, factors, ratio);
  }

  static double curve(List<Double> knots, List<Double> values, double x) {
    int n = knots.size();
    if (x <= knots.get(0)) {
      return values.get(0);
    }
    for (int i = 1; i < n; i++) {
      if (x <= knots.get(i)) {
        double t = (x - knots.get(i - 1)) / (knots.get(i) - knots.get(i - 1));
        return values.get(i - 1) + t * (values.get(i) - values.get(i - 1));
      }
    }
    return values.get(n - 1);
  }
}
