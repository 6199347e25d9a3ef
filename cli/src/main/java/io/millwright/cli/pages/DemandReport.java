package io.millwright.cli.pages;

import io.millwright.api.Evaluation;
import io.millwright.api.data.Series;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Shown;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A page of fan charts: what was, what is expected, and how sure that is. Immutable; {@link #html}
 * gives the same page for the same content.
 *
 * @param data where the demand comes from
 * @param quantity what is counted or measured, for the axis
 * @param choice what was chosen, a line for each frequency
 * @param judged the errors on periods left out, when there were any
 * @param shown the series, of which the first are drawn
 * @param unanswered series without a forecast and why, a sentence each
 */
public record DemandReport(
    String data,
    String quantity,
    String choice,
    Optional<Evaluation> judged,
    List<Shown> shown,
    List<String> unanswered) {

  private static final int MOST_CHARTS = 24;
  private static final int BACK = 3;

  /**
   * One series.
   *
   * @param history what was known
   * @param forecast what is expected
   * @param future what came to pass, empty when nobody knows yet
   */
  public record Shown(Series history, Forecast forecast, List<Double> future) {
    /** Copies. */
    public Shown {
      future = List.copyOf(future);
    }
  }

  /** Copies. */
  public DemandReport {
    shown = List.copyOf(shown);
    unanswered = List.copyOf(unanswered);
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
    Page page =
        new Page("Forecasts")
            .heading(
                data
                    + ", "
                    + (shown.size() + unanswered.size())
                    + " series"
                    + (unanswered.isEmpty() ? "" : ", " + unanswered.size() + " without answer"));
    judged.ifPresent(
        e -> {
          List<List<String>> numbers = new ArrayList<>();
          numbers.add(
              List.of(
                  number("%.1f %%", e.figure("smape")),
                  "symmetric percentage error (sMAPE) on periods left out"));
          numbers.add(
              List.of(
                  number("%.2f", e.figure("mase")),
                  "error over that of the seasonal naive method in the history (MASE); below 1 is"
                      + " better"));
          numbers.add(
              List.of(
                  number("%.0f %%", 100 * e.figure("coverage 80")),
                  "of the periods left out lay in their 80 % band; 80 % would be right"));
          numbers.add(
              List.of(
                  number("%.0f %%", 100 * e.figure("coverage 95")),
                  "of the periods left out lay in their 95 % band; 95 % would be right"));
          page.numbers(numbers);
        });
    page.section("What was chosen");
    choice.lines().forEach(page::text);
    page.section("Series");
    page.key(
        List.of(
            List.of("<path class='training' d='M0 6H26'/>", "recorded"),
            List.of("<path class='course' d='M0 6H26'/>", "forecast"),
            List.of("<rect class='interval' width='26' height='12'/>", "80 % band"),
            List.of("<rect class='band' width='26' height='12'/>", "95 % band"),
            List.of("<circle class='truth' cx='13' cy='6' r='3'/>", "what came")));
    for (Shown one : shown.subList(0, Math.min(MOST_CHARTS, shown.size()))) {
      page.text(
          one.history.id()
              + ", "
              + one.history.label(0)
              + " to "
              + one.forecast.label(one.forecast.horizon() - 1));
      page.chart(fan(one));
    }
    page.section("Next periods");
    List<List<String>> rows = new ArrayList<>();
    for (Shown one : shown) {
      Distribution first = one.forecast.periods().get(0);
      Distribution total = one.forecast.totals().get(one.forecast.horizon() - 1);
      rows.add(
          List.of(
              one.history.id(),
              one.forecast.label(0),
              Figure.of(first.mean()),
              Figure.of(first.quantile(0.1)) + " – " + Figure.of(first.quantile(0.9)),
              Figure.of(total.mean()),
              Figure.of(total.quantile(0.1)) + " – " + Figure.of(total.quantile(0.9))));
    }
    page.table(
        List.of("series", "period", "expected", "80 % band", "whole horizon", "80 % band"),
        rows,
        Pages.none(rows.size()));
    if (!unanswered.isEmpty()) {
      page.section("Without answer");
      unanswered.forEach(page::text);
    }
    return page.html("Bands are measured at rolling origins inside the histories.");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private Chart fan(Shown one) {
    Forecast forecast = one.forecast;
    int horizon = forecast.horizon();
    double[] values = one.history.toArray();
    int from = Math.max(0, values.length - Math.max(BACK * horizon, 36));
    int past = values.length - from;
    double[] at = new double[past];
    double[] recorded = new double[past];
    for (int t = 0; t < past; t++) {
      at[t] = t - past + 1;
      recorded[t] = values[from + t];
    }
    double[] ahead = new double[horizon];
    double[] mean = new double[horizon];
    double[][] edges = new double[4][horizon];
    double[] levels = {0.025, 0.1, 0.9, 0.975};
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int h = 0; h < horizon; h++) {
      Distribution d = forecast.periods().get(h);
      ahead[h] = h + 1;
      mean[h] = d.mean();
      for (int k = 0; k < levels.length; k++) {
        edges[k][h] = d.quantile(levels[k]);
      }
      low = Math.min(low, Math.min(mean[h], edges[0][h]));
      high = Math.max(high, Math.max(mean[h], edges[3][h]));
    }
    List<Double> all = new ArrayList<>(one.future);
    for (double v : recorded) {
      all.add(v);
    }
    for (double v : all) {
      if (!Double.isNaN(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    double room = high > low ? 0.05 * (high - low) : Math.abs(high) * 0.1 + 1;
    double floor = low >= 0 && low < 0.5 * high ? 0 : low - room;
    Chart chart =
        new Chart(
            860,
            220,
            new Scale(Math.min(-1, 1.0 - past), horizon, false, "period"),
            new Scale(floor, high + room, false, quantity),
            "Fan chart of " + one.history.id());
    chart
        .named(tick -> label(one, tick))
        .band("band", ahead, edges[0], edges[3])
        .band("interval", ahead, edges[1], edges[2])
        .line("training", at, recorded)
        .line("course", ahead, mean);
    for (int h = 0; h < Math.min(horizon, one.future.size()); h++) {
      if (!one.future.get(h).isNaN()) {
        chart.dot(
            "truth",
            h + 1,
            one.future.get(h),
            3,
            forecast.label(h) + ": " + Figure.of(one.future.get(h)));
      }
    }
    return chart;
  }

  /** The period of a tick: 0 is the last of the history, 1 the first of the forecast. */
  private static String label(Shown one, double tick) {
    int at = (int) Math.rint(tick);
    int past = one.history.length();
    if (Math.abs(tick - at) > 1e-9 || at > one.forecast.horizon() || past - 1 + at < 0) {
      return "";
    }
    return at > 0 ? one.forecast.label(at - 1) : one.history.label(past - 1 + at);
  }
}
