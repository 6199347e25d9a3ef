package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.quality.Attribution;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.LevelChange;
import io.millwright.quality.Stratum;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The page of a search for causes. */
public final class CausePage {

  private static final int WIDTH = 860;

  private final Page page;

  private CausePage(Page page) {
    this.page = page;
  }

  /**
   * Begins a page.
   *
   * @param data what was looked at
   * @param target the characteristic
   * @return the page
   */
  public static CausePage of(String data, String target) {
    return new CausePage(new Page("Causes of " + target).heading(data));
  }

  /**
   * The course of the characteristic.
   *
   * @param values in order
   * @param changes of its level
   * @param time when a change was; empty where that is not known
   * @return this
   */
  public CausePage course(
      double[] values, List<LevelChange> changes, Function<LevelChange, String> time) {
    int[] at = IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).toArray();
    double[] y = IntStream.of(at).mapToDouble(i -> values[i]).toArray();
    double low = IntStream.range(0, y.length).mapToDouble(i -> y[i]).min().orElse(0);
    double high = IntStream.range(0, y.length).mapToDouble(i -> y[i]).max().orElse(1);
    page.section("Course");
    Chart chart =
        new Chart(
            WIDTH,
            260,
            new Scale(1, Math.max(2, values.length), false, "row"),
            new Scale(low, high > low ? high : low + 1, false, "value"),
            "The characteristic by row, its levels and where they change");
    for (LevelChange c : changes) {
      double[] ends = {c.from() + 1, Math.max(c.to(), c.from() + 1) + 1};
      chart.band("band", ends, new double[] {low, low}, new double[] {high, high});
    }
    chart.line("course", IntStream.of(at).mapToDouble(i -> i + 1).toArray(), y);
    page.chart(chart);
    List<List<String>> rows = new ArrayList<>();
    for (LevelChange c : changes) {
      rows.add(
          List.of(
              (c.at() + 1) + (time.apply(c).isEmpty() ? "" : ", " + time.apply(c)),
              (c.from() + 1) + " to " + (c.to() + 1),
              Figure.of(c.step().value(), 4),
              Figure.of(c.step().low(), 4) + " to " + Figure.of(c.step().high(), 4)));
    }
    if (rows.isEmpty()) {
      page.text("No change of level.");
    } else {
      page.table(
          List.of("change at row", "90 % interval", "step", "90 % interval"),
          rows,
          Collections.nCopies(rows.size(), -1));
    }
    return this;
  }

  /**
   * Where the shift comes from.
   *
   * @param attribution the parts
   * @param since the first row after the shift, in words
   * @return this
   */
  public CausePage attribution(Attribution attribution, String since) {
    page.section("Where the shift comes from");
    page.text("Since " + since + ", " + attribution.words() + ".");
    List<List<String>> rows = new ArrayList<>();
    for (Attribution.Part p : attribution.parts()) {
      rows.add(
          List.of(
              p.column(),
              percent(p.share().value()),
              Double.isNaN(p.share().low())
                  ? ""
                  : percent(p.share().low()) + " to " + percent(p.share().high())));
    }
    page.table(
        List.of("variable", "share of the shift", "90 % interval"),
        rows,
        Collections.nCopies(rows.size(), -1));
    return this;
  }

  /**
   * What drives what.
   *
   * @param graph the graph
   * @param target is marked
   * @return this
   */
  public CausePage graph(CauseGraph graph, String target) {
    page.section("What drives what");
    page.drawing(new CauseDrawing(graph).svg(target));
    page.text(
        "An arrow goes from cause to effect; a broken line has no known direction. The wider, the"
            + " more resamples have the link. Causes that are not in the table are not seen.");
    return this;
  }

  /**
   * What the characteristic goes with.
   *
   * @param strata the columns
   * @return this
   */
  public CausePage strata(List<Stratum> strata) {
    page.section("What it goes with");
    List<List<String>> rows = new ArrayList<>();
    for (Stratum s : strata) {
      StringBuilder groups = new StringBuilder();
      for (Stratum.Group g : s.groups().subList(0, Math.min(5, s.groups().size()))) {
        groups.append(groups.length() == 0 ? "" : "; ");
        groups.append(g.value()).append(": ").append(Figure.of(g.outcome(), 4));
      }
      rows.add(
          List.of(
              s.column(),
              Figure.of(s.p(), 2),
              String.format(Locale.ROOT, "%.2f", s.share()),
              groups.toString()));
    }
    page.table(
        List.of("column", "p (Holm)", "share", "mean by value"),
        rows,
        Collections.nCopies(rows.size(), -1));
    return this;
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static String percent(double share) {
    // Adding 0 takes the sign off a share that rounds to none.
    return String.format(Locale.ROOT, "%.0f %%", Math.rint(100 * share) + 0.0);
  }
}
