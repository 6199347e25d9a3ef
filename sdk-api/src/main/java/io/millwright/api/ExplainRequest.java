package io.millwright.api;

import java.util.Optional;

/**
 * What to explain (options of an explanation).
 *
 * @param label the class whose probability is explained, or empty for the predicted quantity or the
 *     most probable class
 * @param most how many contributions to return at the most, at least 1
 */
public record ExplainRequest(Optional<String> label, int most) {

  /** Checks. */
  public ExplainRequest {
    if (most < 1) {
      throw new IllegalArgumentException("most is " + most + ", but must be at least 1");
    }
  }

  /**
   * The ten largest contributions to the predicted quantity or the most probable class.
   *
   * @return the request
   */
  public static ExplainRequest standard() {
    return new ExplainRequest(Optional.empty(), 10);
  }
}
