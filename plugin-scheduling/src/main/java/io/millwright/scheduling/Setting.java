package io.millwright.scheduling;

import java.util.Objects;

/**
 * A set-up that runs on a machine when planning begins. It goes on if an operation of its family
 * comes first; for any other the machine is set up anew from the family it was set for before.
 *
 * @param to the family it is being set for
 * @param since the tick at which the set-up began
 */
public record Setting(String to, long since) {

  /** Checks for nulls. */
  public Setting {
    Objects.requireNonNull(to, "to");
  }
}
