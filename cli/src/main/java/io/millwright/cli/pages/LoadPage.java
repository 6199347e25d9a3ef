package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.production.LoadForecast;
import io.millwright.production.LoadScore;
import io.millwright.production.LoadSeries;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page about the load of the next periods. */
public final class LoadPage {

  private LoadPage() {}

  /** Writes it. */
  public static void write(
      Path file,
      String data,
      String quantity,
      LoadSeries series,
      LoadForecast forecast,
      List<LoadScore> scores) {
    int n = series.load().length();
    int ahead = forecast.periods().size();
    int back = Math.min(n, Math.max(3 * ahead, 48));
    double[] past = series.load().toArray();
    double[] px = new double[back];
    double[] py = new double[back];
    double top = 0;
    double bottom = Double.POSITIVE_INFINITY;
    for (int i = 0; i < back; i++) {
      px[i] = i - back + 1.0;
      py[i] = past[n - back + i];
      if (!Double.isNaN(py[i])) {
        top = Math.max(top, py[i]);
        bottom = Math.min(bottom, py[i]);
      }
    }
    double[] x = new double[ahead];
    double[][] q = new double[5][ahead];
    double[] p = {0.05, 0.1, 0.25, 0.75, 0.9, 0.95};
    double[][] bands = new double[6][ahead];
    for (int h = 0; h < ahead; h++) {
      x[h] = h + 1.0;
      q[0][h] = forecast.median(h);
      q[1][h] = forecast.periods().get(h).mean();
      for (int k = 0; k < p.length; k++) {
        bands[k][h] = forecast.quantile(h, p[k]);
      }
      top = Math.max(top, bands[5][h]);
      bottom = Math.min(bottom, bands[0][h]);
    }
    Page page = new Page("Load").heading(data);
    Scale y =
        bottom >= 0
            ? Scale.fromZero(Math.max(top, 1e-9), quantity)
            : Scale.around(bottom, top, quantity);
    Chart chart =
        new Chart(860, 320, new Scale(-back, ahead + 1.0, false, "periods from now"), y, "Load");
    chart.band("past", x, bands[0], bands[5]);
    chart.band("band", x, bands[1], bands[4]);
    chart.band("interval", x, bands[2], bands[3]);
    chart.line("training", px, py).line("course", x, q[0]).line("true-course", x, q[1]);
    page.text(
        "The last "
            + back
            + " periods, and the next "
            + ahead
            + ": median (line), mean (dashes), 50, 80 and 90 % intervals.");
    page.chart(chart);
    if (!scores.isEmpty()) {
      page.section("How good it was on what it had not seen");
      page.text("MAE of the median and RMSE of the mean, each predicted so many periods before.");
      List<List<String>> rows = new ArrayList<>();
      for (LoadScore s : scores) {
        rows.add(
            List.of(
                s.method(),
                Integer.toString(s.ahead()),
                Figure.of(s.mae()),
                Figure.of(s.rmse()),
                Double.isNaN(s.cover80())
                    ? ""
                    : String.format(
                        Locale.ROOT, "%.1f / %.1f %%", 100 * s.cover80(), 100 * s.cover90())));
      }
      page.table(
          List.of("method", "periods ahead", "MAE", "RMSE", "80 / 90 % cover"),
          rows,
          Pages.none(rows.size()));
    }
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
