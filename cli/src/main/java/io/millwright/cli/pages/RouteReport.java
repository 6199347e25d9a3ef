package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Texts;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.StopReason;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import io.millwright.supplychain.VehicleRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page about routes: the map, the routes one by one, and the dearest stops. Immutable; {@link
 * #html} gives the same page for the same content.
 *
 * @param data where the stops come from
 * @param problem the problem
 * @param plan the plan
 * @param reasons what each stop costs, the dearest first
 */
public record RouteReport(
    String data, RoutingProblem problem, RoutePlan plan, List<StopReason> reasons) {

  private static final int MOST_REASONS = 20;
  private static final List<String> STYLES =
      List.of("course", "true-course", "training", "centre", "control");

  /** Copies. */
  public RouteReport {
    reasons = List.copyOf(reasons);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   * @throws io.millwright.api.MillwrightException when it cannot be written
   */
  public void writeTo(Path file) {
    Pages.write(file, html());
  }

  /**
   * The page.
   *
   * @return HTML that is well-formed XML too
   */
  public String html() {
    Page page =
        new Page("Routes").heading(data + ", " + Texts.count(problem.stops().size(), "stop"));
    page.numbers(
        List.of(
            List.of(Figure.of(plan.cost()), "cost of the plan"),
            List.of(Figure.of(plan.distance()), "distance of all routes"),
            List.of(Integer.toString(plan.routes().size()), "vehicles on the road"),
            List.of(Integer.toString(plan.leftOut().size()), "stops left out")));
    if (problem.travel().coordinates(0).length > 0) {
      page.section("Map");
      page.chart(map());
      page.key(
          List.of(
              List.of("<path class='course' d='M0 6H26'/>", "a route, in one of five strokes"),
              List.of("<circle class='predicted' cx='13' cy='6' r='3'/>", "stop"),
              List.of("<circle class='signal' cx='13' cy='6' r='5'/>", "depot"),
              List.of("<circle class='truth' cx='13' cy='6' r='3'/>", "stop left out")));
    }
    page.section("Routes");
    List<List<String>> rows = new ArrayList<>();
    for (VehicleRoute route : plan.routes()) {
      rows.add(
          List.of(
              route.name(),
              Integer.toString(route.visits().size()),
              Figure.of(route.departure()),
              Figure.of(route.arrival()),
              Figure.of(route.distance()),
              String.join(" ", route.stops())));
    }
    page.table(
        List.of("vehicle", "stops", "departs", "returns", "distance", "order of visits"),
        rows,
        Pages.none(rows.size()));
    page.section("The dearest stops");
    List<List<String>> dear = new ArrayList<>();
    for (StopReason r : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      dear.add(
          List.of(
              r.stop(),
              r.vehicle().isEmpty() ? "left out" : r.vehicle(),
              Figure.of(r.cost()),
              Figure.of(r.detour()),
              r.other().isEmpty() ? "none" : r.other(),
              r.otherCost().isPresent() ? Figure.of(r.otherCost().getAsDouble()) : "–"));
    }
    page.table(
        List.of("stop", "visited by", "cost", "detour", "next best vehicle", "change of cost"),
        dear,
        Pages.none(dear.size()));
    return page.html(
        "Cost and detour of a stop are what the plan would save without it, everything else as it"
            + " is.");
  }

  private Chart map() {
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
    for (VehicleRoute route : plan.routes()) {
      Vehicle v = Objects.requireNonNull(vehicles.get(route.vehicle()));
      List<Integer> way = new ArrayList<>();
      way.add(v.start());
      route.stops().forEach(s -> way.add(places.get(s)));
      way.add(v.end());
      double[] xs = way.stream().mapToDouble(l -> travel.coordinates(l)[0]).toArray();
      double[] ys = way.stream().mapToDouble(l -> travel.coordinates(l)[1]).toArray();
      chart.line(STYLES.get(number++ % STYLES.size()), xs, ys);
    }
    for (Stop s : problem.stops()) {
      double[] at = travel.coordinates(s.location());
      boolean out = plan.leftOut().contains(s.id());
      chart.dot(out ? "truth" : "predicted", at[0], at[1], 3, s.id());
    }
    for (Vehicle v : problem.vehicles()) {
      double[] at = travel.coordinates(v.start());
      chart.dot("signal", at[0], at[1], 5, "start of " + v.id());
    }
    return chart;
  }
}
