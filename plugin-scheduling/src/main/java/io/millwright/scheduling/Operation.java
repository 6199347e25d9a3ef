package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a job, done by one machine without being handed over (ISA-95: operations segment).
 *
 * <p>Immutable and thread-safe; two with equal parts are equal.
 */
public final class Operation {

  private record Parts(
      String id,
      List<Alternative> alternatives,
      List<String> after,
      List<Lag> lags,
      Optional<String> family,
      List<Need> needs,
      boolean unbroken,
      List<Flow> flows,
      List<String> options) {}

  private final Parts parts;

  private Operation(Parts parts) {
    this.parts = parts;
  }

  /**
   * An operation that waits for no other and needs only its machine.
   *
   * @param id its name
   * @param alternatives the machines that can do it
   * @return the operation
   */
  public static Operation of(String id, Alternative... alternatives) {
    return builder(id, List.of(alternatives)).build();
  }

  /**
   * A builder of a operation.
   *
   * @param id its name, unique in its job
   * @param alternatives the machines that can do it, at least one
   * @return the builder
   */
  public static Builder builder(String id, List<Alternative> alternatives) {
    return new Builder(id, alternatives);
  }

  /**
   * A builder that begins with the parts of this one.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(parts.id, parts.alternatives);
    builder.after = parts.after;
    builder.lags = parts.lags;
    builder.family = parts.family;
    builder.needs = parts.needs;
    builder.unbroken = parts.unbroken;
    builder.flows = parts.flows;
    builder.options = parts.options;
    return builder;
  }

  /**
   * Its name, unique in its job.
   *
   * @return the name
   */
  public String id() {
    return parts.id;
  }

  /**
   * The machines that can do it, at least one.
   *
   * @return the alternatives
   */
  public List<Alternative> alternatives() {
    return parts.alternatives;
  }

  /**
   * The operations of the same job that must be done before it begins; several make an assembly.
   *
   * @return their names
   */
  public List<String> after() {
    return parts.after;
  }

  /**
   * What else it waits for: operations of its own or other jobs, and for how long.
   *
   * @return the lags
   */
  public List<Lag> lags() {
    return parts.lags;
  }

  /**
   * The family of work, which decides the set-up; without one it needs none and leaves the machine
   * as it is.
   *
   * @return the family
   */
  public Optional<String> family() {
    return parts.family;
  }

  /**
   * The secondary resources it holds, on whatever machine.
   *
   * @return the needs
   */
  public List<Need> needs() {
    return parts.needs;
  }

  /**
   * Whether it may not pause: it begins only when it can be done before the machine, or what it
   * needs, rests (casting, curing).
   *
   * @return true when it may not pause
   */
  public boolean unbroken() {
    return parts.unbroken;
  }

  /** {@return what it takes from stocks when it begins, and makes for them when it ends} */
  public List<Flow> flows() {
    return parts.flows;
  }

  /** {@return the options it carries on a mixed-model line} */
  public List<String> options() {
    return parts.options;
  }

  /**
   * The same operation, waiting for others of its job.
   *
   * @param operations their names
   * @return the new operation
   */
  public Operation following(String... operations) {
    return toBuilder().after(operations).build();
  }

  /**
   * The same operation in a family of work.
   *
   * @param name the family
   * @return the new operation
   */
  public Operation ofFamily(String name) {
    return toBuilder().family(name).build();
  }

  /**
   * The same operation with what it needs beside its machine.
   *
   * @param others the needs
   * @return the new operation
   */
  public Operation needing(Need... others) {
    return toBuilder().needs(others).build();
  }

  /**
   * The same operation with other lags.
   *
   * @param others what else it waits for
   * @return the new operation
   */
  public Operation lagging(Lag... others) {
    return toBuilder().lags(others).build();
  }

