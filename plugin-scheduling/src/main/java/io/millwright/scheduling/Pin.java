package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the planner has decided already (fixed decision): an operation stays on a machine and, with
 * a start, at its time. An operation that runs, or is done, is pinned with the start it had; the
 * start of the horizon does not bind it.
 *
 * @param job the job's name
 * @param operation the operation's name
 * @param machine the machine it stays on
 * @param start the tick at which it begins, or empty when only the machine is decided
 * @param held who or what meets its needs, as in {@link Assignment#held}; empty leaves it open
 */
public record Pin(
    String job, String operation, String machine, OptionalLong start, List<String> held) {

  /** Checks for nulls and copies. */
  public Pin {
    held = List.copyOf(held);
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
    return new Pin(job, operation, machine, OptionalLong.empty(), List.of());
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
    return new Pin(job, operation, machine, OptionalLong.of(start), List.of());
  }

  /**
   * Keeps an operation as it is planned: its machine, its time and what it holds.
   *
   * @param a the assignment
   * @return the pin
   */
  public static Pin of(Assignment a) {
    return new Pin(a.job(), a.operation(), a.machine(), OptionalLong.of(a.start()), a.held());
  }
}
