package io.millwright.scheduling;

import java.util.Objects;
import java.util.Optional;

/**
 * One link of the chain that binds a job's end: an operation, and why it does not begin earlier.
 *
 * @param operation the operation
 * @param cause what it waits for
 * @param by the operation it waits for, or empty when it waits for none
 */
public record Link(Assignment operation, Cause cause, Optional<Assignment> by) {

  /** What an operation can wait for. */
  public enum Cause {
    /** The release of its job. */
    RELEASE,
    /** The start of planning. */
    PLANNING,
    /** An operation of its own job. */
    PRECEDENCE,
    /** The operation before it on its machine, and the set-up between them. */
    MACHINE,
    /** A secondary resource that others hold. */
    RESOURCE,
    /** The machine's calendar. */
    CALENDAR,
    /** It is pinned at its time. */
    PIN
  }

  /** Checks for nulls. */
  public Link {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(by, "by");
  }
}
