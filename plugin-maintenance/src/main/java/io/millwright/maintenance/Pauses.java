package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * Pauses of production that come again: planned work begins only in them, and the part of it that
 * lies within costs no production. Failures are repaired at any time.
 *
 * @param period the time from one pause to the next, above 0
 * @param from when the pause begins in its period, 0 or more
 * @param to when it ends, behind {@code from} and at most the period
 */
public record Pauses(double period, double from, double to) {

  /** Checks. */
  public Pauses {
    if (!(from >= 0 && to > from && period >= to) || Double.isInfinite(period)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a pause from "
              + from
              + " to "
              + to
              + " of every "
              + period
              + "\nMaybe the order is: period, beginning, end");
    }
  }
}
