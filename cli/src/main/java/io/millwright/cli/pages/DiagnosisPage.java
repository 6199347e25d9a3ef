package io.millwright.cli.pages;

import io.millwright.maintenance.BearingGeometry;
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
import org.jspecify.annotations.Nullable;

/** A page of diagnoses, with marked envelope spectra where they rest on geometry. */
public final class DiagnosisPage {

  private static final int MOST = 20;

  private DiagnosisPage() {}

  /**
   * Writes it.
   *
   * @param file where to; replaced when it exists
   * @param diagnoses what was found
   * @param geometry the bearing, or null
   */
  public static void write(
      Path file, List<Diagnosis> diagnoses, @Nullable BearingGeometry geometry) {
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
                  Scale.fromZero(most * 1.15, "envelope"),
                  "Envelope spectrum of " + d.name())
              .line("validation", x, y);
      if (geometry != null) {
        for (Map.Entry<String, Double> part : geometry.orders().entrySet()) {
          if (part.getKey().equals(d.fault())) {
            for (int h = 1; h * part.getValue() <= x[x.length - 1]; h++) {
              chart.note(h * part.getValue(), most * 1.05, h + "x " + part.getKey());
            }
          }
        }
      }
      page.chart(chart);
    }
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
