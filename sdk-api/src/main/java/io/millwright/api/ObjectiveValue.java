package io.millwright.api;

import io.millwright.api.data.Unit;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The value of one objective, which is minimised, and what is proven about it. */
public final class ObjectiveValue {

  private final String name;
  private final double value;
  private final Unit unit;
  private final OptionalDouble bound;
  private final String foundBy;
  private final String provedBy;

  private ObjectiveValue(Builder from) {
    value = from.value;
    bound = from.bound;
    name = Objects.requireNonNull(from.name, "name");
    unit = Objects.requireNonNull(from.unit, "unit");
    foundBy = Objects.requireNonNull(from.foundBy, "foundBy");
    provedBy = Objects.requireNonNull(from.provedBy, "provedBy");

    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("the value of objective " + name + " is NaN");
    }
    if (bound.isPresent() && bound.getAsDouble() > value + 1e-6 * Math.max(1, Math.abs(value))) {
      throw new IllegalArgumentException(
          "objective " + name + " is " + value + ", below its proven bound " + bound.getAsDouble());
    }
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the objective's name, such as {@code makespan}} */
  public String name() {
    return name;
  }

  /** {@return its value} */
  public double value() {
    return value;
  }

  /** {@return the unit of the value and the bound} */
  public Unit unit() {
    return unit;
  }

  /** {@return a proven lower bound, or empty when none is known} */
  public OptionalDouble bound() {
    return bound;
  }

  /** {@return the name of the method that found the value, such as {@code tabu search}} */
  public String foundBy() {
    return foundBy;
  }

  /** {@return the name of the method that proved the bound; empty text when there is no bound} */
  public String provedBy() {
    return provedBy;
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ObjectiveValue that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "ObjectiveValue[name="
        + name
        + ", value="
        + value
        + ", unit="
        + unit
        + ", bound="
        + bound
        + ", foundBy="
        + foundBy
        + ", provedBy="
        + provedBy
        + "]";
  }

  private List<Object> parts() {
    return List.of(name, value, unit, bound, foundBy, provedBy);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String name;
    private double value;
    private Unit unit = Unit.NONE;
    private OptionalDouble bound = OptionalDouble.empty();
    private String foundBy = "";
    private String provedBy = "";

    private Builder() {}

    /**
     * Sets {@link ObjectiveValue#name}.
     *
     * @param value the objective's name, such as {@code makespan}
     * @return this
     */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /**
     * Sets {@link ObjectiveValue#value}.
     *
     * @param value its value
     * @return this
     */
    public Builder value(double value) {
      this.value = value;
      return this;
    }

    /**
     * Sets {@link ObjectiveValue#unit}.
     *
     * @param value the unit of the value and the bound
     * @return this
     */
    public Builder unit(Unit value) {
      unit = Objects.requireNonNull(value, "unit");
      return this;
    }

    /**
     * Sets {@link ObjectiveValue#bound}.
     *
     * @param value a proven lower bound, or empty when none is known
     * @return this
     */
    public Builder bound(OptionalDouble value) {
      bound = Objects.requireNonNull(value, "bound");
      return this;
    }

    /**
     * Sets {@link ObjectiveValue#foundBy}.
     *
     * @param value the name of the method that found the value, such as {@code tabu search}
     * @return this
     */
    public Builder foundBy(String value) {
      foundBy = Objects.requireNonNull(value, "foundBy");
      return this;
    }

    /**
     * Sets {@link ObjectiveValue#provedBy}.
     *
     * @param value the name of the method that proved the bound; empty text when there is no bound
     * @return this
     */
    public Builder provedBy(String value) {
      provedBy = Objects.requireNonNull(value, "provedBy");
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public ObjectiveValue build() {
      return new ObjectiveValue(this);
    }
  }
}
