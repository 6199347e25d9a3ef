package io.millwright.api;

import io.millwright.api.data.Unit;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The value of one objective, which is minimised, and what is proven about it.
 *
 * @param name the objective's name, such as {@code makespan}
 * @param value its value
 * @param unit the unit of the value and the bound
 * @param bound a proven lower bound, or empty when none is known
 * @param foundBy the name of the method that found the value, such as {@code tabu search}
 * @param provedBy the name of the method that proved the bound; empty text when there is no bound
 */
public record ObjectiveValue(
    String name, double value, Unit unit, OptionalDouble bound, String foundBy, String provedBy) {

  /** Checks. */
  public ObjectiveValue {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(foundBy, "foundBy");
    Objects.requireNonNull(provedBy, "provedBy");
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("the value of objective " + name + " is NaN");
    }
    if (bound.isPresent() && bound.getAsDouble() > value + 1e-6 * Math.max(1, Math.abs(value))) {
      throw new IllegalArgumentException(
          "objective " + name + " is " + value + ", below its proven bound " + bound.getAsDouble());
    }
  }

  /**
   * The relative distance to the bound, (value - bound) / max(|bound|, 1e-9).
   *
   * @return the gap, 0 when proven optimal, or empty without a bound
   */
  public OptionalDouble gap() {
    return bound.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.max(0, value - bound.getAsDouble())
                / Math.max(Math.abs(bound.getAsDouble()), 1e-9));
  }
}
