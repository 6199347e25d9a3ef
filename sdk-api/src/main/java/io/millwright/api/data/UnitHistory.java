package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;

/**
 * The readings of one unit (ISA-95: one piece of equipment) in the order of time, one row for each
 * cycle of use. When the history has ended, it says how.
 *
 * @param unit the unit's name, such as its serial number
 * @param readings one row for each cycle, oldest first; all columns are readings
 * @param startAge the age, in cycles, that the unit had at the first row, counted from 0 for a unit
 *     recorded from new; NaN when it is not known
 * @param end how the history ended
 */
public record UnitHistory(String unit, Table readings, double startAge, End end) {

  /** How a history ended. */
  public enum End {
    /** The unit failed at its last row: its remaining life there is 0. */
    FAILED,
    /**
     * The unit was still running at its last row, or was taken out before it failed
     * (right-censored).
     */
    RUNNING
  }

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when the age is negative or
   *     infinite
   */
  public UnitHistory {
    Objects.requireNonNull(readings, "readings");
    Objects.requireNonNull(end, "end");
    if (unit.isBlank()) {
      throw new IllegalArgumentException("a unit needs a name");
    }
    if (startAge < 0 || startAge == Double.POSITIVE_INFINITY) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "startAge of unit \""
              + unit
              + "\" is "
              + startAge
              + ", but must be 0 or more\nMaybe give NaN when the age is not known");
    }
  }

  /**
   * A unit recorded from new that is still running: what one predicts for.
   *
   * @param unit its name
   * @param readings one row for each cycle, oldest first
   * @return the history
   */
  public static UnitHistory running(String unit, Table readings) {
    return new UnitHistory(unit, readings, 0, End.RUNNING);
  }

  /**
   * A unit recorded from new until it failed: what one learns from.
   *
   * @param unit its name
   * @param readings one row for each cycle, oldest first; the last is the cycle of failure
   * @return the history
   */
  public static UnitHistory failed(String unit, Table readings) {
    return new UnitHistory(unit, readings, 0, End.FAILED);
  }

  /**
   * The number of cycles on record.
   *
   * @return the number of rows
   */
  public int length() {
    return readings.rows();
  }

  /**
   * The history as it was after its first cycles: still running, unless nothing was cut off.
   *
   * @param cycles how many rows to keep, at most {@link #length}
   * @return the shorter history
   */
  public UnitHistory first(int cycles) {
    return cycles == length()
        ? this
        : new UnitHistory(unit, readings.slice(0, cycles), startAge, End.RUNNING);
  }

  /**
   * The history as it would be had recording begun later, and nobody knew the unit's age then.
   *
   * @param cycles how many rows to leave out at the beginning, at most {@link #length}
   * @return the shorter history
   */
  public UnitHistory withoutFirst(int cycles) {
    return cycles == 0
        ? this
        : new UnitHistory(unit, readings.slice(cycles, length()), Double.NaN, end);
  }
}
