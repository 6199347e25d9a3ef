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
  private static final int BOX = 132;
  private static final int HIGH = 30;

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
    page.drawing(drawing(graph, target));
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

  /** Columns from left to right by how many links lead to them. */
  private static String drawing(CauseGraph graph, String target) {
    List<String> names = graph.columns();
    int[] depth = new int[names.size()];
    for (int round = 0; round < names.size(); round++) {
      for (CauseGraph.Link l : graph.links()) {
        if (l.directed()) {
          int to = names.indexOf(l.to());
          int after = depth[names.indexOf(l.from())] + 1;
          depth[to] = Math.min(names.size() - 1, Math.max(depth[to], after));
        }
      }
    }
    int deepest = Math.max(1, IntStream.of(depth).max().orElse(1));
    int[] filled = new int[names.size() + 1];
    double[] x = new double[names.size()];
    double[] y = new double[names.size()];
    for (int i = 0; i < names.size(); i++) {
      x[i] = BOX / 2.0 + 4 + depth[i] * (WIDTH - BOX - 8.0) / deepest;
      y[i] = 34 + 58.0 * filled[depth[i]]++ + (depth[i] % 2) * 22;
    }
    int height = (int) (40 + 58.0 * IntStream.of(filled).max().orElse(1) + 22);
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='Causal graph'>%n"
                + "<defs><marker id='tip' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7'"
                + " markerHeight='7' orient='auto' markerUnits='userSpaceOnUse'>"
                + "<path d='M0 0L8 4L0 8Z' fill='#5a6572'/></marker></defs>%n",
            WIDTH,
            height));
    for (CauseGraph.Link l : graph.links()) {
      int i = names.indexOf(l.from());
      int j = names.indexOf(l.to());
      boolean side = x[j] > x[i];
      boolean below = y[j] > y[i];
      double x1 = side ? x[i] + BOX / 2.0 : x[i];
      double y1 = side ? y[i] : y[i] + (below ? HIGH / 2.0 : -HIGH / 2.0);
      double x2 = side ? x[j] - BOX / 2.0 : x[j];
      double y2 = side ? y[j] : y[j] + (below ? -HIGH / 2.0 : HIGH / 2.0);
      out.append(
          String.format(
              Locale.ROOT,
              "<path d='M%.1f %.1fL%.1f %.1f' fill='none' stroke='#1f5fa8' stroke-opacity='.6'"
                  + " stroke-width='%.1f'%s><title>%s</title></path>%n",
              x1,
              y1,
              x2,
              y2,
              0.6 + 2.4 * l.strength(),
              l.directed() ? " marker-end='url(#tip)'" : " stroke-dasharray='5 4'",
              Page.escape(
                  String.format(Locale.ROOT, "%s to %s: %.2f", l.from(), l.to(), l.strength()))));
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x='%.1f' y='%.1f' width='%d' height='%d' rx='4' fill='%s'"
                  + " stroke='#8a95a1'><title>%s</title></rect>%n"
                  + "<text class='tick' x='%.1f' y='%.1f' text-anchor='middle'>%s</text>%n",
              x[i] - BOX / 2.0,
              y[i] - HIGH / 2.0,
              BOX,
              HIGH,
              name.equals(target) ? "#fde9d9" : "#eef2f6",
              Page.escape(name),
              x[i],
              y[i] + 4,
              Page.escape(name.length() > 20 ? name.substring(0, 19) + "…" : name)));
    }
    return out.append("</svg>\n").toString();
  }
}
