package io.millwright.production;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a state log says (time in state): shares of recorded time alone; a slot without a row is not
 * recorded, and is neither running nor idle.
 *
 * @param from the first moment
 * @param to the last moment
 * @param spacing the usual distance of rows of one machine
 * @param machines the machines by name
 * @param faults what is wrong with the log
 */
public record StateReport(
    Instant from,
    Instant to,
    Duration spacing,
    List<MachineStates> machines,
    List<LogFault> faults) {

  /**
   * One machine.
   *
   * @param resource its name
   * @param rows its rows
   * @param amounts the recorded time in each state, in the log's unit
   * @param pieces pieces made; NaN when not recorded
   * @param absentSlots slots of the period, at the usual distance, without a row
   * @param recordedShare slots with a row as a share of all slots from its first row to its last
   */
  public record MachineStates(
      String resource,
      int rows,
      SortedMap<String, Double> amounts,
      double pieces,
      long absentSlots,
      double recordedShare) {
    /** Copies. */
    public MachineStates {
      amounts = new TreeMap<>(amounts);
    }

    /**
     * The share of a state in the recorded time.
     *
     * @param state its name
     * @return from 0 to 1; 0 for a state that did not occur
     */
    public double share(String state) {
      double all = amounts.values().stream().mapToDouble(v -> v).sum();
      return all > 0 ? amounts.getOrDefault(state, 0.0) / all : 0;
    }
  }

  /** Copies. */
  public StateReport {
    machines = List.copyOf(machines);
    faults = List.copyOf(faults);
  }
}
