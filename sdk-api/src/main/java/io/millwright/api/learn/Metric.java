package io.millwright.api.learn;

/**
 * A figure by which predictions of a quantity are judged, such as what an error costs a business.
 * Must be pure and thread-safe.
 *
 * <pre>{@code
 * Metric cost = (truth, predicted) -> {
 *   double sum = 0;
 *   for (int i = 0; i < truth.length; i++) {
 *     sum += predicted[i] > truth[i] ? 900 : 40; // breakdown against early overhaul
 *   }
 *   return sum / truth.length;
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Metric {

  /**
   * Judges predictions.
   *
   * @param truth the true values; must not be changed
   * @param predicted the predicted values, as many, in the same order; must not be changed
   * @return the figure
   */
  double of(double[] truth, double[] predicted);
}
