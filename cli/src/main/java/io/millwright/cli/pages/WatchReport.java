package io.millwright.cli.pages;

import io.millwright.api.Finding;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.runtime.watch.DriftReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page with the drift of data over time. Immutable.
 *
 * @param title the page's title
 * @param under what the reference is, in a sentence
 * @param size how many rows a window has
 * @param reports one for each window, oldest first
 * @param found what is wrong with the data of each window
 */
public record WatchReport(
    String title, String under, int size, List<DriftReport> reports, List<List<Finding>> found) {

  private static final int MOST_COLUMNS = 8;

  /** Copies. */
  public WatchReport {
    reports = List.copyOf(reports);
    found = List.copyOf(found);
  }

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
    Page page = new Page(title).heading(under);
    long alarms = reports.stream().filter(DriftReport::drifted).count();
    Map<String, Double> worst = worst();
    page.numbers(
        List.of(
            List.of(alarms + " of " + reports.size(), "windows of " + size + " rows have drifted"),
            List.of(
                worst.isEmpty() ? "none" : worst.keySet().iterator().next(),
                "the column that moved furthest"),
            List.of(
                Integer.toString(found.stream().mapToInt(List::size).sum()),
                "findings about the quality of the data")));
    page.section("How far each column is from the reference");
    page.text(
        "The Jensen-Shannon distance of each window, 0 for the same to 1 for no overlap. Shaded"
            + " windows raise an alarm: a p-value, corrected for all columns of the window, is"
            + " below "
            + reports.get(0).level()
            + ".");
    worst.keySet().stream().limit(MOST_COLUMNS).forEach(c -> page.chart(drawing(c)));
    table(page);
    quality(page);
    return page.html(Pages.FOOTER);
  }

  /** Columns by their largest distance, largest first. */
  private Map<String, Double> worst() {
    Map<String, Double> largest = new LinkedHashMap<>();
    for (DriftReport report : reports) {
      for (DriftReport.ColumnDrift c : report.columns()) {
        largest.merge(c.column(), c.distance(), Math::max);
      }
    }
    Map<String, Double> sorted = new LinkedHashMap<>();
    largest.entrySet().stream()
        .sorted(Collections.reverseOrder(Map.Entry.comparingByValue()))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  private Chart drawing(String column) {
    int n = reports.size();
    double[] at = new double[n];
    double[] distance = new double[n];
    boolean[] drifted = new boolean[n];
    double largest = 0.3;
    for (int w = 0; w < n; w++) {
      at[w] = w + 1;
      for (DriftReport.ColumnDrift c : reports.get(w).columns()) {
        if (c.column().equals(column)) {
          distance[w] = c.distance();
          drifted[w] = c.drifted();
          largest = Math.max(largest, c.distance());
        }
      }
    }
    Chart chart =
        new Chart(
            860,
            150,
            new Scale(0.5, n + 0.5, false, "window"),
            Scale.fromZero(largest, column.length() <= 18 ? column : column.substring(0, 17) + "…"),
            "Distance of " + column + " from the reference by window");
    for (int w = 0; w < n; w++) {
      if (drifted[w]) {
        chart.band(
            "alarm",
            new double[] {at[w] - 0.5, at[w] + 0.5},
            new double[] {0, 0},
            new double[] {1, 1});
      }
    }
    chart.line("course", at, distance);
    for (int w = 0; w < n; w++) {
      chart.dot(
          drifted[w] ? "signal" : "predicted",
          at[w],
          distance[w],
          drifted[w] ? 4 : 2.4,
          String.format(Locale.ROOT, "window %d: %.3f", w + 1, distance[w]));
    }
    return chart;
  }

  private void table(Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (int w = 0; w < reports.size(); w++) {
      for (DriftReport.ColumnDrift c : reports.get(w).columns()) {
        if (c.drifted()) {
          rows.add(
              List.of(
                  Integer.toString(w + 1),
                  c.column(),
                  Double.isNaN(c.psi()) ? "–" : Scale.shortly(c.psi()),
                  Scale.shortly(c.distance()),
                  Scale.shortly(c.adjusted())));
        }
      }
    }
    if (!rows.isEmpty()) {
      List<List<String>> some = rows.subList(0, Math.min(60, rows.size()));
      page.section("Alarms");
      page.table(
          List.of("window", "column", "PSI", "distance", "corrected p"),
          some,
          Pages.none(some.size()));
    }
  }

  private void quality(Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (int w = 0; w < found.size(); w++) {
      for (Finding f : found.get(w)) {
        rows.add(List.of(Integer.toString(w + 1), f.place(), f.message()));
      }
    }
    if (!rows.isEmpty()) {
      List<List<String>> some = rows.subList(0, Math.min(60, rows.size()));
      page.section("Quality of the data");
      page.table(List.of("window", "where", "what"), some, Pages.none(some.size()));
    }
  }
}
