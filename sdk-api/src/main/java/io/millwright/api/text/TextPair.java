package io.millwright.api.text;

import java.util.Objects;

/**
 * Two texts that are compared. The order does not matter to models of pairs.
 *
 * @param one the first text
 * @param other the second text
 */
public record TextPair(String one, String other) {
  /** Checks. */
  public TextPair {
    Objects.requireNonNull(one, "one");
    Objects.requireNonNull(other, "other");
  }
}
