package io.millwright.scheduling;

import java.util.Objects;

/**
 * When and where one operation is done.
 *
 * @param job the job's name
 * @param operation the operation's name
 * @param machine the machine's name
 * @param setup working time of the set-up right before it on this machine, in ticks; it begins as
 *     soon as the machine is free
 * @param start the tick at which it begins
 * @param end the first tick after it, pauses of the machine included
 */
public record Assignment(
    String job, String operation, String machine, long setup, long start, long end) {

  /** Checks for nulls. */
  public Assignment {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(machine, "machine");
  }
}
