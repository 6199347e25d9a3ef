package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/**
 * An event log of the plant.
 *
 * @param events the rows
 * @param faults what reading had to leave out
 */
public record EventLog(List<WorkEvent> events, List<LogFault> faults) {

  /** Checks that there are rows, and copies. */
  public EventLog {
    events = List.copyOf(events);
    faults = List.copyOf(faults);
    if (events.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "the event log has no row with a start and an end"
              + (faults.isEmpty() ? "" : ": " + faults.get(0))
              + "\nMaybe name the columns of start and end");
    }
  }

  /**
   * A log of events that a program made.
   *
   * @param events the rows, at least one
   * @return the log
   */
  public static EventLog of(List<WorkEvent> events) {
    return new EventLog(events, List.of());
  }
}
