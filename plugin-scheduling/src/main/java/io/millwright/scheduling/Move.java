package io.millwright.scheduling;

import java.util.Objects;
import java.util.Optional;

/**
 * One operation whose place differs between two plans.
 *
 * @param before where it stood, or empty when it is new
 * @param after where it stands, or empty when it is gone
 */
public record Move(Optional<Assignment> before, Optional<Assignment> after) {

  /** Checks that there is one of the two. */
  public Move {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a move needs a place before or after");
    }
  }

  /**
   * Whether it changed its machine.
   *
   * @return true when it is in both plans, on different machines
   */
  public boolean otherMachine() {
    return before.isPresent()
        && after.isPresent()
        && !before.get().machine().equals(after.get().machine());
  }
}
