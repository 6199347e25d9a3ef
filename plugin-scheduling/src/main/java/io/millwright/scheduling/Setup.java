package io.millwright.scheduling;

import java.util.Objects;

/**
 * How long it takes to change a machine over from one family of work to another. The change may
 * begin as soon as the machine is free, before the next job is there.
 *
 * @param from the family the machine is set for
 * @param to the family it is to be set for
 * @param duration the working time of the change, in ticks, not negative
 */
public record Setup(String from, String to, long duration) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Setup {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
