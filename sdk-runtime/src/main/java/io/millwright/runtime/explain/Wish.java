package io.millwright.runtime.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a counterfactual must reach, and what may move (constraints of a counterfactual). Immutable
 * and thread-safe.
 *
 * @param low the explained number must be at least this; negative infinity for no limit
 * @param high the explained number must be at most this; positive infinity for no limit
 * @param frozen columns that never move
 * @param ranges how far columns may move; without an entry, to the ends of the background
 * @param costs how dear it is to move a column by its usual spread; 1 without an entry
 */
public record Wish(
    double low,
    double high,
    Set<String> frozen,
    Map<String, Range> ranges,
    Map<String, Double> costs) {

  /**
   * The values that a column may take.
   *
   * @param low the least
   * @param high the largest
   */
  public record Range(double low, double high) {
    /** Checks. */
    public Range {
      if (!(low <= high)) {
        throw new IllegalArgumentException("range from " + low + " to " + high);
      }
    }
  }

  /** Checks and copies. */
  public Wish {
    if (!(low <= high)) {
      throw new IllegalArgumentException("wished is an answer from " + low + " to " + high);
    }
    frozen = Set.copyOf(frozen);
    ranges = Map.copyOf(ranges);
    costs = Map.copyOf(costs);
    costs.forEach(
        (column, cost) -> {
          if (!(cost > 0)) {
            throw new IllegalArgumentException("the cost of " + column + " is " + cost);
          }
        });
  }

  /**
   * The explained number at most a limit.
   *
   * @param limit the limit
   * @return the wish
   */
  public static Wish atMost(double limit) {
    return new Wish(Double.NEGATIVE_INFINITY, limit, Set.of(), Map.of(), Map.of());
  }

  /**
   * The explained number at least a limit.
   *
   * @param limit the limit
   * @return the wish
   */
  public static Wish atLeast(double limit) {
    return new Wish(limit, Double.POSITIVE_INFINITY, Set.of(), Map.of(), Map.of());
  }

  /**
   * Some columns never move.
   *
   * @param columns their names
   * @return the new wish
   */
  public Wish freezing(String... columns) {
    Set<String> all = new HashSet<>(frozen);
    all.addAll(Set.of(columns));
    return new Wish(low, high, all, ranges, costs);
  }

  /**
   * A column stays within a range.
   *
   * @param column its name
   * @param least the least value
   * @param largest the largest value
   * @return the new wish
   */
  public Wish within(String column, double least, double largest) {
    Map<String, Range> all = new HashMap<>(ranges);
    all.put(column, new Range(least, largest));
    return new Wish(low, high, frozen, all, costs);
  }

  /**
   * A column is dear or cheap to move.
   *
   * @param column its name
   * @param cost the cost of one usual spread, more than 0
   * @return the new wish
   */
  public Wish costing(String column, double cost) {
    Map<String, Double> all = new HashMap<>(costs);
    all.put(column, cost);
    return new Wish(low, high, frozen, ranges, all);
  }

  /**
   * Whether an answer is as wished.
   *
   * @param answer the explained number
   * @return whether it lies within the limits; false for NaN
   */
  public boolean metBy(double answer) {
    return answer >= low && answer <= high;
  }
}
