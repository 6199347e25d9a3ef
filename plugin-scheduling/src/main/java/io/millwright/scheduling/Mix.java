package io.millwright.scheduling;

import java.util.Objects;

/**
 * A rule of a mixed-model line (car sequencing, CSPLib 1): of any so many operations in sequence on
 * the machine, at most some carry an option.
 *
 * @param option the option, as operations name it
 * @param most how many may carry it, not negative
 * @param of how many in sequence are looked at, more than {@code most}
 */
public record Mix(String option, int most, int of) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Mix {
    Objects.requireNonNull(option, "option");
  }
}
