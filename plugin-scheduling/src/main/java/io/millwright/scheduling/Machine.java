package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine, which does one operation at a time (ISA-95: equipment, a work unit).
 *
 * <p>Immutable and thread-safe; two with equal parts are equal.
 */
public final class Machine {

  private record Parts(
      String id,
      Calendar calendar,
      List<Setup> setups,
      Optional<String> family,
      Optional<Setting> setting,
      Optional<Power> power,
      Optional<Oven> oven,
      long campaign,
      List<Mix> mixes) {}

  private final Parts parts;

  private Machine(Parts parts) {
    this.parts = parts;
  }

  /**
   * A machine that works always and needs no set-ups.
   *
   * @param id its name
   * @return the machine
   */
  public static Machine of(String id) {
    return builder(id).build();
  }

  /**
   * A builder of a machine.
   *
   * @param id its name, unique in the shop
   * @return the builder
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /**
   * A builder that begins with the parts of this one.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(parts.id);
    builder.calendar = parts.calendar;
    builder.setups = parts.setups;
    builder.family = parts.family;
    builder.setting = parts.setting;
    builder.power = parts.power;
    builder.oven = parts.oven;
    builder.campaign = parts.campaign;
    builder.mixes = parts.mixes;
    return builder;
  }

  /**
   * Its name, unique in the shop.
   *
   * @return the name
   */
  public String id() {
    return parts.id;
  }

  /**
   * When it works.
   *
   * @return its calendar
   */
  public Calendar calendar() {
    return parts.calendar;
  }

  /**
   * The changes between families that take time; a pair that is not named takes none.
   *
   * @return the set-ups
   */
  public List<Setup> setups() {
    return parts.setups;
  }

  /**
   * The family it is set for at the start; without one the first set-up takes no time.
   *
   * @return the family
   */
  public Optional<String> family() {
    return parts.family;
  }

  /**
   * The set-up that runs on it at the start of planning.
   *
   * @return the running set-up
   */
  public Optional<Setting> setting() {
    return parts.setting;
  }

  /**
   * What it draws in each state, where somebody counts its energy.
   *
   * @return the powers
   */
  public Optional<Power> power() {
    return parts.power;
  }

  /** {@return what makes it work on loads; empty for one operation at a time} */
  public Optional<Oven> oven() {
    return parts.oven;
  }

  /**
   * {@return how many pieces of a family it makes at least before it changes to another, 0 for any;
   * what it was set for at the start, and the last family of the plan, may be fewer}
   */
  public long campaign() {
    return parts.campaign;
  }

  /** {@return what binds the sequence of options on it, for a mixed-model line} */
  public List<Mix> mixes() {
    return parts.mixes;
  }

  /**
   * The same machine with another calendar.
   *
   * @param other when it works
   * @return the new machine
   */
  public Machine working(Calendar other) {
    return toBuilder().calendar(other).build();
  }

  /**
   * The same machine with other set-ups.
   *
   * @param others the changes that take time
   * @return the new machine
   */
  public Machine changing(List<Setup> others) {
    return toBuilder().setups(others).build();
  }

  /**
   * The same machine, set for a family at the start.
   *
   * @param initial the family
   * @return the new machine
   */
  public Machine setFor(String initial) {
    return toBuilder().family(initial).build();
  }

