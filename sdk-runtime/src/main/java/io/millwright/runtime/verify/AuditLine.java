package io.millwright.runtime.verify;

import java.time.Instant;
import java.util.Objects;

/**
 * One line of an audit log.
 *
 * @param number counted from 1, over all files of the log
 * @param at when, by the host's clock
 * @param who a person or a program
 * @param what what was done, in capital letters and underscores, such as {@code PROMOTED}
 * @param about what it was done to, such as a model's name
 * @param detail more about it; may be empty
 */
public record AuditLine(
    long number, Instant at, String who, String what, String about, String detail) {
  /** Checks. */
  public AuditLine {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(detail, "detail");
    if (!what.matches("[A-Z][A-Z0-9_]{1,63}")) {
      throw new IllegalArgumentException(
          "what was done is \""
              + what
              + "\", but must be 2 to 64 capital letters, digits and underscores\n"
              + "Maybe write it as PROMOTED");
    }
  }
}
