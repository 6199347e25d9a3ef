package io.millwright.api.text;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A search for passages.
 *
 * @param text the question or the words; any text, none of it is syntax
 * @param most how many passages to give, at least 1
 * @param filters what the fields of passages must equal
 */
public record PassageQuery(String text, int most, Map<String, String> filters) {
  /** Checks and copies. */
  public PassageQuery {
    Objects.requireNonNull(text, "text");
    if (most < 1) {
      throw new IllegalArgumentException("most is " + most + ", but must be at least 1");
    }
    filters = Collections.unmodifiableMap(new TreeMap<>(filters));
  }

  /**
   * A search without filters.
   *
   * @param text the question
   * @param most how many passages to give
   * @return the query
   */
  public static PassageQuery of(String text, int most) {
    return new PassageQuery(text, most, Map.of());
  }
}
