package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.SurvivalPoint;
import io.millwright.quality.Agreement;
import io.millwright.quality.GaugeStudy;
import io.millwright.quality.SamplingPlans.OcPoint;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Pages of gauge studies, sampling plans and life data. */
public final class StudyPages {

  private final Page page;

  private StudyPages(Page page) {
    this.page = page;
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Pages.write(file, page.html(Pages.FOOTER));
  }

  /**
   * A gauge study.
   *
   * @param data what was studied
   * @param study the study
   * @return the page
   */
  public static StudyPages gauge(String data, GaugeStudy study) {
    Page page = new Page("Gauge study").heading(data + ". " + study.words());
    double ofTolerance = study.component("gauge").tolerance();
    boolean tolerated = !Double.isNaN(ofTolerance);
    List<List<String>> numbers = new ArrayList<>();
    numbers.add(
        List.of(text("%.1f %%", study.component("gauge").study()), "of the deviation is gauge"));
    if (tolerated) {
      numbers.add(List.of(text("%.1f %%", ofTolerance), "of the tolerance is gauge"));
    }
    numbers.add(List.of(text("%.1f", study.ndc()), "distinct categories"));
    page.numbers(numbers);
    page.section("Variance components");
    Chart chart =
        new Chart(
            860,
            240,
            new Scale(0.5, study.components().size() + 0.5, false, "source"),
            Scale.fromZero(100, "% of deviation"),
            "Share of the standard deviation by source");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < study.components().size(); i++) {
      GaugeStudy.Component c = study.components().get(i);
      chart.bar("predicted", i + 1, 0, c.study());
      chart.note(i + 0.8, c.study() + 2, c.name());
      List<String> row =
          new ArrayList<>(
              List.of(
                  c.name(),
                  Figure.of(c.variance(), 6),
                  Figure.of(c.low(), 6),
                  Figure.of(c.high(), 6),
                  text("%.1f", c.contribution()),
                  text("%.1f", c.study())));
      if (tolerated) {
        row.add(text("%.1f", c.tolerance()));
      }
      rows.add(row);
    }
    page.chart(chart.named(tick -> ""));
    List<String> head =
        new ArrayList<>(
            List.of("source", "variance", "from", "to", "% of variance", "% of deviation"));
    if (tolerated) {
      head.add("% of tolerance");
    }
    page.table(head, rows, Collections.nCopies(rows.size(), -1));
    page.section("Analysis of variance");
    List<List<String>> lines = new ArrayList<>();
    for (GaugeStudy.Line line : study.anova()) {
      lines.add(
          List.of(
              line.name(),
              Integer.toString(line.free()),
              Figure.of(line.squares(), 6),
              Double.isNaN(line.f()) ? "" : Figure.of(line.f(), 4),
              Double.isNaN(line.p()) ? "" : Figure.of(line.p(), 4)));
    }
    page.table(
        List.of("source", "freedom", "squares", "F", "p"),
        lines,
        Collections.nCopies(lines.size(), -1));
    return new StudyPages(page);
  }

  /**
   * Agreement of appraisers.
   *
   * @param data what was rated
   * @param agreement how well they agree
   * @return the page
   */
  public static StudyPages agreement(String data, Agreement agreement) {
    Page page = new Page("Agreement").heading(data);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < agreement.shares().size(); i++) {
      Agreement.Share s = agreement.shares().get(i);
      Agreement.Kappa k = agreement.kappas().get(i);
      rows.add(
          List.of(
              s.name(),
              s.agreed() + " of " + s.of(),
              Double.isNaN(k.value()) ? "none: all labels are the same" : text("%.3f", k.value()),
              Double.isNaN(k.value()) ? "" : text("%.3f to %.3f", k.low(), k.high())));
    }
    page.table(
        List.of("who", "parts", "kappa", "interval"), rows, Collections.nCopies(rows.size(), -1));
    return new StudyPages(page);
  }

  /**
   * An operating characteristic.
   *
   * @param words the plan
   * @param curve its points
   * @return the page
   */
  public static StudyPages curve(String words, List<OcPoint> curve) {
    Page page = new Page("Sampling plan").heading(words);
    double[] x = curve.stream().mapToDouble(p -> 100 * p.share()).toArray();
    Scale shares = Scale.fromZero(x[x.length - 1], "% defective in the lot");
    page.section("Operating characteristic");
    page.chart(
        new Chart(860, 300, shares, Scale.fromZero(1, "accepted"), "Probability of acceptance")
            .line("course", x, curve.stream().mapToDouble(OcPoint::accepted).toArray()));
    double[] out = curve.stream().mapToDouble(p -> 100 * p.outgoing()).toArray();
    double most = 0;
    for (double v : out) {
      most = Math.max(most, v);
    }
    page.section("Average outgoing quality");
    page.chart(
        new Chart(860, 260, shares, Scale.fromZero(most, "% defective out"), "Outgoing quality")
            .line("course", x, out));
    return new StudyPages(page);
  }

  /**
   * A law of life beside the survival function.
   *
   * @param data what was fitted
   * @param fit the fit
   * @param survival the nonparametric survival function
   * @return the page
   */
  public static StudyPages survival(String data, LifeFit fit, List<SurvivalPoint> survival) {
    Page page = new Page("Life data").heading(data + ". " + fit.words());
    List<List<String>> numbers = new ArrayList<>();
    fit.parameters().forEach(p -> numbers.add(List.of(Figure.of(p.value(), 5), p.name())));
    numbers.add(List.of(Figure.of(fit.quantiles().get(2).value(), 5), "10 % fail by then"));
    page.numbers(numbers);
    double end =
        Math.max(survival.get(survival.size() - 1).time() * 1.1, fit.distribution().quantile(0.9));
    int n = 200;
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      x[i] = end * i / n;
      y[i] = fit.distribution().survival(x[i]);
    }
    List<double[]> steps = new ArrayList<>();
    double before = 1;
    steps.add(new double[] {0, 1});
    for (SurvivalPoint p : survival) {
      steps.add(new double[] {p.time(), before});
      steps.add(new double[] {p.time(), p.survival()});
      before = p.survival();
    }
    page.section("Survival");
    Chart chart =
        new Chart(
            860,
            340,
            Scale.fromZero(end, "age"),
            Scale.fromZero(1, "still running"),
            "Survival by age: the fitted law and the data");
    List<SurvivalPoint> known = survival.stream().filter(p -> !Double.isNaN(p.low())).toList();
    if (!known.isEmpty()) {
      chart.band(
          "band",
          known.stream().mapToDouble(SurvivalPoint::time).toArray(),
          known.stream().mapToDouble(SurvivalPoint::low).toArray(),
          known.stream().mapToDouble(SurvivalPoint::high).toArray());
    }
    chart.line(
        "true-course",
        steps.stream().mapToDouble(s -> s[0]).toArray(),
        steps.stream().mapToDouble(s -> s[1]).toArray());
    chart.line("course", x, y);
    page.chart(chart);
    page.key(
        List.of(
            List.of("<path class='course' d='M0 6H26'/>", "the fitted law"),
            List.of("<path class='true-course' d='M0 6H26'/>", "the lives themselves"),
            List.of("<rect class='band' width='26' height='12'/>", "their interval")));
    page.section("Lives by share");
    List<List<String>> rows = new ArrayList<>();
    for (LifeFit.Quantile q : fit.quantiles()) {
      rows.add(
          List.of(
              text("%.0f %%", 100 * q.share()),
              Figure.of(q.value(), 6),
              Figure.of(q.low(), 6),
              Figure.of(q.high(), 6)));
    }
    page.table(List.of("failed", "age", "from", "to"), rows, Collections.nCopies(rows.size(), -1));
    return new StudyPages(page);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
