package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Texts;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.TransportPlan;
import io.millwright.supplychain.TransportProblem;
import io.millwright.supplychain.VehicleRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page about a transport plan over days: what it costs beside its lower bound, the routes of each
 * day, and the stock of each site.
 *
 * @param data where the sites come from
 * @param problem the problem
 * @param plan the plan
 */
public record TransportPage(String data, TransportProblem problem, TransportPlan plan) {

  private static final int MOST_CHARTS = 12;

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
        new Page("Transport over days")
            .heading(
                data
                    + ", "
                    + Texts.count(problem.sites().size(), "site")
                    + ", "
                    + Texts.count(problem.days(), "day"));
    page.numbers(
        List.of(
            List.of(Figure.of(plan.cost()), "cost, " + Figure.of(plan.bound()) + " at least"),
            List.of(Figure.of(plan.routeCost()), "of it routes"),
            List.of(Figure.of(plan.holdingCost()), "of it holding"),
            List.of(
                Integer.toString(
                    plan.days().stream().mapToInt(d -> d.routes().routes().size()).sum()),
                "routes in all")));
    page.section("Days");
    List<List<String>> rows = new ArrayList<>();
    for (int d = 0; d < plan.days().size(); d++) {
      TransportPlan.Day day = plan.days().get(d);
      for (VehicleRoute route : day.routes().routes()) {
        rows.add(
            List.of(
                Integer.toString(d + 1),
                route.name(),
                Figure.of(route.distance()),
                Figure.of(
                    route.stops().stream()
                        .mapToDouble(s -> day.delivered().getOrDefault(s, 0.0))
                        .sum()),
                String.join(", ", route.stops().stream().map(s -> visit(day, s)).toList())));
      }
      if (day.routes().routes().isEmpty()) {
        rows.add(List.of(Integer.toString(d + 1), "none", "", "", ""));
      }
    }
    page.table(
        List.of("day", "vehicle", "distance", "pieces", "visits and pieces"),
        rows,
        Pages.none(rows.size()));
    page.section("Stocks");
    if (problem.sites().size() > MOST_CHARTS) {
      page.text("The first " + MOST_CHARTS + " of " + problem.sites().size() + " sites.");
    }
    for (TransportProblem.Site site :
        problem.sites().subList(0, Math.min(MOST_CHARTS, problem.sites().size()))) {
      page.chart(chart(site));
    }
    page.key(
        List.of(
            List.of("<path class='course' d='M0 6H26'/>", "stock"),
            List.of("<circle class='predicted' cx='13' cy='6' r='3'/>", "delivery"),
            List.of("<path class='limit' d='M0 6H26'/>", "least and most")));
    return page.html(
        "The lower bound counts the least stocks, and of all routes together the goods on the"
            + " straight ways or the shortest tree that connects the sites; no plan costs less, and"
            + " the best one may cost much more.");
  }

  private static String visit(TransportPlan.Day day, String site) {
    return site + " " + Figure.of(day.delivered().getOrDefault(site, 0.0));
  }

  private Chart chart(TransportProblem.Site site) {
    int n = plan.days().size();
    // Up with the delivery in the morning, down with the day's use.
    double[] x = new double[2 * n + 1];
    double[] y = new double[2 * n + 1];
    y[0] = site.stock();
    for (int d = 1; d <= n; d++) {
      TransportPlan.Day day = plan.days().get(d - 1);
      x[2 * d - 1] = d - 1.0;
      y[2 * d - 1] = y[2 * d - 2] + day.delivered().getOrDefault(site.id(), 0.0);
      x[2 * d] = d;
      y[2 * d] = day.stock().getOrDefault(site.id(), 0.0);
    }
    Chart chart =
        new Chart(
            860,
            150,
            new Scale(0, n, false, "day"),
            Scale.fromZero(Math.max(1e-9, site.most()), site.id()),
            "Stock of " + site.id());
    chart.level("limit", site.most(), "most");
    if (site.least() > 0) {
      chart.level("limit", site.least(), "least");
    }
    chart.line("course", x, y);
    for (int d = 1; d <= n; d++) {
      double came = y[2 * d - 1] - y[2 * d - 2];
      if (came > 0) {
        chart.dot(
            "predicted", d - 1.0, y[2 * d - 1], 3, "day " + d + ": " + Figure.of(came) + " pieces");
      }
    }
    return chart;
  }
}
