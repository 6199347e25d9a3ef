package io.millwright.api.spi;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything that is wrong with one thing, so that it can be said at once. Not
 * thread-safe.
 */
public final class Problems {

  private final String what;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Starts an empty collection.
   *
   * @param what the thing that is checked, as it should stand in the message
   */
  public Problems(String what) {
    this.what = what;
  }

  /**
   * Adds a problem.
   *
   * @param code the kind
   * @param place where
   * @param message what, with the offending value
   * @param remedy what to do, as the rest of a sentence that starts with "Maybe"; may be empty
   */
  public void add(ErrorCode code, String place, String message, String remedy) {
    findings.add(new Finding(code, place, message, remedy));
  }

  /**
   * What was collected so far.
   *
   * @return the findings in the order they were added
   */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * Throws when anything was collected.
   *
   * @throws MillwrightException with all findings
   */
  public void throwIfAny() {
    if (!findings.isEmpty()) {
      throw MillwrightException.of(what, findings);
    }
  }
}
