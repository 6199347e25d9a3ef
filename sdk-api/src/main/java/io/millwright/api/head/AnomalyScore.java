package io.millwright.api.head;

import java.util.List;

/**
 * How far an input lies from what is usual (outlier score).
 *
 * @param score the mean squared error by which a network repeats the prepared input
 * @param rarity the share of usual inputs whose score is lower, between 0 and 1; NaN for a model
 *     without calibration
 * @param parts the squared error of each prepared value, in the order of the prepared input
 */
public record AnomalyScore(double score, double rarity, List<Double> parts) {
  /** Copies. */
  public AnomalyScore {
    parts = List.copyOf(parts);
  }

  /**
   * Whether the input is rarer than a rate of false alarms allows.
   *
   * @param rate the share of usual inputs that may raise an alarm, such as 0.01
   * @return true when it is; false for a model without calibration
   */
  public boolean alarm(double rate) {
    return rarity > 1 - rate;
  }
}
