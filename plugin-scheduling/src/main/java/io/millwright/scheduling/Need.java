package io.millwright.scheduling;

import java.util.Objects;

/**
 * How much of a resource an operation holds while it runs (resource requirement).
 *
 * @param resource the resource's name
 * @param amount how many, at least 1 and at most the resource's capacity
 */
public record Need(String resource, int amount) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Need {
    Objects.requireNonNull(resource, "resource");
  }
}
