package io.millwright.cli.pages;

import io.millwright.api.data.Series;
import io.millwright.cli.kit.Figure;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.RiskRun;
import io.millwright.supplychain.RiskStudy;
import io.millwright.supplychain.SupplierExposure;
import io.millwright.supplychain.SupplierScore;
import io.millwright.supplychain.SupplyAnomaly;
import io.millwright.supplychain.SupplyNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page about what can go wrong: the exposure graph, what failures cost, scores and anomalies.
 *
 * @param data where the network comes from
 * @param network the network
 * @param study how it was played
 * @param run what was lost
 * @param exposures what hangs on each supplier
 * @param worths what changes save
 * @param scores the suppliers by their records
 * @param anomalies what changed
 * @param courses the courses that were looked at
 */
public record RiskPage(
    String data,
    SupplyNetwork network,
    RiskStudy study,
    RiskRun run,
    List<SupplierExposure> exposures,
    Map<String, Estimate> worths,
    List<SupplierScore> scores,
    List<SupplyAnomaly> anomalies,
    List<Series> courses) {

  private static final int MOST_CHARTS = 12;

  /** Copies. */
  public RiskPage {
    exposures = List.copyOf(exposures);
    worths = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(worths));
    scores = List.copyOf(scores);
    anomalies = List.copyOf(anomalies);
    courses = List.copyOf(courses);
  }

  /** A time in periods. */
  public static String time(double periods) {
    return Double.isInfinite(periods)
        ? "ever"
        : Figure.of(periods) + (periods == 1 ? " period" : " periods");
  }

  /** An anomaly in words. */
  public static String text(SupplyAnomaly a) {
    String when =
        a.since().equals(a.until())
            ? "in " + a.since()
            : a.lasts() ? "since " + a.since() : "from " + a.since() + " to " + a.until();
    return a.course()
        + ": "
        + switch (a.kind()) {
          case SPIKE ->
              Figure.of(a.after()) + " " + when + ", where " + Figure.of(a.before()) + " is usual";
          case LEVEL ->
              "the level is "
                  + Figure.of(a.after())
                  + " "
                  + when
                  + ", it was "
                  + Figure.of(a.before());
          case SILENCE ->
              Double.isNaN(a.after())
                  ? "no value " + when
                  : Figure.of(a.after()) + " without any change " + when;
        }
        + (Double.isNaN(a.strength())
            ? ""
            : String.format(Locale.ROOT, " (%.1f deviations)", a.strength()));
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
    Page page =
        new Page("Supply risk")
            .heading(
                data
                    + ", "
                    + network.suppliers().size()
                    + " suppliers, "
                    + network.items().size()
                    + " items, "
                    + Figure.of(study.periods())
                    + " periods played "
                    + run.replications()
                    + " times");
    long exposed = exposures.stream().filter(SupplierExposure::isExposed).count();
    page.numbers(
        List.of(
            List.of(Figure.of(run.loss().value()), "margin lost in the mean"),
            List.of(Figure.of(run.loss95()), "lost at most in 95 of 100"),
            List.of(
                String.format(Locale.ROOT, "%.1f %%", 100 * run.fillRate().value()),
                "of demand met"),
            List.of(
                exposed + " of " + exposures.size(),
                "suppliers are away for longer than stocks last")));
    page.section("What hangs on whom");
    page.drawing(ExposureDrawing.of(network, exposures));
    page.key(
        List.of(
            List.of("<path d='M0 6H26' stroke='#b4470f' stroke-width='3'/>", "no way around it"),
            List.of("<path d='M0 6H26' stroke='#1f5fa8' stroke-width='2'/>", "one of several")));
    suppliers(page);
    if (!worths.isEmpty()) {
      page.section("What if");
      List<List<String>> rows = new ArrayList<>();
      worths.forEach(
          (what, w) ->
              rows.add(
                  List.of(
                      what,
                      Figure.of(w.value()),
                      Figure.of(w.low()) + " – " + Figure.of(w.high()))));
      page.table(List.of("change", "saves", "95 % interval"), rows, Pages.none(rows.size()));
    }
    scores(page);
    anomalies(page);
    return page.html(
        "Stocks are full at first and are filled up again; what is short is shared out evenly.");
  }

  private void suppliers(Page page) {
    page.section("Suppliers");
    List<List<String>> rows = new ArrayList<>();
    for (SupplierExposure e : exposures) {
      Estimate loss =
          run.suppliers().stream()
              .filter(s -> s.supplier().equals(e.supplier()))
              .map(RiskRun.BySupplier::loss)
              .findFirst()
              .orElse(new Estimate(0, 0, 0));
      rows.add(
          List.of(
              e.supplier(),
              String.join(", ", e.products()),
              time(e.timeToSurvive()),
              time(e.timeToRecover()),
              Figure.of(e.lossOfOne()),
              Figure.of(loss.value()),
              Figure.of(loss.low()) + " – " + Figure.of(loss.high())));
    }
    page.table(
        List.of(
            "supplier",
            "products in need of it",
            "survives",
            "recovers in",
            "one failure costs",
            "all its failures cost",
            "95 % interval"),
        rows,
        Pages.none(rows.size()));
  }

  private void scores(Page page) {
    if (scores.isEmpty()) {
      return;
    }
    page.section("Scores by deliveries");
    page.text("Few records make wide intervals.");
    List<List<String>> rows = new ArrayList<>();
    for (SupplierScore s : scores) {
      rows.add(
          List.of(
              s.supplier(),
              Integer.toString(s.deliveries()),
              percent(s.perfect()),
              percent(s.onTime()),
              percent(s.good()),
              Figure.of(s.leadTime().value())
                  + (Double.isFinite(s.leadTime().high())
                      ? " ("
                          + Figure.of(s.leadTime().low())
                          + " – "
                          + Figure.of(s.leadTime().high())
                          + ")"
                      : "")));
    }
    page.table(
        List.of("supplier", "records", "perfect, %", "on time, %", "good pieces, %", "lead time"),
        rows,
        Pages.none(rows.size()));
  }

  private static String percent(Estimate e) {
    return String.format(
        Locale.ROOT, "%.0f (%.0f – %.0f)", 100 * e.value(), 100 * e.low(), 100 * e.high());
  }

  private void anomalies(Page page) {
    if (courses.isEmpty()) {
      return;
    }
    page.section("What changed");
    if (anomalies.isEmpty()) {
      page.text("Nothing unusual in " + courses.size() + " courses.");
    }
    int drawn = 0;
    for (Series course : courses) {
      List<SupplyAnomaly> own =
          anomalies.stream().filter(a -> a.course().equals(course.id())).toList();
      if (own.isEmpty()) {
        continue;
      }
      own.forEach(a -> page.text(text(a)));
      if (drawn++ < MOST_CHARTS) {
        page.chart(chart(course, own));
      }
    }
  }

  private static Chart chart(Series course, List<SupplyAnomaly> own) {
    double[] y = course.toArray();
    double[] x = new double[y.length];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < y.length; t++) {
      x[t] = t;
      low = Double.isNaN(y[t]) ? low : Math.min(low, y[t]);
      high = Double.isNaN(y[t]) ? high : Math.max(high, y[t]);
    }
    Chart chart =
        new Chart(
            860,
            160,
            new Scale(0, Math.max(1, y.length - 1), false, "period"),
            Scale.around(low, high, "value"),
            "Course of " + course.id());
    chart
        .named(
            tick -> {
              int at = (int) Math.rint(tick);
              return Math.abs(at - tick) < 1e-9 && at < y.length ? course.label(at) : "";
            })
        .line("training", x, y);
    for (SupplyAnomaly a : own) {
      long at = course.frequency().number(a.since()) - course.start();
      if (at >= 0 && at < y.length && !Double.isNaN(y[(int) at])) {
        chart.dot("truth", (double) at, y[(int) at], 4, text(a));
      }
    }
    return chart;
  }
}
