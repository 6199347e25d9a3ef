package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthCourse;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page about the health of machines: its course, the statistic and the columns behind it. */
public final class HealthPage {

  private static final int MOST = 12;

  private final Page page = new Page("Health");
  private final List<Runnable> sections = new ArrayList<>();
  private int files;

  /**
   * Adds a file.
   *
   * @param name its name
   * @param course its readings
   * @param from the first judged one
   * @param words what was found
   */
  public void add(String name, HealthCourse course, int from, String words) {
    files++;
    if (files <= MOST) {
      sections.add(() -> section(name, course, from, words));
    }
  }

  private void section(String name, HealthCourse course, int from, String words) {
    List<Health> readings = course.readings();
    int n = readings.size();
    page.section(name).text(words);
    double[] x = new double[n];
    double[] index = new double[n];
    double[] ratio = new double[n];
    double most = 2;
    Map<String, Double> causes = new LinkedHashMap<>();
    for (int r = 0; r < n; r++) {
      Health h = readings.get(r);
      x[r] = r + 1.0;
      index[r] = h.index();
      ratio[r] = Math.max(1e-2, Math.min(1e4, h.ratio()));
      most = Math.max(most, ratio[r]);
      h.causes().forEach((c, s) -> causes.merge(c, s, Double::sum));
    }
    Scale rows = new Scale(1, Math.max(2, n), false, "reading");
    Chart health =
        new Chart(860, 220, rows, Scale.fromZero(1, "health"), "Health by reading")
            .line("course", x, index)
            .level("limit", 0.5, "the limit");
    for (int change : course.changes().stream().limit(12).toList()) {
      health.note(change + 1.0, 0.05, "|");
    }
    page.chart(health);
    page.chart(
        new Chart(
                860,
                220,
                rows,
                new Scale(1e-2, most * 1.2, true, "statistic / limit"),
                "The statistic over its limit by reading")
            .line("course", x, ratio)
            .level("limit", 1, from > 0 ? "limit; judged from row " + (from + 1) : "limit"));
    double sum = causes.values().stream().mapToDouble(v -> v).sum();
    List<List<String>> table =
        causes.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(6)
            .map(
                e ->
                    List.of(
                        e.getKey(),
                        String.format(Locale.ROOT, "%.0f %%", 100 * e.getValue() / sum)))
            .toList();
    if (!table.isEmpty()) {
      page.table(
          List.of("column", "part in the unusual readings"), table, Pages.none(table.size()));
    }
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    page.heading(
        Figure.of(files)
            + (files == 1 ? " file" : " files")
            + (files > MOST ? ", the first " + MOST + " shown" : "")
            + ". Marks below the health show where the level of the statistic changed.");
    sections.forEach(Runnable::run);
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
