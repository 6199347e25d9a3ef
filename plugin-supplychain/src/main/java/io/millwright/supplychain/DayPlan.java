package io.millwright.supplychain;

import java.util.List;
import java.util.Objects;

/**
 * Routes of a day with its {@link DayRules}.
 *
 * @param routes those of vehicles that are used
 * @param leftOut the stops that may be left out and are
 * @param cost use of vehicles, distance, time from first departure to last return, prizes not
 *     earned
 * @param distance the distance of all trips
 */
public record DayPlan(List<DayRoute> routes, List<String> leftOut, double cost, double distance) {

  /** Copies. */
  public DayPlan {
    routes = List.copyOf(routes);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * The day of one vehicle.
   *
   * @param vehicle the type's name
   * @param number which of the type's vehicles, from 1
   * @param trips its trips in order, at least one
   * @param breaks its breaks in order; waiting and loading that is long enough among them
   */
  public record DayRoute(String vehicle, int number, List<Trip> trips, List<Break> breaks) {
    /** Copies. */
    public DayRoute {
      Objects.requireNonNull(vehicle, "vehicle");
      trips = List.copyOf(trips);
      breaks = List.copyOf(breaks);
    }

    /**
     * When it first departs.
     *
     * @return the time
     */
    public double departure() {
      return trips.get(0).departure();
    }

    /**
     * When it is back for the last time.
     *
     * @return the time
     */
    public double arrival() {
      return trips.get(trips.size() - 1).arrival();
    }
  }

  /**
   * One break.
   *
   * @param from when it begins
   * @param to when it ends
   */
  public record Break(double from, double to) {}

  /**
   * One trip.
   *
   * @param visits the visits in order, at least one
   * @param departure when it leaves the depot
   * @param arrival when it is back
   * @param distance its distance
   */
  public record Trip(List<StopVisit> visits, double departure, double arrival, double distance) {
    /** Copies. */
    public Trip {
      visits = List.copyOf(visits);
    }
  }
}
