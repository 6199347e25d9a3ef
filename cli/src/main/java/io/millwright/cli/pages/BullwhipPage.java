package io.millwright.cli.pages;

import io.millwright.api.data.Series;
import io.millwright.cli.kit.Figure;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.supplychain.Bullwhip;
import io.millwright.supplychain.SharingChain;
import io.millwright.supplychain.SharingValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A page about how orders swing along a chain, and what sharing the customers' demand saves.
 *
 * @param data where the series come from
 * @param courses the demand of customers, then the orders of each link
 * @param links what was measured; empty for one series
 * @param chain the chain that was played
 * @param value what sharing saves in it
 */
public record BullwhipPage(
    String data,
    List<Series> courses,
    List<Bullwhip> links,
    SharingChain chain,
    SharingValue value) {

  private static final int MOST_CHARTS = 8;

  /** Copies. */
  public BullwhipPage {
    courses = List.copyOf(courses);
    links = List.copyOf(links);
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
        new Page("Bullwhip")
            .heading(data + ", " + String.join(" ← ", courses.stream().map(Series::id).toList()));
    page.numbers(
        List.of(
            List.of(
                links.isEmpty() ? "–" : Figure.of(links.get(links.size() - 1).ratio().value(), 3),
                "times the variation of demand at the end of the chain"),
            List.of(
                String.format(Locale.ROOT, "%.0f %%", 100 * value.saved()),
                "of safety stock that sharing saves")));
    if (!links.isEmpty()) {
      page.section("Measured");
      List<List<String>> rows = new ArrayList<>();
      for (Bullwhip link : links) {
        rows.add(
            List.of(
                link.from(),
                link.to(),
                Figure.of(link.ratio().value(), 3),
                Figure.of(link.ratio().low(), 3) + " – " + Figure.of(link.ratio().high(), 3),
                Integer.toString(link.periods())));
      }
      page.table(
          List.of("demand of", "orders of", "ratio of variation", "95 % interval", "periods"),
          rows,
          Pages.none(rows.size()));
    }
    double most = 1e-9;
    double least = 0;
    for (Series course : courses) {
      for (double v : course.toArray()) {
        most = Double.isNaN(v) ? most : Math.max(most, v);
        least = Double.isNaN(v) ? least : Math.min(least, v);
      }
    }
    for (Series course : courses.subList(0, Math.min(MOST_CHARTS, courses.size()))) {
      double[] y = course.toArray();
      double[] x = new double[y.length];
      for (int t = 0; t < x.length; t++) {
        x[t] = t;
      }
      page.chart(
          new Chart(
                  860,
                  150,
                  new Scale(0, Math.max(1, y.length - 1), false, "period"),
                  Scale.around(least, most, course.id()),
                  "Course of " + course.id())
              .line("course", x, y));
    }
    page.section("What sharing saves");
    page.text(
        "The customers' demand is played through links with lead times of "
            + chain.leadTimes()
            + " that order up to a level from averages over "
            + chain.memory()
            + " periods.");
    List<List<String>> rows = new ArrayList<>();
    for (int k = 0; k < value.links().size(); k++) {
      SharingValue.Link link = value.links().get(k);
      rows.add(
          List.of(
              Integer.toString(k + 1),
              Figure.of(link.alone(), 3),
              Figure.of(link.shared(), 3),
              Figure.of(link.stockAlone()),
              Figure.of(link.stockShared())));
    }
    page.table(
        List.of(
            "link",
            "orders vary, orders seen",
            "demand seen",
            "safety stock, orders seen",
            "demand seen"),
        rows,
        Pages.none(rows.size()));
    return page.html(
        "Measured ratios are of squared coefficients of variation, played ones of variances; above"
            + " 1 a link amplifies.");
  }
}
