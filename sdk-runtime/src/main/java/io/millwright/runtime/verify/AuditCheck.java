package io.millwright.runtime.verify;

import java.util.Objects;
import java.util.Optional;

/**
 * What verifying an audit log gave (verification of a hash chain).
 *
 * @param lines how many lines are whole and chained, from the first on
 * @param head the hash of the last of them; keep it elsewhere, and a log that was cut short is
 *     found too
 * @param broken the first line that is not, when there is one
 */
public record AuditCheck(long lines, String head, Optional<Broken> broken) {

  /**
   * A broken line.
   *
   * @param file the file's name
   * @param line its place in that file, counted from 1
   * @param number the number that it should have in the log
   * @param why what is wrong
   */
  public record Broken(String file, int line, long number, String why) {
    /** Checks. */
    public Broken {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(why, "why");
    }
  }

  /** Checks. */
  public AuditCheck {
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(broken, "broken");
  }

  /**
   * Whether every line is whole.
   *
   * @return true when none is broken
   */
  public boolean whole() {
    return broken.isEmpty();
  }
}
