package io.millwright.api.text;

/**
 * A typed stretch of a text (named entity), as known from annotation.
 *
 * @param start the first character, counted from 0 in UTF-16 units
 * @param end the character behind the last one
 * @param type what the stretch names, such as {@code component}
 */
public record Span(int start, int end, String type) {
  /** Checks. */
  public Span {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "span from " + start + " to " + end + ", but it must hold at least one character");
    }
    if (type.isBlank()) {
      throw new IllegalArgumentException("a span needs a type");
    }
  }
}
