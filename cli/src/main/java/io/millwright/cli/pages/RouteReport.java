package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Texts;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.StopReason;
import io.millwright.supplychain.VehicleRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
      page.chart(
          RouteMap.of(
              problem,
              plan.routes().stream().map(r -> new RouteMap.Way(r.vehicle(), r.stops())).toList(),
              plan.leftOut()));
      page.key(RouteMap.KEY);
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
              figure(r.cost()),
              figure(r.detour()),
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

  /** A stop that no vehicle can visit has no cost. */
  private static String figure(double value) {
    return Double.isFinite(value) ? Figure.of(value) : "–";
  }
}
