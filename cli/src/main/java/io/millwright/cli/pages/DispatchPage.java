package io.millwright.cli.pages;

import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.scheduling.Dispatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A page about shops planned by a dispatching policy. */
public final class DispatchPage {

  private static final String FORM = "%-14s %9s %10s %-12s %9s %9s %9s %9s %9s";

  private DispatchPage() {}

  /**
   * One shop.
   *
   * @param name its name
   * @param size jobs by machines
   * @param best the best known value
   * @param rule the best of the dispatching rules
   * @param ruled what that rule came to
   * @param once what the policy came to in one pass
   * @param ends what it came to from both ends
   * @param drawn the best of several plans
   * @param microsPerOperation how long one pass took, for each operation
   * @param secondsDrawn how long all plans took
   * @param good whether the checker found nothing
   */
  public record Row(
      String name,
      String size,
      OptionalDouble best,
      String rule,
      double ruled,
      double once,
      double ends,
      double drawn,
      double microsPerOperation,
      double secondsDrawn,
      boolean good) {

    /** The heading of {@link #line}. */
    public static String heading(int samples) {
      return String.format(
          FORM,
          "instance",
          "size",
          "best known",
          "best rule",
          "rule",
          "one pass",
          "both ends",
          "of " + samples,
          "us/op");
    }

    /** For people: gaps where a best value is known, values otherwise. */
    public String line() {
      return String.format(
          Locale.ROOT,
          FORM,
          name,
          size,
          best.isPresent() ? String.format(Locale.ROOT, "%.0f", best.getAsDouble()) : "-",
          rule,
          cell(ruled),
          cell(once),
          cell(ends),
          cell(drawn),
          String.format(Locale.ROOT, "%.1f", microsPerOperation));
    }

    private String cell(double value) {
      return best.isPresent()
          ? String.format(Locale.ROOT, "%.2f %%", 100 * gap(value))
          : String.format(Locale.ROOT, "%.0f", value);
    }

    private double gap(double value) {
      return value / Math.max(1e-9, best.orElse(Double.NaN)) - 1;
    }

    /** For programs. */
    public Map<String, @Nullable Object> document() {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("instance", name);
      row.put("size", size);
      row.put("bestKnown", best.isPresent() ? best.getAsDouble() : null);
      row.put("bestRule", rule);
      row.put("ruleValue", ruled);
      row.put("policyValue", once);
      row.put("bothEndsValue", ends);
      row.put("sampledValue", drawn);
      row.put("microsPerOperation", microsPerOperation);
      row.put("secondsSampled", secondsDrawn);
      row.put("checked", good);
      return row;
    }
  }

  /**
   * The means over shops whose best value is known.
   *
   * @param counted how many those are
   * @param rule the mean gap of the best rule of each shop, as a share
   * @param policy that of the policy in one pass
   * @param ends that of the policy from both ends
   * @param drawn that of the best of several
   * @param micros the mean time for each operation, over all shops
   */
  public record Summary(
      int counted, double rule, double policy, double ends, double drawn, double micros) {

    /** Adds rows up. */
    public static Summary of(List<Row> rows) {
      List<Row> known = rows.stream().filter(r -> r.best.isPresent()).toList();
      return new Summary(
          known.size(),
          known.stream().mapToDouble(r -> r.gap(r.ruled)).average().orElse(Double.NaN),
          known.stream().mapToDouble(r -> r.gap(r.once)).average().orElse(Double.NaN),
          known.stream().mapToDouble(r -> r.gap(r.ends)).average().orElse(Double.NaN),
          known.stream().mapToDouble(r -> r.gap(r.drawn)).average().orElse(Double.NaN),
          rows.stream().mapToDouble(Row::microsPerOperation).average().orElse(Double.NaN));
    }

    /** For people. */
    public List<String> lines(int samples) {
      String time = String.format(Locale.ROOT, "%.1f us an operation, one pass", micros);
      if (counted == 0) {
        return List.of("no best known values, so no gaps; " + time);
      }
      return List.of(
          String.format(
              Locale.ROOT,
              "mean gap over %d: best rule of each %.2f %%, policy in one pass %.2f %%, from both"
                  + " ends %.2f %%, best of %d %.2f %%",
              counted,
              100 * rule,
              100 * policy,
              100 * ends,
              samples,
              100 * drawn),
          time);
    }

    /** For programs. */
    public Map<String, @Nullable Object> document() {
      Map<String, @Nullable Object> means = new LinkedHashMap<>();
      means.put("counted", counted);
      means.put("meanGapRule", counted == 0 ? null : rule);
      means.put("meanGapPolicy", counted == 0 ? null : policy);
      means.put("meanGapBothEnds", counted == 0 ? null : ends);
      means.put("meanGapSampled", counted == 0 ? null : drawn);
      means.put("microsPerOperation", Double.isNaN(micros) ? null : micros);
      return means;
    }
  }

