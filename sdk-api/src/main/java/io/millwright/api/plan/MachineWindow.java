package io.millwright.api.plan;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;

/**
 * A maintenance window of a machine that can be moved: maintenance says what it would cost to wait,
 * scheduling finds the time. The machine does nothing else in the window. Times are whole ticks
 * from wherever the user counts. Immutable and thread-safe.
 *
 * @param id the window's name
 * @param machine the machine's name
 * @param earliest the first tick at which the window may begin, 0 or more
 * @param deadline the tick by which it must be over
 * @param duration the working time it takes, at least 1
 * @param due the tick by which it should be over, not behind the deadline
 * @param price what each tick costs by which it is over later than due, not negative
 */
public record MachineWindow(
    String id,
    String machine,
    long earliest,
    long deadline,
    long duration,
    long due,
    double price) {

  /**
   * Checks the parts.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when the window does not fit its
   *     span, is due outside it, or has no finite price
   */
  public MachineWindow {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(machine, "machine");
    String place = "window \"" + id + "\" of machine " + machine;
    if (earliest < 0) {
      throw bad(place + " begins at " + earliest, "count ticks from an earlier time");
    }
    if (duration < 1) {
      throw bad(place + " takes " + duration + " ticks", "leave it out, or use at least 1");
    }
    if (deadline < earliest || deadline - earliest < duration) {
      throw bad(
          place
              + " takes "
              + duration
              + " ticks, more than from "
              + earliest
              + " to its deadline "
              + deadline,
          "give it a later deadline");
    }
    if (due < earliest || due > deadline) {
      throw bad(
          place + " is due at " + due + ", outside " + earliest + " to " + deadline,
          "use its deadline where nothing is gained before");
    }
    if (!(price >= 0) || Double.isInfinite(price)) {
      throw bad(place + " has the price " + price, "use a finite price of at least 0");
    }
  }

  private static MillwrightException bad(String what, String remedy) {
    return new MillwrightException(ErrorCode.BAD_OPTION, what + "\nMaybe " + remedy);
  }
}
