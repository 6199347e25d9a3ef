package io.millwright.production;

import java.util.List;

/**
 * The load of the next periods.
 *
 * @param probabilities the probabilities of the quantiles, rising
 * @param periods the next periods in order
 */
public record LoadForecast(List<Double> probabilities, List<Period> periods) {

  /**
   * One period.
   *
   * @param label its label
   * @param mean the expected load (least squared error)
   * @param quantiles one for each probability, rising; the middle one has the least absolute error
   */
  public record Period(String label, double mean, List<Double> quantiles) {
    /** Copies. */
    public Period {
      quantiles = List.copyOf(quantiles);
    }
  }

  /** Copies. */
  public LoadForecast {
    probabilities = List.copyOf(probabilities);
    periods = List.copyOf(periods);
  }

  /**
   * A quantile, linear between those that were learnt.
   *
   * @param period which period, from 0
   * @param probability between 0 and 1
   * @return the quantile; beyond the outermost one, that one
   */
  public double quantile(int period, double probability) {
    List<Double> q = periods.get(period).quantiles;
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
   * The median of a period.
   *
   * @param period which period, from 0
   * @return the quantile of 0.5
   */
  public double median(int period) {
    return quantile(period, 0.5);
  }
}