  /**
   * The same machine with what it draws.
   *
   * @param states the power in each state
   * @return the new machine
   */
  public Machine drawing(Power states) {
    return toBuilder().power(states).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Machine o && parts.equals(o.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return "Machine" + parts.toString().substring("Parts".length());
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {

    private String id;
    private Calendar calendar = Calendar.always();
    private List<Setup> setups = List.of();
    private Optional<String> family = Optional.empty();
    private Optional<Setting> setting = Optional.empty();
    private Optional<Power> power = Optional.empty();
    private Optional<Oven> oven = Optional.empty();
    private long campaign = 0;
    private List<Mix> mixes = List.of();

    private Builder(String id) {
      this.id = Objects.requireNonNull(id, "id");
    }

    /**
     * Sets its name, unique in the shop.
     *
     * @param value the name
     * @return this builder
     */
    public Builder id(String value) {
      id = Objects.requireNonNull(value, "id");
      return this;
    }

    /**
     * Sets when it works.
     *
     * @param value its calendar
     * @return this builder
     */
    public Builder calendar(Calendar value) {
      calendar = Objects.requireNonNull(value, "calendar");
      return this;
    }

    /**
     * Sets the changes between families that take time; a pair that is not named takes none.
     *
     * @param value the set-ups
     * @return this builder
     */
    public Builder setups(List<Setup> value) {
      setups = List.copyOf(value);
      return this;
    }

    /**
     * Sets the changes between families that take time; a pair that is not named takes none.
     *
     * @param value the set-ups
     * @return this builder
     */
    public Builder setups(Setup... value) {
      return setups(List.of(value));
    }

    /**
     * Sets the family it is set for at the start; without one the first set-up takes no time.
     *
     * @param value the family
     * @return this builder
     */
    public Builder family(String value) {
      family = Optional.of(value);
      return this;
    }

    /**
     * Sets the family it is set for at the start; without one the first set-up takes no time, or
     * takes it away.
     *
     * @param value the family, or empty
     * @return this builder
     */
    public Builder family(Optional<String> value) {
      family = Objects.requireNonNull(value, "family");
      return this;
    }

    /**
     * Sets the set-up that runs on it at the start of planning.
     *
     * @param value the running set-up
     * @return this builder
     */
    public Builder setting(Setting value) {
      setting = Optional.of(value);
      return this;
    }

    /**
     * Sets the set-up that runs on it at the start of planning, or takes it away.
     *
     * @param value the running set-up, or empty
     * @return this builder
     */
    public Builder setting(Optional<Setting> value) {
      setting = Objects.requireNonNull(value, "setting");
      return this;
    }

    /**
     * Sets what it draws in each state, where somebody counts its energy.
     *
     * @param value the powers
     * @return this builder
     */
    public Builder power(Power value) {
      power = Optional.of(value);
      return this;
    }

    /**
     * Sets what it draws in each state, where somebody counts its energy, or takes it away.
     *
     * @param value the powers, or empty
     * @return this builder
     */
    public Builder power(Optional<Power> value) {
      power = Objects.requireNonNull(value, "power");
      return this;
    }

    /**
     * Sets what makes it work on loads; empty for one operation at a time.
     *
     * @param value see {@link Machine#oven()}
     * @return this builder
     */
    public Builder oven(Optional<Oven> value) {
      oven = Objects.requireNonNull(value, "oven");
      return this;
    }

    /**
     * Sets what makes it work on loads; empty for one operation at a time.
     *
     * @param value see {@link Machine#oven()}
     * @return this builder
     */
    public Builder oven(Oven value) {
      return oven(Optional.of(value));
    }

    /**
     * Sets how many pieces of a family it makes at least before it changes to another, 0 for any;
     * what it was set for at the start, and the last family of the plan, may be fewer.
     *
     * @param value see {@link Machine#campaign()}
     * @return this builder
     */
    public Builder campaign(long value) {
      campaign = value;
      return this;
    }

    /**
     * Sets what binds the sequence of options on it, for a mixed-model line.
     *
     * @param value see {@link Machine#mixes()}
     * @return this builder
     */
    public Builder mixes(List<Mix> value) {
      mixes = List.copyOf(value);
      return this;
    }

    /**
     * Sets what binds the sequence of options on it, for a mixed-model line.
     *
     * @param value see {@link Machine#mixes()}
     * @return this builder
     */
    public Builder mixes(Mix... value) {
      return mixes(List.of(value));
    }

    /**
     * Puts the parts together.
     *
     * @return the machine
     */
    public Machine build() {
      return new Machine(
          new Parts(id, calendar, setups, family, setting, power, oven, campaign, mixes));
    }
  }
}
