package io.millwright.maintenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The risk that a machine fails within the horizon.
 *
 * @param probability the calibrated probability of any failure
 * @param threshold the probability from which on action pays, chosen on held-out data
 * @param modes the probability of each mode of failure, most probable first
 */
public record FailureRisk(double probability, double threshold, Map<String, Double> modes) {

  /** Copies. */
  public FailureRisk {
    modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes));
  }

  /**
   * Whether to act: the probability reaches the threshold.
   *
   * @return true when it does
   */
  public boolean alarm() {
    return probability >= threshold;
  }
}
