package io.millwright.cli.pages;

import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.scheduling.LiveTrial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page about ways of dispatching on a floor where orders come by surprise. */
public final class LivePage {

  private static final int SHOWN = 12;

  private LivePage() {}

  /** Writes it. */
  public static void write(Path file, String floor, String verdict, List<LiveTrial> trials) {
    Page page = new Page("Live dispatching").heading(floor);
    page.text(verdict);
    List<LiveTrial> shown = trials.subList(0, Math.min(SHOWN, trials.size()));
    double most =
        shown.stream()
            .mapToDouble(t -> t.tardiness().mean() + t.tardiness().halfWidth(0.95))
            .max()
            .orElse(1);
    Chart chart =
        new Chart(
            860,
            300,
            new Scale(0, shown.size() + 1.0, false, "place in the table"),
            Scale.fromZero(Math.max(1, most * 1.05), "mean weighted tardiness, ticks a job"),
            "Tardiness of each way of dispatching with its 95 % interval");
    for (int i = 0; i < shown.size(); i++) {
      LiveTrial t = shown.get(i);
      double half = t.tardiness().halfWidth(0.95);
      chart.bar(
          "interval",
          i + 1.0,
          Math.max(0, t.tardiness().mean() - half),
          t.tardiness().mean() + half);
      boolean rule = !t.name().startsWith("policy") && !t.name().startsWith("rolling");
      chart.dot(rule ? "truth" : "predicted", i + 1.0, t.tardiness().mean(), 4, t.name());
    }
    page.chart(chart);
    page.key(
        List.of(
            List.of("<circle class='predicted' cx='13' cy='6' r='3.5'/>", "policy or search"),
            List.of("<circle class='truth' cx='13' cy='6' r='3.5'/>", "rule"),
            List.of(
                "<rect class='interval' width='26' height='12'/>", "95 % interval of the mean")));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      LiveTrial t = trials.get(i);
      rows.add(
          List.of(
              (i + 1) + " " + t.name(),
              String.format(
                  Locale.ROOT, "%.1f ± %.1f", t.tardiness().mean(), t.tardiness().halfWidth(0.95)),
              String.format(Locale.ROOT, "%.0f", t.flowTime().mean()),
              String.format(Locale.ROOT, "%.1f %%", 100 * t.late().mean()),
              String.format(Locale.ROOT, "%.1f", t.decisionMicros())));
    }
    page.table(
        List.of("dispatching", "weighted tardiness", "flow time", "late", "µs a decision"),
        rows,
        Pages.none(rows.size()));
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
