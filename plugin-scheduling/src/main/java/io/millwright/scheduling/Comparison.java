package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two plans side by side.
 *
 * @param first the measures of the first plan
 * @param second the measures of the second plan
 * @param moves what differs, in the order of the second plan; operations of the first plan only
 *     come last
 */
public record Comparison(
    Map<Measure, Double> first, Map<Measure, Double> second, List<Move> moves) {

  /** Copies. */
  public Comparison {
    first = Collections.unmodifiableMap(new LinkedHashMap<>(first));
    second = Collections.unmodifiableMap(new LinkedHashMap<>(second));
    moves = List.copyOf(moves);
  }

  /**
   * Compares two plans of one shop.
   *
   * @param shop the shop by which both are measured
   * @param a the first plan
   * @param b the second plan
   * @return the comparison
   */
  public static Comparison of(Shop shop, Schedule a, Schedule b) {
    return new Comparison(measures(shop, a), measures(shop, b), moves(a, b));
  }

  private static Map<Measure, Double> measures(Shop shop, Schedule plan) {
    Map<Measure, Double> all = new EnumMap<>(Measure.class);
    for (Measure m : Measure.values()) {
      all.put(m, m.of(shop, plan));
    }
    return all;
  }

  /**
   * The operations that stand elsewhere: on another machine, or at another time.
   *
   * @param a the first plan
   * @param b the second plan
   * @return the moves
   */
  static List<Move> moves(Schedule a, Schedule b) {
    Map<List<String>, Assignment> old = new LinkedHashMap<>();
    a.assignments().forEach(x -> old.put(List.of(x.job(), x.operation()), x));
    List<Move> moves = new ArrayList<>();
    for (Assignment x : b.assignments()) {
      Assignment y = old.remove(List.of(x.job(), x.operation()));
      if (y == null
          || !y.machine().equals(x.machine())
          || y.start() != x.start()
          || y.end() != x.end()) {
        moves.add(new Move(Optional.ofNullable(y), Optional.of(x)));
      }
    }
    old.values().forEach(y -> moves.add(new Move(Optional.of(y), Optional.empty())));
    return moves;
  }
}
