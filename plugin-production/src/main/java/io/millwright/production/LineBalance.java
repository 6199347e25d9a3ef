package io.millwright.production;

import java.util.List;

/**
 * An assignment of tasks to stations.
 *
 * @param stations the names of the tasks of each station, in an order that keeps the precedence
 * @param cycleTime the largest time of a station
 * @param efficiency the sum of all times over the number of stations times the cycle: that which
 *     was given, or the cycle time above
 */
public record LineBalance(List<List<String>> stations, double cycleTime, double efficiency) {
  /** Copies. */
  public LineBalance {
    stations = stations.stream().map(List::copyOf).toList();
  }
}
