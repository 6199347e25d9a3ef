package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * Where a shift comes from (root cause attribution).
 *
 * @param shift how far the mean of the target moved, with its interval
 * @param parts what each variable contributes, the largest first
 * @param words the finding, for people
 */
public record Attribution(Span shift, List<Part> parts, String words) {
  /** Checks and copies. */
  public Attribution {
    Objects.requireNonNull(shift, "shift");
    parts = List.copyOf(parts);
    Objects.requireNonNull(words, "words");
  }

  /**
   * What one variable contributes.
   *
   * @param column the variable
   * @param share its part of the shift, with its interval; below 0 where it works against the shift
   */
  public record Part(String column, Span share) {
    /** Checks. */
    public Part {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(share, "share");
    }
  }
}
