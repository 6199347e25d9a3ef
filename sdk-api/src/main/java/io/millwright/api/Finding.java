package io.millwright.api;

import java.util.Objects;

/**
 * One thing found wrong or remarkable, in a form that programs can sort and people can act on.
 *
 * @param code the kind of problem
 * @param place where: an option, a column, a row, a file; never empty
 * @param message what, with the offending value
 * @param remedy what to do about it, as a sentence; may be empty
 */
public record Finding(ErrorCode code, String place, String message, String remedy) {

  /** Checks. */
  public Finding {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    if (place.isBlank()) {
      throw new IllegalArgumentException("a finding needs a place: " + message);
    }
  }

  /**
   * A finding without a remedy.
   *
   * @param code the kind of problem
   * @param place where
   * @param message what
   * @return the finding
   */
  public static Finding of(ErrorCode code, String place, String message) {
    return new Finding(code, place, message, "");
  }

  @Override
  public String toString() {
    return "["
        + code
        + "] "
        + place
        + ": "
        + message
        + (remedy.isEmpty() ? "" : "\n  Maybe " + remedy);
  }
}
