package io.millwright.scheduling;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a search had reached at one moment (convergence curve); a listener of the job's progress
 * collects them.
 *
 * @param at the time since the search began
 * @param value the objective
 * @param bound its proven bound, or empty
 */
public record HistoryPoint(Duration at, double value, OptionalDouble bound) {

  /** Checks for nulls. */
  public HistoryPoint {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(bound, "bound");
  }
}
