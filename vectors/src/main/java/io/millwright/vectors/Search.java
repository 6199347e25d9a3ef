package io.millwright.vectors;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is looked for (nearest neighbour query).
 *
 * @param count how many neighbours, 1 to 10,000
 * @param tags what a neighbour must be tagged with
 * @param exact whether every vector is compared, also where a part would be
 * @param effort how many vectors with these tags are compared at least, whole lists at a time; more
 *     finds more of the true neighbours and takes longer. 0 for what was measured when the index
 *     was built
 */
public record Search(int count, Map<String, String> tags, boolean exact, int effort) {

  private static final int MOST = 10_000;

  /** Checks and copies. */
  public Search {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    if (count < 1 || count > MOST || effort < 0) {
      throw new IllegalArgumentException(
          "a search for "
              + count
              + " with the effort "
              + effort
              + ", but 1 to "
              + MOST
              + ", and at least 0, are possible");
    }
  }

  /**
   * The nearest ones of all.
   *
   * @param count how many
   * @return the search
   */
  public static Search nearest(int count) {
    return new Search(count, Map.of(), false, 0);
  }

  /**
   * Only among those with a tag.
   *
   * @param tag its name
   * @param value its value
   * @return the new search
   */
  public Search where(String tag, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(tag, value);
    return new Search(count, more, exact, effort);
  }

  /**
   * Compares every vector.
   *
   * @return the new search
   */
  public Search exactly() {
    return new Search(count, tags, true, effort);
  }

  /**
   * Another effort.
   *
   * @param compared how many vectors are compared at least
   * @return the new search
   */
  public Search effort(int compared) {
    return new Search(count, tags, exact, compared);
  }
}
