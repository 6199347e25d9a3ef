package io.millwright.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Millwright throws (error): a stable code, a message that names the values and the way out,
 * and, where several things are wrong, all of them at once.
 */
public final class MillwrightException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final transient List<Finding> findings;

  /**
   * One problem.
   *
   * @param code the kind of problem
   * @param message what is wrong, with the values; the way out on a second line that starts with
   *     "Maybe"
   */
  public MillwrightException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /**
   * One problem with a cause.
   *
   * @param code the kind of problem
   * @param message what is wrong, with the values
   * @param cause what led to it, or null
   */
  public MillwrightException(ErrorCode code, String message, @Nullable Throwable cause) {
    super("[" + code + "] " + message, cause);
    this.code = code;
    this.findings = List.of();
  }

  private MillwrightException(String message, List<Finding> findings) {
    super(message);
    this.code = findings.get(0).code();
    this.findings = findings;
  }

  /**
   * All problems found in one thing.
   *
   * @param what the thing, such as {@code "training data"}
   * @param findings at least one; the first gives the exception its code
   * @return the exception to throw
   */
  public static MillwrightException of(String what, List<Finding> findings) {
    List<Finding> all = List.copyOf(findings);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no findings");
    }
    String text =
        all.size() == 1
            ? what + ": " + all.get(0)
            : all.stream()
                .map(f -> "  " + f.toString().replace("\n", "\n  "))
                .collect(
                    Collectors.joining("\n", what + " has " + all.size() + " problems:\n", ""));
    return new MillwrightException(text, all);
  }

  /**
   * The kind of problem; the first one when there are several.
   *
   * @return the code
   */
  public ErrorCode code() {
    return Objects.requireNonNull(code);
  }

  /**
   * All problems, when they were collected.
   *
   * @return the findings, empty when the message alone tells
   */
  public List<Finding> findings() {
    return findings;
  }
}
