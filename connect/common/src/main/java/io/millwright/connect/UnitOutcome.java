package io.millwright.connect;

import io.millwright.api.Outcome;
import java.time.Instant;
import java.util.Objects;

/**
 * What a monitor said of a unit (streaming inference, one unit).
 *
 * @param unit the unit
 * @param at the time of the row that it was asked about
 * @param outcome a prediction or an abstention
 * @param <V> one answer
 */
public record UnitOutcome<V>(String unit, Instant at, Outcome<V> outcome) {

  /** Checks for nulls. */
  public UnitOutcome {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(outcome, "outcome");
  }
}
