package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plant whose maintenance policy is looked for: its machines, what they share, and how it is
 * simulated. Times are in the unit of the machines' lives. Immutable and thread-safe.
 */
public final class PolicyProblem {

  private final List<PolicyMachine> machines;
  private final double horizon;
  private final double span;
  private final double tick;
  private final double setup;
  private final int crews;
  private final Optional<Spares> spares;
  private final Optional<Pauses> pauses;
  private final Set<PolicyKind> kinds;
  private final int replications;
  private final long key;

  private PolicyProblem(Builder from) {
    machines = List.copyOf(from.machines);
    horizon = from.horizon;
    span = from.span;
    tick = from.tick;
    setup = from.setup;
    crews = from.crews;
    spares = from.spares;
    pauses = from.pauses;
    kinds =
        from.kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(from.kinds));
    replications = from.replications;
    key = from.key;

    Problems problems = new Problems("the plant");
    if (machines.isEmpty() || machines.size() > 500) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "machines",
          "there are " + machines.size() + ", but must be 1 to 500",
          "divide the plant");
    }
    if (machines.stream().map(PolicyMachine::name).distinct().count() < machines.size()) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "machines",
          "two have one name: " + machines.stream().map(PolicyMachine::name).toList(),
          "number them");
    }
    if (kinds.isEmpty()) {
      problems.add(ErrorCode.BAD_OPTION, "kinds", "there are none", "leave them at their default");
    }
    range(problems, "horizon", horizon, horizon > 0);
    range(problems, "span", span, span >= 0);
    range(problems, "tick", tick, tick > 0);
    range(problems, "setup", setup, setup >= 0);
    if (crews < 0) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "crews",
          "it is " + crews + ", but must be 0 or more",
          "use 0 for enough");
    }
    if (replications < 2 || replications > 10_000) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "replications",
          "it is " + replications + ", but must be 2 to 10,000",
          "use 20");
    }
    double shortest = machines.stream().mapToDouble(m -> m.life().mean()).min().orElse(1);
    if (horizon > 0 && horizon / shortest * machines.size() > 1e6) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "horizon",
          "it holds more than a million lives: " + horizon,
          "simulate a shorter time");
    }
    for (PolicyMachine m : machines) {
      if (m.prognosis().isPresent() && horizon / m.prognosis().get().every() > 1e6) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "horizon",
            "it holds more than a million predictions of " + m.name(),
            "predict more rarely");
      }
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

  /** {@return the machines, 1 to 500, each with a name of its own} */
  public List<PolicyMachine> machines() {
    return machines;
  }

  /** {@return how long the plant is simulated; above 0, best many lives} */
  public double horizon() {
    return horizon;
  }

  /** {@return the planning span: windows that are due until then are planned, 0 or more} */
  public double span() {
    return span;
  }

  /** {@return the length of a tick of the windows, above 0} */
  public double tick() {
    return tick;
  }

  /**
   * {@return what a visit costs, shared by all work that begins at the same time or that a crew
   * goes on with at once}
   */
  public double setup() {
    return setup;
  }

  /** {@return how many crews there are, each at one machine at a time; 0 for enough} */
  public int crews() {
    return crews;
  }

  /** {@return spare parts; empty when parts are always there} */
  public Optional<Spares> spares() {
    return spares;
  }

  /** {@return pauses of production for planned work; empty when it may begin at any time} */
  public Optional<Pauses> pauses() {
    return pauses;
  }

  /**
   * {@return the kinds that are compared; those that need a prognosis are left out when a machine
   * has none}
   */
  public Set<PolicyKind> kinds() {
    return kinds;
  }

  /** {@return how many replications are simulated, 2 to 10,000} */
  public int replications() {
    return replications;
  }

  /** {@return the key of all random numbers} */
  public long key() {
    return key;
  }

  private static void range(Problems problems, String name, double value, boolean fits) {
    if (!fits || Double.isInfinite(value)) {
      problems.add(
          ErrorCode.BAD_OPTION,
          name,
          "it is "
              + value
              + ", but must be finite and "
              + (name.equals("span") || name.equals("setup") ? "0 or more" : "above 0"),
          "a unit is wrong");
    }
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private List<PolicyMachine> machines = List.of();
    private double horizon = 0;
    private double span = 0;
    private double tick = 1;
    private double setup = 0;
    private int crews = 0;
    private Optional<Spares> spares = Optional.empty();
    private Optional<Pauses> pauses = Optional.empty();
    private Set<PolicyKind> kinds = Set.of(PolicyKind.values());
    private int replications = 20;
    private long key = 0;

    private Builder() {}

    /**
     * Sets {@link PolicyProblem#machines}.
     *
     * @param value the machines, 1 to 500, each with a name of its own
     * @return this
     */
    public Builder machines(List<PolicyMachine> value) {
      machines = List.copyOf(value);
      return this;
    }

    /**
     * Sets {@link PolicyProblem#horizon}.
     *
     * @param value how long the plant is simulated; above 0, best many lives
     * @return this
     */
    public Builder horizon(double value) {
      horizon = value;
      return this;
    }

    /**
     * Sets {@link PolicyProblem#span}.
     *
     * @param value the planning span: windows that are due until then are planned, 0 or more
     * @return this
     */
    public Builder span(double value) {
      span = value;
      return this;
    }

    /**
     * Sets {@link PolicyProblem#tick}.
     *
     * @param value the length of a tick of the windows, above 0
     * @return this
     */
    public Builder tick(double value) {
      tick = value;
      return this;
    }

    /**
     * Sets {@link PolicyProblem#setup}.
     *
     * @param value what a visit costs, shared by all work that begins at the same time or that a
     *     crew goes on with at once
     * @return this
     */
    public Builder setup(double value) {
      setup = value;
      return this;
    }

    /**
     * Sets {@link PolicyProblem#crews}.
     *
     * @param value how many crews there are, each at one machine at a time; 0 for enough
     * @return this
     */
    public Builder crews(int value) {
      crews = value;
      return this;
    }

    /**
     * Sets {@link PolicyProblem#spares}.
     *
     * @param value spare parts; empty when parts are always there
     * @return this
     */
    public Builder spares(Spares value) {
      spares = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link PolicyProblem#pauses}.
     *
     * @param value pauses of production for planned work; empty when it may begin at any time
     * @return this
     */
    public Builder pauses(Pauses value) {
      pauses = Optional.of(value);
      return this;
    }

    /**
     * Sets {@link PolicyProblem#kinds}.
     *
     * @param value the kinds that are compared; those that need a prognosis are left out when a
     *     machine has none
     * @return this
     */
    public Builder kinds(Set<PolicyKind> value) {
      kinds = Set.copyOf(value);
      return this;
    }

    /**
     * Sets {@link PolicyProblem#replications}.
     *
     * @param value how many replications are simulated, 2 to 10,000
     * @return this
     */
    public Builder replications(int value) {
      replications = value;
      return this;
    }

    /**
     * Sets {@link PolicyProblem#key}.
     *
     * @param value the key of all random numbers
     * @return this
     */
    public Builder key(long value) {
      key = value;
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} that names all faults
     */
    public PolicyProblem build() {
      return new PolicyProblem(this);
    }
  }
}
