package io.millwright.api.head;

import io.millwright.api.data.Unit;
import io.millwright.api.learn.ClassScores;

import java.util.Optional;

/** The known heads. */
public final class Heads {

  private Heads() {}

  /**
   * A number, whose labels may be right-censored.
   *
   * @param unit its unit
   * @param low the least value that can be told apart: a truth below it counts as it; negative
   *     infinity for no limit
   * @param high the largest value that can be told apart: a truth above it counts as it, and a
   *     prediction there means "at least"; positive infinity for no limit
   * @return the head
   */
  public static Head<Amount, Amount> quantity(Unit unit, double low, double high) {
    return new QuantityHead(unit, low, high);
  }

  /**
   * A plain number without limits, every label of which is known.
   *
   * @param unit its unit
   * @return the head
   */
  public static Head<Double, Double> number(Unit unit) {
    return quantity(unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
        .<Double>labelled(Amount::of)
        .answering(Amount::value);
  }

  /**
   * One of several classes; which ones there are is learnt from the labels.
   *
   * @return the head
   */
  public static Head<String, ClassScores> classes() {
    return new ClassesHead();
  }

  /**
   * The known head that reads a bundle's data, for tools that know no plug-in.
   *
   * @param kind the head's kind
   * @param unit the unit of the model's answers
   * @return the head, or empty for a kind that a plug-in brought
   */
  public static Optional<Head<?, ?>> ofKind(String kind, Unit unit) {
    return switch (kind) {
      case "quantity" ->
          Optional.of(
              quantity(unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                  .answering(Amount::value));
      case "classes" -> Optional.of(classes());
      default -> Optional.empty();
    };
  }
}
