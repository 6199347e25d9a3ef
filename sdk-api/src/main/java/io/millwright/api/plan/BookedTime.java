package io.millwright.api.plan;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;

/**
 * A booked time (ISA-95: operations performance): how long something took beside how long it was
 * planned to take. What distributions of times are learnt from. Immutable.
 *
 * @param order the order's name; empty where it is not known
 * @param machine the machine's name
 * @param setup true for a set-up, false for an operation
 * @param planned the planned time, above 0
 * @param actual the time it took, 0 or more, in the unit of the planned one
 */
public record BookedTime(
    String order, String machine, boolean setup, double planned, double actual) {

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when a time is none
   */
  public BookedTime {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(machine, "machine");
    if (!(planned > 0 && planned < Double.POSITIVE_INFINITY)
        || !(actual >= 0 && actual < Double.POSITIVE_INFINITY)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a booking of machine "
              + machine
              + " was planned with "
              + planned
              + " and took "
              + actual
              + "\nMaybe leave out what was not planned; times are finite and not negative");
    }
  }
}
