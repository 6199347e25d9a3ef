package io.millwright.cli.pages;

import io.millwright.reports.Chart;
import io.millwright.reports.Scale;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A map of tours by plain coordinates. */
final class RouteMap {

  /** What its marks mean. */
  static final List<List<String>> KEY =
      List.of(
          List.of("<path class='course' d='M0 6H26'/>", "a route, in one of five strokes"),
          List.of("<circle class='predicted' cx='13' cy='6' r='3'/>", "stop"),
          List.of("<circle class='signal' cx='13' cy='6' r='5'/>", "depot"),
          List.of("<circle class='truth' cx='13' cy='6' r='3'/>", "stop left out"));

  private static final List<String> STYLES =
      List.of("course", "true-course", "training", "centre", "control");

  private RouteMap() {}

  /**
   * One tour.
   *
   * @param vehicle the type that drives it
   * @param stops the stops in order
   */
  record Way(String vehicle, List<String> stops) {}

  static Chart of(RoutingProblem problem, List<Way> ways, List<String> leftOut) {
    Map<String, Integer> places = new HashMap<>();
    Travel travel = problem.travel();
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    List<Integer> all = new ArrayList<>();
    for (Stop s : problem.stops()) {
      places.put(s.id(), s.location());
      all.add(s.location());
    }
    Map<String, Vehicle> vehicles = new HashMap<>();
    for (Vehicle v : problem.vehicles()) {
      vehicles.put(v.id(), v);
      all.add(v.start());
      all.add(v.end());
    }
    for (int location : all) {
      double[] at = travel.coordinates(location);
      for (int k = 0; k < 2; k++) {
        low[k] = Math.min(low[k], at[k]);
        high[k] = Math.max(high[k], at[k]);
      }
    }
    double wide = Math.max(1e-9, high[0] - low[0]);
    double tall = Math.max(1e-9, high[1] - low[1]);
    int height = (int) Math.max(240, Math.min(900, 60 + 780 * tall / wide));
    Chart chart =
        new Chart(
            860,
            height,
            new Scale(low[0] - 0.02 * wide, high[0] + 0.02 * wide, false, "x"),
            new Scale(low[1] - 0.02 * tall, high[1] + 0.02 * tall, false, "y"),
            "Map of the routes");
    int number = 0;
    for (Way way : ways) {
      Vehicle v = Objects.requireNonNull(vehicles.get(way.vehicle()));
      List<Integer> order = new ArrayList<>();
      order.add(v.start());
      way.stops().forEach(s -> order.add(Objects.requireNonNull(places.get(s))));
      order.add(v.end());
      double[] xs = order.stream().mapToDouble(l -> travel.coordinates(l)[0]).toArray();
      double[] ys = order.stream().mapToDouble(l -> travel.coordinates(l)[1]).toArray();
      chart.line(STYLES.get(number++ % STYLES.size()), xs, ys);
    }
    for (Stop s : problem.stops()) {
      double[] at = travel.coordinates(s.location());
      chart.dot(leftOut.contains(s.id()) ? "truth" : "predicted", at[0], at[1], 3, s.id());
    }
    for (Vehicle v : problem.vehicles()) {
      double[] at = travel.coordinates(v.start());
      chart.dot("signal", at[0], at[1], 5, "start of " + v.id());
    }
    return chart;
  }
}