  /**
   * The same operation, which may not pause.
   *
   * @return the new operation
   */
  public Operation withoutPause() {
    return toBuilder().unbroken(true).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Operation o && parts.equals(o.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return "Operation" + parts.toString().substring("Parts".length());
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {

    private String id;
    private List<Alternative> alternatives;
    private List<String> after = List.of();
    private List<Lag> lags = List.of();
    private Optional<String> family = Optional.empty();
    private List<Need> needs = List.of();
    private boolean unbroken = false;
    private List<Flow> flows = List.of();
    private List<String> options = List.of();

    private Builder(String id, List<Alternative> alternatives) {
      this.id = Objects.requireNonNull(id, "id");
      this.alternatives = List.copyOf(alternatives);
    }

    /**
     * Sets its name, unique in its job.
     *
     * @param value the name
     * @return this builder
     */
    public Builder id(String value) {
      id = Objects.requireNonNull(value, "id");
      return this;
    }

    /**
     * Sets the machines that can do it, at least one.
     *
     * @param value the alternatives
     * @return this builder
     */
    public Builder alternatives(List<Alternative> value) {
      alternatives = List.copyOf(value);
      return this;
    }

    /**
     * Sets the machines that can do it, at least one.
     *
     * @param value the alternatives
     * @return this builder
     */
    public Builder alternatives(Alternative... value) {
      return alternatives(List.of(value));
    }

    /**
     * Sets the operations of the same job that must be done before it begins; several make an
     * assembly.
     *
     * @param value their names
     * @return this builder
     */
    public Builder after(List<String> value) {
      after = List.copyOf(value);
      return this;
    }

    /**
     * Sets the operations of the same job that must be done before it begins; several make an
     * assembly.
     *
     * @param value their names
     * @return this builder
     */
    public Builder after(String... value) {
      return after(List.of(value));
    }

    /**
     * Sets what else it waits for: operations of its own or other jobs, and for how long.
     *
     * @param value the lags
     * @return this builder
     */
    public Builder lags(List<Lag> value) {
      lags = List.copyOf(value);
      return this;
    }

    /**
     * Sets what else it waits for: operations of its own or other jobs, and for how long.
     *
     * @param value the lags
     * @return this builder
     */
    public Builder lags(Lag... value) {
      return lags(List.of(value));
    }

    /**
     * Sets the family of work, which decides the set-up; without one it needs none and leaves the
     * machine as it is.
     *
     * @param value the family
     * @return this builder
     */
    public Builder family(String value) {
      family = Optional.of(value);
      return this;
    }

    /**
     * Sets the family of work, which decides the set-up; without one it needs none and leaves the
     * machine as it is, or takes it away.
     *
     * @param value the family, or empty
     * @return this builder
     */
    public Builder family(Optional<String> value) {
      family = Objects.requireNonNull(value, "family");
      return this;
    }

    /**
     * Sets the secondary resources it holds, on whatever machine.
     *
     * @param value the needs
     * @return this builder
     */
    public Builder needs(List<Need> value) {
      needs = List.copyOf(value);
      return this;
    }

    /**
     * Sets the secondary resources it holds, on whatever machine.
     *
     * @param value the needs
     * @return this builder
     */
    public Builder needs(Need... value) {
      return needs(List.of(value));
    }

    /**
     * Sets whether it may not pause: it begins only when it can be done before the machine, or what
     * it needs, rests (casting, curing).
     *
     * @param value true when it may not pause
     * @return this builder
     */
    public Builder unbroken(boolean value) {
      unbroken = value;
      return this;
    }

    /**
     * Sets what it takes from stocks when it begins, and makes for them when it ends.
     *
     * @param value see {@link Operation#flows()}
     * @return this builder
     */
    public Builder flows(List<Flow> value) {
      flows = List.copyOf(value);
      return this;
    }

    /**
     * Sets what it takes from stocks when it begins, and makes for them when it ends.
     *
     * @param value see {@link Operation#flows()}
     * @return this builder
     */
    public Builder flows(Flow... value) {
      return flows(List.of(value));
    }

    /**
     * Sets the options it carries on a mixed-model line.
     *
     * @param value see {@link Operation#options()}
     * @return this builder
     */
    public Builder options(List<String> value) {
      options = List.copyOf(value);
      return this;
    }

    /**
     * Sets the options it carries on a mixed-model line.
     *
     * @param value see {@link Operation#options()}
     * @return this builder
     */
    public Builder options(String... value) {
      return options(List.of(value));
    }

    /**
     * Puts the parts together.
     *
     * @return the operation
     */
    public Operation build() {
      return new Operation(
          new Parts(id, alternatives, after, lags, family, needs, unbroken, flows, options));
    }
  }
}
