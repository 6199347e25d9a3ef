package io.millwright.runtime.simulation;

import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * One figure of several independent replications. Immutable.
 *
 * @param values the value of each replication, in their order; at least 2, all finite
 */
public record Sample(List<Double> values) {

  /** Checks and copies. */
  public Sample {
    values = List.copyOf(values);
    if (values.size() < 2 || values.stream().anyMatch(v -> !Double.isFinite(v))) {
      throw new IllegalArgumentException("a sample needs two finite values: " + values);
    }
  }

  /**
   * The mean over replications.
   *
   * @return the mean
   */
  public double mean() {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  /**
   * The standard deviation of one replication.
   *
   * @return the square root of the unbiased variance
   */
  public double deviation() {
    double mean = mean();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  /**
   * Half the width of the confidence interval of the mean, by Student's t.
   *
   * @param level the confidence, between 0 and 1, both excluded
   * @return the half width, 0 or more
   */
  public double halfWidth(double level) {
    int n = values.size();
    double t = new TDistribution(n - 1.0).inverseCumulativeProbability((1 + level) / 2);
    return t * deviation() / Math.sqrt(n);
  }

  /**
   * The paired difference to another variant that met the same random numbers.
   *
   * @param other as many replications with the same key
   * @return this less the other, replication by replication
   */
  public Sample minus(Sample other) {
    if (other.values.size() != values.size()) {
      throw new IllegalArgumentException(
          values.size() + " replications less " + other.values.size());
    }
    return new Sample(
        IntStream.range(0, values.size())
            .mapToObj(r -> values.get(r) - other.values.get(r))
            .toList());
  }

  /**
   * An empirical quantile, linear between the values in order.
   *
   * @param probability from 0 to 1
   * @return the quantile
   */
  public double quantile(double probability) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    double at = probability * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
