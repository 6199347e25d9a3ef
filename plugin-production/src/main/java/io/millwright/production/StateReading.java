package io.millwright.production;

import java.time.Instant;
import java.util.Objects;

/**
 * One row of a machine state log: a sample of what the machine did at a moment.
 *
 * @param resource the machine
 * @param at the moment
 * @param state the state, by its name or number
 * @param amount how much of the slot the state took, in the log's own unit (such as seconds); at
 *     least 0
 * @param pieces pieces made since the last row; at least 0, NaN when not recorded
 */
public record StateReading(
    String resource, Instant at, String state, double amount, double pieces) {
  /** Checks for null. */
  public StateReading {
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(state, "state");
  }
}
