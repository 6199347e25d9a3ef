package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * How long it takes to change a machine over from one family of work to another (sequence-dependent
 * set-up time). The change may begin as soon as the machine is free, before the next job is there.
 * A change that needs somebody is made right before its operation: it ends when the operation
 * begins, or when the calendars of the machine and of those it needs let it end last before.
 *
 * @param from the family the machine is set for
 * @param to the family it is to be set for
 * @param duration the working time of the change, in ticks, not negative
 * @param needs who and what the change needs, from its begin until its operation begins; each names
 *     something that one resource alone can meet
 */
public record Setup(String from, String to, long duration, List<Need> needs) {

  /** Checks for nulls and copies; the numbers are checked with the whole shop. */
  public Setup {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    needs = List.copyOf(needs);
  }

  /**
   * A change that the machine makes by itself.
   *
   * @param from the family the machine is set for
   * @param to the family it is to be set for
   * @param duration the working time of the change, in ticks, not negative
   */
  public Setup(String from, String to, long duration) {
    this(from, to, duration, List.of());
  }

  /**
   * The same change with who and what it needs.
   *
   * @param others the needs
   * @return the new set-up
   */
  public Setup needing(Need... others) {
    return new Setup(from, to, duration, List.of(others));
  }
}
