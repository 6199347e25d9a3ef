package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.api.spi.Problems;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A machine under a maintenance policy: how long it lives, what work on it costs, and what is known
 * of it now. Times are in the unit of its life. Immutable and thread-safe.
 */
public final class PolicyMachine {

  private final String name;
  private final LifeDistribution life;
  private final double age;
  private final double planned;
  private final double failure;
  private final double value;
  private final double plannedTime;
  private final double failureTime;
  private final double plannedRestoration;
  private final double failureRestoration;
  private final Optional<Prognosis> prognosis;
  private final Optional<LifeDistribution> remaining;

  private PolicyMachine(Builder from) {
    name = Objects.requireNonNull(from.name, "name");
    life = Objects.requireNonNull(from.life, "life");
    age = from.age;
    planned = from.planned;
    failure = from.failure;
    value = from.value;
    plannedTime = from.plannedTime;
    failureTime = from.failureTime;
    plannedRestoration = from.plannedRestoration;
    failureRestoration = from.failureRestoration;
    prognosis = from.prognosis;
    remaining = from.remaining;

    Problems problems = new Problems("machine " + name);
    positive(problems, "planned", planned, false);
    positive(problems, "failure", failure, false);
    positive(problems, "age", age, true);
    positive(problems, "value", value, true);
    positive(problems, "plannedTime", plannedTime, true);
    positive(problems, "failureTime", failureTime, true);
    if (!(plannedRestoration > 0 && plannedRestoration <= 1)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "plannedRestoration",
          "it is " + plannedRestoration + ", but must be above 0 and at most 1",
          "use 1 for as good as new");
    }
    if (!(failureRestoration >= 0 && failureRestoration <= 1)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "failureRestoration",
          "it is " + failureRestoration + ", but must lie between 0 and 1",
          "use 0 for minimal repair");
    }
    double mean = life.mean();
    if (!(mean > 0) || Double.isInfinite(mean)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "life",
          "its mean is " + mean + ", but must be above 0 and finite",
          "fit another law");
    } else if (!(life.survival(age) > 1e-9)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "age",
          "hardly any machine lives to " + age,
          "the unit of the age is not that of the life");
    }
    problems.throwIfAny();
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return its name} */
  public String name() {
    return name;
  }

  /** {@return its life from new to failure; its mean must be finite} */
  public LifeDistribution life() {
    return life;
  }

  /** {@return its present age: time in use since it was as good as new, 0 or more} */
  public double age() {
    return age;
  }

  /** {@return what planned work costs, the part included, above 0} */
  public double planned() {
    return planned;
  }

  /** {@return what repair after a failure costs, the part included, above 0} */
  public double failure() {
    return failure;
  }

  /** {@return the production value of time: what each unit of time costs in which it stands} */
  public double value() {
    return value;
  }

  /** {@return how long planned work takes, 0 or more} */
  public double plannedTime() {
    return plannedTime;
  }

  /** {@return how long repair after a failure takes, 0 or more} */
  public double failureTime() {
    return failureTime;
  }

  /**
   * {@return imperfect repair (Kijima 1989, type II): the share of the age that planned work takes
   * away, above 0; 1 for as good as new}
   */
  public double plannedRestoration() {
    return plannedRestoration;
  }

  /** {@return the share that repair takes away, 0 to 1; 0 for minimal repair, as old as before} */
  public double failureRestoration() {
    return failureRestoration;
  }

  /** {@return how well its remaining life is predicted; empty when it is not} */
  public Optional<Prognosis> prognosis() {
    return prognosis;
  }

  /**
   * {@return the predicted distribution of its remaining life now; when empty the law of life at
   * its age counts, and condition-based and predictive policies plan no window}
   */
  public Optional<LifeDistribution> remaining() {
    return remaining;
  }

  private static void positive(Problems problems, String name, double value, boolean zero) {
    if (!(zero ? value >= 0 : value > 0) || Double.isInfinite(value)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          name,
          "it is " + value + ", but must be finite and " + (zero ? "0 or more" : "above 0"),
          "a unit is wrong");
    }
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable LifeDistribution life;
    private double age = 0;
    private double planned = 1;
    private double failure = 1;
    private double value = 0;
    private double plannedTime = 0;
    private double failureTime = 0;
    private double plannedRestoration = 1;
    private double failureRestoration = 1;
    private Optional<Prognosis> prognosis = Optional.empty();
    private Optional<LifeDistribution> remaining = Optional.empty();

    private Builder() {}

    /**
     * Sets {@link PolicyMachine#name}.
     *
     * @param value its name
     * @return this
     */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /**
     * Sets {@link PolicyMachine#life}.
     *
     * @param value its life from new to failure; its mean must be finite
     * @return this
     */
    public Builder life(LifeDistribution value) {
      life = Objects.requireNonNull(value, "life");
      return this;
    }

    /**
     * Sets {@link PolicyMachine#age}.
     *
     * @param value its present age: time in use since it was as good as new, 0 or more
     * @return this
     */
    public Builder age(double value) {
      age = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#planned}.
     *
     * @param value what planned work costs, the part included, above 0
     * @return this
     */
    public Builder planned(double value) {
      planned = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#failure}.
     *
     * @param value what repair after a failure costs, the part included, above 0
     * @return this
     */
    public Builder failure(double value) {
      failure = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#value}.
     *
     * @param value the production value of time: what each unit of time costs in which it stands
     * @return this
     */
    public Builder value(double value) {
      this.value = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#plannedTime}.
     *
     * @param value how long planned work takes, 0 or more
     * @return this
     */
    public Builder plannedTime(double value) {
      plannedTime = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#failureTime}.
     *
     * @param value how long repair after a failure takes, 0 or more
     * @return this
     */
    public Builder failureTime(double value) {
      failureTime = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#plannedRestoration}.
     *
     * @param value imperfect repair (Kijima 1989, type II): the share of the age that planned work
     *     takes away, above 0; 1 for as good as new
     * @return this
     */
    public Builder plannedRestoration(double value) {
      plannedRestoration = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#failureRestoration}.
     *
     * @param value the share that repair takes away, 0 to 1; 0 for minimal repair, as old as before
     * @return this
     */
    public Builder failureRestoration(double value) {
      failureRestoration = value;
      return this;
    }

    /**
     * Sets {@link PolicyMachine#prognosis}.
     *
     * @param value how well its remaining life is predicted; empty when it is not
     * @return this
     */
    public Builder prognosis(Prognosis value) {
      prognosis = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link PolicyMachine#remaining}.
     *
     * @param value the predicted distribution of its remaining life now; when empty the law of life
     *     at its age counts, and condition-based and predictive policies plan no window
     * @return this
     */
    public Builder remaining(LifeDistribution value) {
      remaining = Optional.of(value);
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} that names all faults
     */
    public PolicyMachine build() {
      return new PolicyMachine(this);
    }
  }
}
