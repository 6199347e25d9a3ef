package io.millwright.scheduling;

import java.util.Objects;

/**
 * How long parts take from one machine to another, between an operation and those of the same job
 * that come after it (transportation time). Nights and weekends do not stop them.
 *
 * @param from the machine they leave
 * @param to the machine they go to
 * @param duration the ticks, not negative
 */
public record Transport(String from, String to, long duration) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Transport {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
