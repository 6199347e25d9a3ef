package io.millwright.cli.pages;

import io.millwright.quality.ChartPoint;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A page with a control chart: one drawing for each of its lines, signals set off. Immutable.
 *
 * @param title the page's title
 * @param under what is charted, in a sentence
 * @param quantity the column or columns charted, for the axis
 * @param figures names with their values
 * @param baseline how many of the readings the limits come from
 * @param points one for each reading, in order; empty where a reading was missing
 */
public record ChartReport(
    String title,
    String under,
    String quantity,
    Map<String, String> figures,
    int baseline,
    List<Optional<ChartPoint>> points) {

  private static final int MOST_LISTED = 40;

  /** Copies. */
  public ChartReport {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    points = List.copyOf(points);
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
    List<List<String>> numbers = new ArrayList<>();
    figures.forEach((name, value) -> numbers.add(List.of(value, name)));
    page.numbers(numbers);
    List<String> tracks =
        points.stream()
            .flatMap(Optional::stream)
            .flatMap(p -> p.tracks().stream())
            .map(ChartPoint.Track::name)
            .distinct()
            .toList();
    for (String track : tracks) {
      page.section(track.substring(0, 1).toUpperCase(Locale.ROOT) + track.substring(1));
      page.chart(drawing(track));
    }
    page.key(
        List.of(
            List.of("<circle class='predicted' cx='13' cy='6' r='3'/>", "in control"),
            List.of("<circle class='signal' cx='13' cy='6' r='4'/>", "signal"),
            List.of("<path class='control' d='M0 6H26'/>", "control limit"),
            List.of("<path class='centre' d='M0 6H26'/>", "centre line"),
            List.of(
                "<rect class='past' width='26' height='12'/>",
                "readings from which the limits come")));
    signals(page);
    return page.html(Pages.FOOTER);
  }

  private Chart drawing(String track) {
    int n = points.size();
    double[] at = new double[n];
    double[] value = new double[n];
    double[] low = new double[n];
    double[] centre = new double[n];
    double[] high = new double[n];
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      at[i] = i + 1;
      Optional<ChartPoint.Track> t =
          points.get(i).stream()
              .flatMap(p -> p.tracks().stream())
              .filter(x -> x.name().equals(track))
              .findFirst();
      value[i] = t.map(ChartPoint.Track::value).orElse(Double.NaN);
      low[i] = t.map(ChartPoint.Track::low).orElse(Double.NaN);
      centre[i] = t.map(ChartPoint.Track::centre).orElse(Double.NaN);
      high[i] = t.map(ChartPoint.Track::high).orElse(Double.NaN);
      if (t.isPresent()) {
        least = Math.min(least, Math.min(value[i], low[i]));
        largest = Math.max(largest, Math.max(value[i], high[i]));
      }
    }
    double room = 0.06 * (largest - least) + 1e-12;
    Scale y =
        new Scale(
            least - room,
            largest + room,
            false,
            track.equals("value") ? quantity : track + " of " + quantity);
    Chart chart =
        new Chart(
            860,
            260,
            new Scale(0.5, Math.max(n, 2) + 0.5, false, "reading"),
            y,
            "Control chart of the " + track + " with its limits");
    if (baseline > 0) {
      double end = Math.min(baseline, n) + 0.5;
      chart.band(
          "past",
          new double[] {0.5, end},
          new double[] {y.low(), y.low()},
          new double[] {y.high(), y.high()});
    }
    chart.line("centre", at, centre).line("control", at, low).line("control", at, high);
    chart.line("course", at, value);
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(value[i])) {
        continue;
      }
      List<String> rules =
          points.get(i).stream()
              .flatMap(p -> p.signals().stream())
              .filter(s -> s.track().equals(track))
              .map(s -> words(s.rule().name()))
              .toList();
      boolean quiet = rules.isEmpty();
      if (!quiet || n <= 400) {
        chart.dot(
            quiet ? "predicted" : "signal",
            at[i],
            value[i],
            quiet ? 2.4 : 4,
            "reading " + (i + 1) + (quiet ? "" : ": " + String.join(", ", rules)));
      }
    }
    return chart;
  }

  private void signals(Page page) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).isEmpty()) {
        rows.add(List.of(Integer.toString(i + 1), "no reading"));
        continue;
      }
      TreeSet<String> said = new TreeSet<>();
      points
          .get(i)
          .get()
          .signals()
          .forEach(s -> said.add(s.track() + ": " + words(s.rule().name())));
      if (!said.isEmpty()) {
        rows.add(List.of(Integer.toString(i + 1), String.join("; ", said)));
      }
    }
    if (!rows.isEmpty()) {
      page.section("Signals");
      if (rows.size() > MOST_LISTED) {
        page.text("The first " + MOST_LISTED + " of " + rows.size() + ".");
      }
      List<List<String>> shown = rows.subList(0, Math.min(MOST_LISTED, rows.size()));
      page.table(List.of("reading", "what"), shown, Collections.nCopies(shown.size(), -1));
    }
  }

  private static String words(String rule) {
    return rule.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
