package io.millwright.scheduling;

import java.util.Objects;

/**
 * What operations need beside a machine: operators of one skill, tools of one kind (ISA-95:
 * personnel or physical asset capability). It is held from the start of an operation to its end,
 * pauses included.
 *
 * @param id its name, unique among the resources
 * @param capacity how many there are, at least 1
 */
public record Resource(String id, int capacity) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Resource {
    Objects.requireNonNull(id, "id");
  }
}
