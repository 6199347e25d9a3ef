package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine, which does one operation at a time (ISA-95: equipment, a work unit).
 *
 * @param id its name, unique in the shop
 * @param calendar when it works
 * @param setups the changes between families that take time; a pair that is not named takes none
 * @param family the family it is set for at the start, or empty: then the first set-up takes no
 *     time
 * @param power what it draws in each state, or empty when nobody counts its energy
 */
public record Machine(
    String id,
    Calendar calendar,
    List<Setup> setups,
    Optional<String> family,
    Optional<Power> power) {

  /** Checks for nulls and copies. */
  public Machine {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(power, "power");
    setups = List.copyOf(setups);
  }

  /**
   * A machine whose energy nobody counts.
   *
   * @param id its name
   * @param calendar when it works
   * @param setups the changes between families that take time
   * @param family the family it is set for at the start, or empty
   */
  public Machine(String id, Calendar calendar, List<Setup> setups, Optional<String> family) {
    this(id, calendar, setups, family, Optional.empty());
  }

  /**
   * A machine that works always and needs no set-ups.
   *
   * @param id its name
   * @return the machine
   */
  public static Machine of(String id) {
    return new Machine(id, Calendar.always(), List.of(), Optional.empty());
  }

  /**
   * The same machine with another calendar.
   *
   * @param other when it works
   * @return the new machine
   */
  public Machine working(Calendar other) {
    return new Machine(id, other, setups, family, power);
  }

  /**
   * The same machine with other set-ups.
   *
   * @param others the changes that take time
   * @return the new machine
   */
  public Machine changing(List<Setup> others) {
    return new Machine(id, calendar, others, family, power);
  }

  /**
   * The same machine, set for a family at the start.
   *
   * @param initial the family
   * @return the new machine
   */
  public Machine setFor(String initial) {
    return new Machine(id, calendar, setups, Optional.of(initial), power);
  }

  /**
   * The same machine with what it draws.
   *
   * @param states the power in each state
   * @return the new machine
   */
  public Machine drawing(Power states) {
    return new Machine(id, calendar, setups, family, Optional.of(states));
  }
}
