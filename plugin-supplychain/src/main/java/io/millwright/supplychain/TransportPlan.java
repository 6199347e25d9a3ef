package io.millwright.supplychain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A transport plan over days.
 *
 * @param days one for each day
 * @param cost routes and holding together
 * @param routeCost the cost of all routes
 * @param holdingCost the cost of what is in stock at the end of the days
 * @param bound no plan costs less (radial and spanning-tree bounds of the routes, least stocks); it
 *     is loose where sites are visited often
 */
public record TransportPlan(
    List<Day> days, double cost, double routeCost, double holdingCost, double bound) {

  /** Copies. */
  public TransportPlan {
    days = List.copyOf(days);
  }

  /**
   * One day.
   *
   * @param routes the routes
   * @param delivered what each visited site gets, pieces by name
   * @param stock what each site has at the end of the day, pieces by name
   */
  public record Day(RoutePlan routes, Map<String, Double> delivered, Map<String, Double> stock) {
    /** Copies. */
    public Day {
      Objects.requireNonNull(routes, "routes");
      delivered = Collections.unmodifiableMap(new TreeMap<>(delivered));
      stock = Collections.unmodifiableMap(new TreeMap<>(stock));
    }
  }
}
