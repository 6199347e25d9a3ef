package io.millwright.supplychain;

import java.util.List;

/**
 * What is known of one future quantity (probabilistic forecast): its expected value, and its
 * quantile function as straight lines between given quantiles. Beyond the outer ones the outer ones
 * count.
 *
 * @param mean the point forecast, which is judged by errors; need not be the mean of the quantiles
 * @param probabilities rising, between 0 and 1; at least two
 * @param quantiles one for each probability, not falling
 */
public record Distribution(double mean, List<Double> probabilities, List<Double> quantiles) {

  /** Checks and copies. */
  public Distribution {
    probabilities = List.copyOf(probabilities);
    quantiles = List.copyOf(quantiles);
    if (probabilities.size() < 2 || probabilities.size() != quantiles.size()) {
      throw new IllegalArgumentException(
          probabilities.size() + " probabilities and " + quantiles.size() + " quantiles");
    }
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean is " + mean);
    }
    for (int i = 0; i < probabilities.size(); i++) {
      double p = probabilities.get(i);
      double before = i == 0 ? 0 : probabilities.get(i - 1);
      if (!(p > before && p < 1)
          || !Double.isFinite(quantiles.get(i))
          || (i > 0 && quantiles.get(i) < quantiles.get(i - 1))) {
        throw new IllegalArgumentException(
            "quantiles " + quantiles + " at the probabilities " + probabilities);
      }
    }
  }

  /**
   * A quantile.
   *
   * @param probability between 0 and 1
   * @return the value that the truth stays below with this probability
   */
  public double quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability is " + probability + ", but must lie between 0 and 1");
    }
    int last = probabilities.size() - 1;
    if (probability <= probabilities.get(0)) {
      return quantiles.get(0);
    }
    for (int i = 1; i <= last; i++) {
      double p = probabilities.get(i);
      if (probability <= p) {
        double before = probabilities.get(i - 1);
        double part = (probability - before) / (p - before);
        return quantiles.get(i - 1) + part * (quantiles.get(i) - quantiles.get(i - 1));
      }
    }
    return quantiles.get(last);
  }

  /**
   * How much is expected to be missing from a stock of some size.
   *
   * @param stock the stock
   * @return the mean of what the truth exceeds it by
   */
  public double shortage(double stock) {
    double sum = 0;
    for (int i = 0; i < quantiles.size(); i++) {
      sum += weight(i) * Math.max(0, quantiles.get(i) - stock);
    }
    return sum;
  }

  /**
   * How much is expected to be left of a stock of some size.
   *
   * @param stock the stock
   * @return the mean of what it exceeds the truth by
   */
  public double excess(double stock) {
    double sum = 0;
    for (int i = 0; i < quantiles.size(); i++) {
      sum += weight(i) * Math.max(0, stock - quantiles.get(i));
    }
    return sum;
  }

  /** The probability that a quantile stands for: half of the way to its neighbours. */
  private double weight(int i) {
    double p = probabilities.get(i);
    double before = i == 0 ? 0 : (probabilities.get(i - 1) + p) / 2;
    double after = i == quantiles.size() - 1 ? 1 : (probabilities.get(i + 1) + p) / 2;
    return after - before;
  }
}
