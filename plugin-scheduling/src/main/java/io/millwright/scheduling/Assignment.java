package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * When and where one operation is done (assigned operation).
 *
 * @param job the job's name
 * @param operation the operation's name
 * @param machine the machine's name
 * @param setup working time of the set-up right before it on this machine, in ticks; it begins as
 *     soon as the machine is free
 * @param start the tick at which it begins
 * @param end the first tick after it, pauses of the machine included
 * @param held the resources that meet its needs, one name for each unit, in the order of its needs;
 *     empty when every need names the one resource that can meet it
 */
public record Assignment(
    String job,
    String operation,
    String machine,
    long setup,
    long start,
    long end,
    List<String> held) {

  /** Checks for nulls and copies. */
  public Assignment {
    held = List.copyOf(held);
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(machine, "machine");
  }

  /**
   * An assignment whose needs name the resources that meet them.
   *
   * @param job the job's name
   * @param operation the operation's name
   * @param machine the machine's name
   * @param setup working time of the set-up right before it
   * @param start the tick at which it begins
   * @param end the first tick after it
   */
  public Assignment(
      String job, String operation, String machine, long setup, long start, long end) {
    this(job, operation, machine, setup, start, end, List.of());
  }
}
