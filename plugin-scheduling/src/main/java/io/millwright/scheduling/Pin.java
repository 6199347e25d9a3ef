package io.millwright.scheduling;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the planner has decided already: an operation stays on a machine and, with a start, at its
 * time. An operation that runs, or is done, is pinned with the start it had; the start of the
 * horizon does not bind it.
 *
 * @param job the job's name
 * @param operation the operation's name
 * @param machine the machine it stays on
 * @param start the tick at which it begins, or empty when only the machine is decided
 */
public record Pin(String job, String operation, String machine, OptionalLong start) {

  /** Checks for nulls. */
  public Pin {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(start, "start");
  }

  /**
   * Keeps an operation on a machine.
   *
   * @param job the job's name
   * @param operation the operation's name
   * @param machine the machine
   * @return the pin
   */
  public static Pin to(String job, String operation, String machine) {
    return new Pin(job, operation, machine, OptionalLong.empty());
  }

  /**
   * Keeps an operation on a machine at a time: frozen, running or done.
   *
   * @param job the job's name
   * @param operation the operation's name
   * @param machine the machine
   * @param start the tick at which it begins or began
   * @return the pin
   */
  public static Pin at(String job, String operation, String machine, long start) {
    return new Pin(job, operation, machine, OptionalLong.of(start));
  }
}
