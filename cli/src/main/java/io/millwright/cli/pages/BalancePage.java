package io.millwright.cli.pages;

import io.millwright.api.Solution;
import io.millwright.cli.kit.Figure;
import io.millwright.production.BalanceProblem;
import io.millwright.production.LineBalance;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page about a balanced line. */
public final class BalancePage {

  private BalancePage() {}

  /** Writes it. */
  public static void write(
      Path file, String data, BalanceProblem problem, LineBalance line, Solution.End end) {
    Map<String, Double> times = new HashMap<>();
    problem.tasks().forEach(t -> times.put(t.name(), t.time()));
    double cycle = problem.cycleTime() > 0 ? problem.cycleTime() : line.cycleTime();
    int m = line.stations().size();
    Page page = new Page("Line balance").heading(data + ", " + problem.tasks().size() + " tasks");
    page.numbers(
        List.of(
            List.of(Integer.toString(m), "stations"),
            List.of(Figure.of(line.cycleTime(), 9), "longest station"),
            List.of(String.format(Locale.ROOT, "%.1f %%", 100 * line.efficiency()), "efficiency"),
            List.of(
                end == Solution.End.OPTIMAL ? "proven" : "open",
                "whether no better line can exist")));
    Chart chart =
        new Chart(
            860,
            260,
            new Scale(0, m + 1.0, false, "station"),
            Scale.fromZero(cycle * 1.05, "time"),
            "Load of stations");
    List<List<String>> rows = new ArrayList<>();
    for (int s = 0; s < m; s++) {
      double sum =
          line.stations().get(s).stream().mapToDouble(t -> times.getOrDefault(t, 0.0)).sum();
      chart.bar("interval", s + 1.0, 0, sum);
      rows.add(
          List.of(
              Integer.toString(s + 1),
              Figure.of(sum, 9),
              Figure.of(cycle - sum, 9),
              String.join(" ", line.stations().get(s))));
    }
    chart.level("control", cycle, "cycle");
    page.chart(chart);
    page.table(List.of("station", "load", "idle", "tasks"), rows, Pages.none(rows.size()));
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
