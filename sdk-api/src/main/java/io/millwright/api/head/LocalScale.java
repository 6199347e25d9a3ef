package io.millwright.api.head;

import java.util.List;

/**
 * The local size of errors: a curve over the prediction, linear between its knots and flat beyond.
 *
 * @param predictions the knots, rising; empty for a size of 1 everywhere
 * @param sizes the mean absolute error at each
 * @param least the least size
 */
record LocalScale(List<Double> predictions, List<Double> sizes, double least) {
  /** Copies and checks. */
  public LocalScale {
    predictions = List.copyOf(predictions);
    sizes = List.copyOf(sizes);
    if (sizes.size() != predictions.size() || !(least > 0)) {
      throw new IllegalArgumentException(
          predictions.size() + " knots, " + sizes.size() + " sizes, least " + least);
    }
  }

  /** A size of 1 everywhere. */
  static LocalScale constant() {
    return new LocalScale(List.of(), List.of(), 1);
  }

  /** The size of errors to expect. */
  double of(double predicted) {
    return predictions.isEmpty() ? 1 : Math.max(least, curve(predictions, sizes, predicted));
  }

  private static double curve(List<Double> knots, List<Double> values, double x) {
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
