package io.millwright.vectors;

import java.util.Objects;

/**
 * Two vectors that are nearly the same.
 *
 * @param first the id of the one that was added first
 * @param second the id of the other
 * @param similarity their cosine similarity
 */
public record Duplicate(String first, String second, double similarity) {
  /** Checks. */
  public Duplicate {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
  }
}
