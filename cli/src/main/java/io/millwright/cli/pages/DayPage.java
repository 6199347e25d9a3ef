package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Texts;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.DayPlan;
import io.millwright.supplychain.DayRules;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.StopVisit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page about a day on the road: trips and breaks of each vehicle along the clock, the map, and
 * the trips one by one.
 *
 * @param data where the stops come from
 * @param problem the problem
 * @param rules what the day has beside it
 * @param plan the day
 */
public record DayPage(String data, RoutingProblem problem, DayRules rules, DayPlan plan) {

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
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
        new Page("A day on the road")
            .heading(data + ", " + Texts.count(problem.stops().size(), "stop"));
    int trips = plan.routes().stream().mapToInt(r -> r.trips().size()).sum();
    page.numbers(
        List.of(
            List.of(Figure.of(plan.cost()), "cost of the day"),
            List.of(Figure.of(plan.distance()), "distance of all trips"),
            List.of(plan.routes().size() + " / " + trips, "vehicles on the road / trips"),
            List.of(Integer.toString(plan.leftOut().size()), "stops left out")));
    if (!plan.routes().isEmpty()) {
      page.section("Along the clock");
      page.chart(clock());
      page.key(
          List.of(
              List.of("<path class='course' d='M0 6H26'/>", "under way"),
              List.of("<path class='training' d='M0 6H26'/>", "at the depot"),
              List.of("<circle class='signal' cx='13' cy='6' r='4'/>", "break"),
              List.of("<path class='limit' d='M0 6H26'/>", "traffic begins or ends")));
    }
    if (problem.travel().coordinates(0).length > 0) {
      page.section("Map");
      List<RouteMap.Way> ways = new ArrayList<>();
      for (DayPlan.DayRoute route : plan.routes()) {
        route.trips().forEach(t -> ways.add(new RouteMap.Way(route.vehicle(), stops(t))));
      }
      page.chart(RouteMap.of(problem, ways, plan.leftOut()));
      page.key(RouteMap.KEY);
    }
    page.section("Trips");
    List<List<String>> rows = new ArrayList<>();
    for (DayPlan.DayRoute route : plan.routes()) {
      int number = 1;
      for (DayPlan.Trip trip : route.trips()) {
        rows.add(
            List.of(
                name(route),
                Integer.toString(number++),
                Figure.of(trip.departure()),
                Figure.of(trip.arrival()),
                Figure.of(trip.distance()),
                String.join(" ", stops(trip))));
      }
    }
    page.table(
        List.of("vehicle", "trip", "departs", "returns", "distance", "order of visits"),
        rows,
        Pages.none(rows.size()));
    return page.html("Breaks are taken at depots and stops; waiting as long as a break is one.");
  }

  private static String name(DayPlan.DayRoute route) {
    return route.vehicle() + " " + route.number();
  }

  private static List<String> stops(DayPlan.Trip trip) {
    return trip.visits().stream().map(StopVisit::stop).toList();
  }

  private Chart clock() {
    int n = plan.routes().size();
    double from = plan.routes().stream().mapToDouble(DayPlan.DayRoute::departure).min().orElse(0);
    double to = plan.routes().stream().mapToDouble(DayPlan.DayRoute::arrival).max().orElse(1);
    double margin = 0.02 * Math.max(1e-9, to - from);
    Chart chart =
        new Chart(
            860,
            Math.min(700, 80 + 34 * n),
            new Scale(from - margin, to + margin, false, "time"),
            new Scale(-0.5, n, false, "vehicle"),
            "Trips and breaks of each vehicle along the clock");
    for (DayRules.Traffic span : rules.traffic()) {
      for (double at : new double[] {span.from(), span.to()}) {
        if (at > from && at < to) {
          chart.line("limit", new double[] {at, at}, new double[] {-0.5, n});
        }
      }
    }
    for (int r = 0; r < n; r++) {
      DayPlan.DayRoute route = plan.routes().get(r);
      double y = n - 1.0 - r;
      chart.line(
          "training", new double[] {route.departure(), route.arrival()}, new double[] {y, y});
      for (DayPlan.Trip trip : route.trips()) {
        chart.line("course", new double[] {trip.departure(), trip.arrival()}, new double[] {y, y});
        for (StopVisit visit : trip.visits()) {
          chart.dot(
              "predicted", visit.begin(), y, 2.5, visit.stop() + " at " + Figure.of(visit.begin()));
        }
      }
      for (DayPlan.Break rest : route.breaks()) {
        chart.dot(
            "signal",
            (rest.from() + rest.to()) / 2,
            y,
            4,
            "break from " + Figure.of(rest.from()) + " to " + Figure.of(rest.to()));
      }
      chart.note(from, y + 0.2, name(route));
    }
    return chart;
  }
}
