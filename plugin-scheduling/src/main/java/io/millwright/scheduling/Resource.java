package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * What operations and set-ups need beside a machine: a crew of operators, a person with a name,
 * tools of one kind (ISA-95: personnel or physical asset capability). It is held from the start of
 * an operation to its end, pauses included.
 *
 * <p>Its calendar says when all of it is there. An operation begins only while everything it holds
 * is there, and pauses, with its machine, while anything of it is not. A pool whose number changes
 * over time is given as several resources with one skill: a crew of five by day, one of two by
 * night.
 *
 * @param id its name, unique among the resources
 * @param capacity how many there are, at least 1
 * @param calendar when it is there
 * @param skills what it can serve as: needs that name one of them are met by it as well as those
 *     that name the resource itself
 */
public record Resource(String id, int capacity, Calendar calendar, List<String> skills) {

  /** Checks for nulls and copies; the numbers are checked with the whole shop. */
  public Resource {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(calendar, "calendar");
    skills = List.copyOf(skills);
  }

  /**
   * A resource that is always there and meets the needs that name it.
   *
   * @param id its name
   * @param capacity how many there are
   * @return the resource
   */
  public static Resource of(String id, int capacity) {
    return new Resource(id, capacity, Calendar.always(), List.of());
  }

  /**
   * A person, who can do one thing at a time.
   *
   * @param name the person's name
   * @param calendar when the person is there
   * @param skills what the person can serve as
   * @return the resource
   */
  public static Resource person(String name, Calendar calendar, String... skills) {
    return new Resource(name, 1, calendar, List.of(skills));
  }

  /**
   * Whether this resource meets a need.
   *
   * @param need what is needed: a resource or a skill
   * @return true when it does
   */
  public boolean serves(String need) {
    return id.equals(need) || skills.contains(need);
  }

  /**
   * The same resource with another calendar.
   *
   * @param other when it is there
   * @return the new resource
   */
  public Resource working(Calendar other) {
    return new Resource(id, capacity, other, skills);
  }

  /**
   * The same resource in another number.
   *
   * @param count how many there are
   * @return the new resource
   */
  public Resource counting(int count) {
    return new Resource(id, count, calendar, skills);
  }

  /**
   * The same resource with other skills.
   *
   * @param others what it can serve as
   * @return the new resource
   */
  public Resource skilled(String... others) {
    return new Resource(id, capacity, calendar, List.of(others));
  }
}
