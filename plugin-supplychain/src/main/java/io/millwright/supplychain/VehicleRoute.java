package io.millwright.supplychain;

import java.util.List;

/**
 * The way of one vehicle. The vehicle departs as late as it can without ending later.
 *
 * @param vehicle the type's name
 * @param number which of the type's vehicles, from 1
 * @param visits the visits in order, at least one
 * @param departure when it leaves its start
 * @param arrival when it is at its end
 * @param distance the whole way
 */
public record VehicleRoute(
    String vehicle,
    int number,
    List<StopVisit> visits,
    double departure,
    double arrival,
    double distance) {

  /** Copies. */
  public VehicleRoute {
    visits = List.copyOf(visits);
  }

  /**
   * The names of the stops in order.
   *
   * @return the names
   */
  public List<String> stops() {
    return visits.stream().map(StopVisit::stop).toList();
  }

  /**
   * The vehicle's name as it stands in plans.
   *
   * @return such as {@code van 2}
   */
  public String name() {
    return vehicle + ' ' + number;
  }
}
