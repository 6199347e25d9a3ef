package io.millwright.scheduling;

import java.util.Objects;

/**
 * What operations need beside a machine: operators of one skill, tools of one kind (ISA-95:
 * personnel or physical asset capability). It is held from the start of an operation to its end,
 * pauses included.
 *
 * <p>Its calendar says when all of it is away: an operator outside the shift, a tool in
 * calibration. An operation begins only while everything it needs is there, and pauses, with its
 * machine, while anything of it is not; a set-up needs the machine alone.
 *
 * @param id its name, unique among the resources
 * @param capacity how many there are, at least 1
 * @param calendar when it is there
 */
public record Resource(String id, int capacity, Calendar calendar) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Resource {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(calendar, "calendar");
  }

  /**
   * A resource that is always there.
   *
   * @param id its name
   * @param capacity how many there are
   */
  public Resource(String id, int capacity) {
    this(id, capacity, Calendar.always());
  }

  /**
   * The same resource with another calendar.
   *
   * @param other when it is there
   * @return the new resource
   */
  public Resource working(Calendar other) {
    return new Resource(id, capacity, other);
  }

  /**
   * The same resource in another number.
   *
   * @param count how many there are
   * @return the new resource
   */
  public Resource counting(int count) {
    return new Resource(id, count, calendar);
  }
}
