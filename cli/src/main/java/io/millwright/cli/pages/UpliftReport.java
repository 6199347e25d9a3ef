package io.millwright.cli.pages;

import io.millwright.personalization.UpliftModel;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page of uplift: a Qini curve for each question. Immutable; gives the same page for the same
 * content.
 *
 * @param data where the test comes from
 * @param asked the questions and answers
 */
public record UpliftReport(String data, List<Asked> asked) {

  /**
   * A question and its answer.
   *
   * @param treated the arm
   * @param outcome the outcome
   * @param verdict in a sentence
   * @param usable whether it matters who is treated
   * @param judged on customers left out
   */
  public record Asked(
      String treated, String outcome, String verdict, boolean usable, UpliftModel.Qini judged) {}

  /** Copies. */
  public UpliftReport {
    asked = List.copyOf(asked);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   * @throws io.millwright.api.MillwrightException when it cannot be written
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
    Page page = new Page("Uplift").heading(data);
    List<List<String>> rows = new ArrayList<>();
    for (Asked a : asked) {
      rows.add(
          List.of(
              a.treated + ", " + a.outcome,
              number(a.judged.actual()) + " ± " + number(a.judged.actualError()),
              number(a.judged.predicted()),
              number(a.judged.area()),
              number(a.judged.random()),
              number(a.judged.best30()),
              a.usable ? "yes" : "no"));
    }
    page.table(
        List.of(
            "treatment and outcome",
            "mean uplift",
            "predicted",
            "Qini area",
            "sd of random",
            "best 30 %",
            "usable"),
        rows,
        Pages.none(rows.size()));
    for (Asked a : asked) {
      page.section(a.treated + ", " + a.outcome);
      page.text(a.verdict + ".");
      page.key(
          List.of(
              List.of("<path class='course' d='M0 6H26'/>", "by predicted uplift"),
              List.of("<path class='true-course' d='M0 6H26'/>", "random order")));
      page.chart(chart(a));
    }
    return page.html(
        "Judged on customers that were not learnt from. The curve: what treating the first share of"
            + " customers brings, divided by all treated.");
  }

  private static Chart chart(Asked a) {
    List<Double> curve = a.judged.curve();
    int n = curve.size();
    double[] x = new double[n];
    double[] y = new double[n];
    double[] line = new double[n];
    double low = 0;
    double high = 0;
    for (int k = 0; k < n; k++) {
      x[k] = 100.0 * k / (n - 1);
      y[k] = curve.get(k);
      line[k] = curve.get(n - 1) * k / (n - 1);
      low = Math.min(low, Math.min(y[k], line[k]));
      high = Math.max(high, Math.max(y[k], line[k]));
    }
    double room = Math.max(1e-9, 0.06 * (high - low));
    return new Chart(
            860,
            260,
            new Scale(0, 100, false, "share of customers, %"),
            new Scale(low - (low < 0 ? room : 0), high + room, false, a.outcome + " gained"),
            "Qini curve of " + a.treated + " on " + a.outcome)
        .line("true-course", x, line)
        .line("course", x, y);
  }

  private static String number(double v) {
    return String.format(Locale.ROOT, "%.4f", v);
  }
}
