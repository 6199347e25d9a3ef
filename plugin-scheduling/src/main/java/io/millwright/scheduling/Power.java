package io.millwright.scheduling;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a machine draws in each of its states, in kilowatts (ISO 20140-5 calls them the energy
 * states of a unit).
 *
 * <p>A machine is off before its first set-up or operation and after its last, and in the closed
 * windows of its calendar. In between it works, is set up, or idles; an operation that pauses
 * because a resource is away idles. A span between two operations, or before the operation that the
 * machine was set up for, that holds at least {@code offAfter} ticks of open time is spent off.
 *
 * @param working while an operation is worked on
 * @param setup during set-ups
 * @param idle while it stands ready
 * @param off while it is off or on standby
 * @param offAfter from how many ticks on it is switched off for a span without work; empty when it
 *     never is
 */
public record Power(double working, double setup, double idle, double off, OptionalLong offAfter) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Power {
    Objects.requireNonNull(offAfter, "offAfter");
  }

  /**
   * A machine that draws nothing when it is off and is never switched off between operations.
   *
   * @param working while an operation is worked on, and during set-ups
   * @param idle while it stands ready
   * @return the power
   */
  public static Power of(double working, double idle) {
    return new Power(working, working, idle, 0, OptionalLong.empty());
  }
}
