package io.millwright.api.head;

import io.millwright.api.data.Unit;
import java.util.List;

/**
 * Quantiles of several numbers, one step after the other (a probabilistic forecast).
 *
 * @param probabilities the probabilities, rising
 * @param steps for each step one quantile for each probability, rising
 * @param unit their unit
 */
public record QuantileCurve(List<Double> probabilities, List<List<Double>> steps, Unit unit) {
  /** Copies. */
  public QuantileCurve {
    probabilities = List.copyOf(probabilities);
    steps = steps.stream().map(List::copyOf).toList();
  }

  /**
   * A quantile of a step, linear between those that were learnt.
   *
   * @param step which step, from 0
   * @param probability between 0 and 1
   * @return the quantile; beyond those that were learnt, the outermost one
   */
  public double quantile(int step, double probability) {
    List<Double> q = steps.get(step);
    if (probability <= probabilities.get(0)) {
      return q.get(0);
    }
    for (int k = 1; k < q.size(); k++) {
      if (probability <= probabilities.get(k)) {
        double t =
            (probability - probabilities.get(k - 1))
                / (probabilities.get(k) - probabilities.get(k - 1));
        return q.get(k - 1) + t * (q.get(k) - q.get(k - 1));
      }
    }
    return q.get(q.size() - 1);
  }

  /**
   * The median of a step.
   *
   * @param step which step, from 0
   * @return the quantile of 0.5
   */
  public double median(int step) {
    return quantile(step, 0.5);
  }
}
