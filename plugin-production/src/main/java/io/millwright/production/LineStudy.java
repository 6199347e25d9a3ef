package io.millwright.production;

import java.util.List;

/**
 * What changes of a line are worth, by simulation of the line as its log shows it (what-if
 * simulation).
 *
 * @param stations the line in its order, as fitted
 * @param logged throughput that the log shows, orders (cases of the log) an hour
 * @param simulated throughput of the fitted line
 * @param low lower end of its 95 % interval, which holds the luck of the run and of the log
 * @param high upper end
 * @param worths what 10 % more speed is worth at each station, largest first
 * @param proposals changes, best first: by gain a cost where costs are given, else by gain
 */
public record LineStudy(
    List<Station> stations,
    double logged,
    double simulated,
    double low,
    double high,
    List<Worth> worths,
    List<Proposal> proposals) {

  /**
   * A station of the fitted line.
   *
   * @param name the activity
   * @param machines how many machines work side by side
   * @param meanTime mean hours for an order, without failures
   * @param timeToFailure mean working hours between failures; infinite without any
   * @param timeToRepair mean hours of a repair
   * @param buffer places before it; -1 when the log never shows it full
   */
  public record Station(
      String name,
      int machines,
      double meanTime,
      double timeToFailure,
      double timeToRepair,
      int buffer) {}

  /**
   * A gain.
   *
   * @param station the station
   * @param gain orders an hour more
   * @param low lower end of the 95 % interval
   * @param high upper end
   */
  public record Worth(String station, double gain, double low, double high) {}

  /**
   * A change with what it brings.
   *
   * @param station where
   * @param change what
   * @param gain orders an hour more
   * @param low lower end of the 95 % interval
   * @param high upper end
   * @param cost what it costs, as the user said; NaN when not said
   */
  public record Proposal(
      String station, Change change, double gain, double low, double high, double cost) {}

  /** Kinds of changes. */
  public enum Change {
    /** Orders take 1/1.1 of the time. */
    FASTER_BY_TENTH,
    /** Half as many failures. */
    FAILURES_HALVED,
    /** Repairs take half the time. */
    REPAIRS_HALVED,
    /** Two more places in the buffer before it. */
    BUFFER_PLUS_TWO,
    /** One more machine of the same kind. */
    SECOND_MACHINE
  }

  /** Copies. */
  public LineStudy {
    stations = List.copyOf(stations);
    worths = List.copyOf(worths);
    proposals = List.copyOf(proposals);
  }
}
