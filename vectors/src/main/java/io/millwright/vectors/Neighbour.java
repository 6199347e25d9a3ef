package io.millwright.vectors;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A vector that was found.
 *
 * @param id its id
 * @param similarity its cosine similarity to the query, -1 to 1
 * @param tags its tags
 */
public record Neighbour(String id, double similarity, Map<String, String> tags) {
  /** Checks and copies. */
  public Neighbour {
    Objects.requireNonNull(id, "id");
    SortedMap<String, String> copy = new TreeMap<>(tags);
    tags = java.util.Collections.unmodifiableSortedMap(copy);
  }
}
