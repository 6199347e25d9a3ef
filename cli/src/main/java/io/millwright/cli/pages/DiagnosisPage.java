package io.millwright.cli.pages;

import io.millwright.maintenance.Diagnosis;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A page of diagnoses, with marked spectra where they rest on geometry. */
public final class DiagnosisPage {

  private static final int MOST = 20;

  private DiagnosisPage() {}

  /**
   * Writes it.
   *
   * @param file where to; replaced when it exists
   * @param diagnoses what was found
   * @param marks what to mark in a spectrum: names by their orders
   */
  public static void write(
      Path file, List<Diagnosis> diagnoses, Function<Diagnosis, Map<Double, String>> marks) {
    Page page = new Page("Diagnosis").heading(diagnoses.size() + " recordings");
    List<List<String>> rows = new ArrayList<>();
    for (Diagnosis d : diagnoses) {
      StringBuilder scores = new StringBuilder();
      d.scores().forEach((f, s) -> scores.append(String.format(Locale.ROOT, "%s %.2f  ", f, s)));
      rows.add(
          List.of(
              d.name(),
              d.fault().isEmpty() ? "none named" : d.fault() + " " + d.severity(),
              scores.toString().strip()));
    }
    page.table(List.of("recording", "fault", "scores"), rows, Pages.none(rows.size()));
    for (Diagnosis d :
        diagnoses.stream().filter(x -> !x.spectrum().isEmpty()).limit(MOST).toList()) {
      page.section(d.name()).text(d.evidence());
      double[] x = d.spectrum().stream().mapToDouble(p -> p[0]).toArray();
      double[] y = d.spectrum().stream().mapToDouble(p -> p[1]).toArray();
      double most = 0;
      for (double v : y) {
        most = Math.max(most, v);
      }
      Chart chart =
          new Chart(
                  860,
                  260,
                  Scale.fromZero(x[x.length - 1], "order of the shaft"),
                  Scale.fromZero(most * 1.15, "amplitude"),
                  "Spectrum of " + d.name())
              .line("validation", x, y);
      double last = x[x.length - 1];
      double height = most * 1.05;
      marks.apply(d).forEach((order, name) -> mark(chart, order, name, last, height));
      page.chart(chart);
    }
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static void mark(Chart chart, double order, String name, double last, double height) {
    if (order <= last) {
      chart.note(order, height, name);
    }
  }
}
