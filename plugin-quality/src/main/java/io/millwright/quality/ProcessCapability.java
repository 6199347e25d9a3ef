package io.millwright.quality;

import java.util.Objects;
import java.util.Optional;

/**
 * How well a process keeps within its limits, for normally distributed readings of a process in
 * control. With one limit only, Cp does not exist.
 *
 * @param readings how many readings it was computed from
 * @param mean their mean
 * @param deviation their standard deviation (divisor n - 1)
 * @param cp (upper - lower) / (6 deviations), with its interval from the chi-square distribution
 *     (Montgomery 2013, equation 8.19); empty with one limit
 * @param cpk the distance from the mean to the nearer limit / (3 deviations), with Bissell's
 *     interval (1990; Montgomery 2013, equation 8.21)
 * @param level the level of the intervals
 */
public record ProcessCapability(
    int readings, double mean, double deviation, Optional<Index> cp, Index cpk, double level) {

  /**
   * An index with its interval.
   *
   * @param value its estimate
   * @param low the lower end
   * @param high the upper end
   */
  public record Index(double value, double low, double high) {}

  /** Checks. */
  public ProcessCapability {
    Objects.requireNonNull(cp, "cp");
    Objects.requireNonNull(cpk, "cpk");
  }
}
