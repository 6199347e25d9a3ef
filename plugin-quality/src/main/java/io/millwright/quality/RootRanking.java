package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * Where an incident began, as far as readings tell (root cause localisation).
 *
 * @param named whether a root is named: fewer than 5 % of windows of normal operation have a first
 *     root as large
 * @param chance that share of normal windows
 * @param roots the components that the target depends on, the probable root first
 * @param words the finding, for people
 */
public record RootRanking(boolean named, double chance, List<Root> roots, String words) {
  /** Copies. */
  public RootRanking {
    roots = List.copyOf(roots);
    Objects.requireNonNull(words, "words");
  }

  /**
   * A component.
   *
   * @param component its name
   * @param own by how much its own amount a row rose: what it passes on more than before, less what
   *     unusual components pass on to it
   * @param sure the same less twice its standard deviation in normal operation, by which components
   *     are ranked; minus infinity for one that was hardly at work before, and cannot be compared
   */
  public record Root(String component, double own, double sure) {}
}
