package io.millwright.quality;

import java.util.Objects;

/**
 * A monotone trend (Mann-Kendall test, Theil-Sen slope).
 *
 * @param z the normal deviate of Mann and Kendall, above 0 for a rise
 * @param p the two-sided probability of at least that without a trend
 * @param slope Sen's slope in units of the values for each step, with its interval
 */
public record Trend(double z, double p, Span slope) {
  /** Checks. */
  public Trend {
    Objects.requireNonNull(slope, "slope");
  }
}