  /** Writes the page. */
  public static void write(
      Path file, Dispatcher dispatcher, List<Row> rows, Summary summary, int samples) {
    Page page =
        new Page("Dispatching")
            .heading(
                "policy for "
                    + dispatcher.goal().name().toLowerCase(Locale.ROOT)
                    + ", "
                    + rows.size()
                    + " shops");
    boolean gaps = summary.counted() > 0;
    if (gaps) {
      page.numbers(
          List.of(
              List.of(percent(summary.policy()), "above the best known, in one pass"),
              List.of(percent(summary.ends()), "from both ends"),
              List.of(percent(summary.drawn()), "as the best of " + samples + " plans"),
              List.of(percent(summary.rule()), "the best rule of each shop"),
              List.of(
                  String.format(Locale.ROOT, "%.1f µs", summary.micros()), "for each operation")));
      page.chart(chart(rows.stream().filter(r -> r.best.isPresent()).toList()));
      page.key(
          List.of(
              List.of("<circle class='truth' cx='13' cy='6' r='3.5'/>", "best rule"),
              List.of("<circle class='predicted' cx='13' cy='6' r='3.5'/>", "policy, one pass"),
              List.of(
                  "<rect class='interval' width='26' height='12'/>",
                  "down to the best of " + samples)));
    }
    List<List<String>> cells = new ArrayList<>();
    for (Row r : rows) {
      cells.add(
          List.of(
              r.name,
              r.size,
              r.best.isPresent() ? String.format(Locale.ROOT, "%.0f", r.best.getAsDouble()) : "",
              r.rule + " " + String.format(Locale.ROOT, "%.0f", r.ruled),
              String.format(Locale.ROOT, "%.0f", r.once),
              String.format(Locale.ROOT, "%.0f", r.ends),
              String.format(Locale.ROOT, "%.0f", r.drawn)));
    }
    page.table(
        List.of(
            "shop",
            "size",
            "best known",
            "best rule",
            "one pass",
            "both ends",
            "best of " + samples),
        cells,
        Pages.none(cells.size()));
    page.section("The policy");
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("digest", dispatcher.info().digest()));
    dispatcher.info().provenance().settings().forEach((k, v) -> facts.add(List.of(k, v)));
    page.facts(facts);
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static Chart chart(List<Row> rows) {
    double most = 0;
    for (Row r : rows) {
      most = Math.max(most, 100 * Math.max(r.gap(r.ruled), r.gap(r.once)));
    }
    Chart chart =
        new Chart(
            860,
            300,
            new Scale(0, rows.size() + 1.0, false, "shop, in the order of the table"),
            Scale.fromZero(Math.max(1, most * 1.05), "% above the best known"),
            "Gap of each shop");
    for (int i = 0; i < rows.size(); i++) {
      Row r = rows.get(i);
      chart.bar("interval", i + 1.0, 100 * r.gap(r.drawn), 100 * r.gap(r.once));
      chart.dot("truth", i + 1.0, 100 * r.gap(r.ruled), 3.5, r.name + ", " + r.rule);
      chart.dot("predicted", i + 1.0, 100 * r.gap(r.once), 3.5, r.name + ", policy");
    }
    return chart;
  }
}
