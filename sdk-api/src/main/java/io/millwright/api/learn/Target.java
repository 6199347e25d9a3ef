package io.millwright.api.learn;

import io.millwright.api.data.Unit;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How a plug-in's type of answer becomes what a network learns, and back. The functions are code of
 * the plug-in; what a bundle stores of a target is data: unit, limits, classes. The functions must
 * be pure and thread-safe.
 *
 * @param <V> the plug-in's type of answer
 */
public sealed interface Target<V> {

  /**
   * A number.
   *
   * @param unit its unit
   * @param low the least value that can be told apart: a truth below it counts as it; negative
   *     infinity for no limit
   * @param high the largest value that can be told apart: a truth above it counts as it, and a
   *     prediction there means "at least"; positive infinity for no limit
   * @param number the number of an answer
   * @param value the answer of a number
   * @param <V> the plug-in's type of answer
   */
  record Quantity<V>(
      Unit unit, double low, double high, ToDoubleFunction<V> number, Reading<V> value)
      implements Target<V> {
    /** Checks. */
    public Quantity {
      Objects.requireNonNull(unit, "unit");
      Objects.requireNonNull(number, "number");
      Objects.requireNonNull(value, "value");
      if (!(low < high)) {
        throw new IllegalArgumentException("low is " + low + " and high is " + high);
      }
    }
  }

  /**
   * Turns a predicted number into an answer.
   *
   * @param <V> the plug-in's type of answer
   */
  @FunctionalInterface
  interface Reading<V> {
    /**
     * The answer of a number.
     *
     * @param number the number, within the limits of the target
     * @param atLeast whether the number stands at the upper limit, so that the truth is at least as
     *     large
     * @return the answer
     */
    V of(double number, boolean atLeast);
  }

  /**
   * One of several classes. Which ones there are is learnt from the data.
   *
   * @param label the label of an answer
   * @param value the answer of the classes' calibrated probabilities
   * @param <V> the plug-in's type of answer
   */
  record Category<V>(Function<V, String> label, Function<ClassScores, V> value)
      implements Target<V> {
    /** Checks. */
    public Category {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * A plain number without limits.
   *
   * @param unit its unit
   * @return the target
   */
  static Target<Double> number(Unit unit) {
    return new Quantity<>(
        unit,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double::doubleValue,
        (v, atLeast) -> v);
  }

  /**
   * Plain classes: in training an answer's most probable label counts.
   *
   * @return the target
   */
  static Target<ClassScores> classes() {
    return new Category<>(ClassScores::best, s -> s);
  }
}
