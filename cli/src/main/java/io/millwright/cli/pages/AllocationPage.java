package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.production.Allocation;
import io.millwright.production.AllocationProblem;
import io.millwright.production.Allocator;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page about the division of work between lines. */
public final class AllocationPage {

  private AllocationPage() {}

  /** Writes it. */
  public static void write(
      Path file,
      String data,
      AllocationProblem problem,
      Allocation allocation,
      List<Allocator.TradeOff> curve) {
    Page page =
        new Page("Allocation")
            .heading(
                data
                    + ", "
                    + problem.lines().size()
                    + " lines, "
                    + problem.products().size()
                    + " products, "
                    + problem.periods()
                    + " periods");
    page.numbers(
        List.of(
            List.of(Figure.of(allocation.cost(), 6), "cost"),
            List.of(Figure.of(allocation.energy(), 6) + " kWh", "energy"),
            List.of(Figure.of(allocation.scrap(), 4), "rejected pieces")));
    if (curve.size() > 1) {
      page.section("What less energy costs");
      double[] x = curve.stream().mapToDouble(Allocator.TradeOff::energy).toArray();
      double[] y = curve.stream().mapToDouble(Allocator.TradeOff::cost).toArray();
      double lowX = x[x.length - 1];
      double lowY = y[0];
      double highY = java.util.Arrays.stream(y).max().orElse(lowY);
      Chart chart =
          new Chart(
              860,
              260,
              Scale.around(lowX, x[0], "energy, kWh"),
              Scale.around(lowY, Math.max(highY, lowY + 1e-9), "cost"),
              "Pareto front");
      chart.line("course", x, y);
      for (int k = 0; k < x.length; k++) {
        chart.dot(
            "kept",
            x[k],
            y[k],
            4,
            String.format(
                Locale.ROOT, "%.1f %% less energy: cost %.6g", 100 * (1 - x[k] / x[0]), y[k]));
      }
      page.chart(chart);
    }
    page.section("Lines");
    List<List<String>> rows = new ArrayList<>();
    for (AllocationProblem.Line l : problem.lines()) {
      double there = l.hours().stream().mapToDouble(h -> h).sum();
      double used =
          allocation.runs().stream()
              .filter(r -> r.line().equals(l.name()))
              .mapToDouble(Allocation.Run::hours)
              .sum();
      rows.add(
          List.of(
              l.name(),
              Figure.of(used),
              Figure.of(there),
              String.format(Locale.ROOT, "%.0f %%", there > 0 ? 100 * used / there : 0)));
    }
    page.table(List.of("line", "hours", "of", "load"), rows, Pages.none(rows.size()));
    page.section("Runs");
    List<List<String>> runs = new ArrayList<>();
    for (Allocation.Run r : allocation.runs().stream().limit(400).toList()) {
      runs.add(
          List.of(
              r.line(),
              Integer.toString(r.period() + 1),
              r.product(),
              Figure.of(r.hours()),
              Figure.of(r.speed()),
              Figure.of(r.good()),
              Figure.of(r.energy())));
    }
    page.table(
        List.of("line", "period", "product", "hours", "speed", "good", "kWh"),
        runs,
        Pages.none(runs.size()));
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
