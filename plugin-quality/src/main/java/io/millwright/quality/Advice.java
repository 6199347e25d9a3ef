package io.millwright.quality;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which knob to move, and how far (robust optimum of a response surface). Intervals are at the
 * problem's confidence, two-sided.
 *
 * @param from the settings of today
 * @param to the settings advised
 * @param before the mean of the characteristic with the settings of today
 * @param after its mean with the settings advised
 * @param gain how much better, in units of the characteristic and before the cost of moving;
 *     distances from the target where there is one
 * @param cost what moving costs
 * @param risk the share of parts that may leave a safe range with the settings advised, at the most
 *     with the problem's confidence; 0 without safe ranges
 * @param moves the knobs that move, the most important first
 * @param interactions pairs of knobs that do not add up, the strongest first
 * @param words the advice, for people
 */
public record Advice(
    Map<String, Double> from,
    Map<String, Double> to,
    Span before,
    Span after,
    Span gain,
    double cost,
    double risk,
    List<Move> moves,
    List<Interaction> interactions,
    String words) {
  /** Copies. */
  public Advice {
    from = Map.copyOf(from);
    to = Map.copyOf(to);
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(gain, "gain");
    moves = List.copyOf(moves);
    interactions = List.copyOf(interactions);
    Objects.requireNonNull(words, "words");
  }

  /**
   * A move of one knob.
   *
   * @param column the knob
   * @param from where it stands
   * @param to where it goes
   * @param alone the gain when no other knob moves; below 0 where it helps beside others only
   * @param without what of the gain is lost when this knob stays and the others move; below 0 where
   *     it moves for the safe ranges
   */
  public record Move(String column, double from, double to, double alone, double without) {}

  /**
   * How far two knobs are from adding up.
   *
   * @param first a knob
   * @param second another one
   * @param size the root mean square of the second difference of the characteristic over the ranges
   */
  public record Interaction(String first, String second, double size) {}
}
