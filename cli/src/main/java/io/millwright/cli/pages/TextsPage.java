package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.quality.ThemeTrend;
import io.millwright.reports.Chart;
import io.millwright.reports.Figures;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of texts of quality. */
public final class TextsPage {

  private static final int SHOWN = 12;
  private static final int CHARTS = 6;
  private static final int LONGEST = 110;

  private final Page page;
  private final List<String> texts;

  private TextsPage(Page page, List<String> texts) {
    this.page = page;
    this.texts = texts;
  }

  /**
   * Begins a page.
   *
   * @param data what was looked at
   * @param texts the texts
   * @return the page
   */
  public static TextsPage of(String data, List<String> texts) {
    Page page = new Page("What the texts say").heading(data + ", " + texts.size() + " texts");
    return new TextsPage(page, texts);
  }

  /**
   * The classes.
   *
   * @param counts how many texts each has
   * @param held figures of texts held out
   * @param filled the classes that a model filled in, by row
   */
  public void classes(
      Map<String, Integer> counts, Map<String, Double> held, Map<Integer, String> filled) {
    page.section("Classes").text("On texts held out:");
    page.facts(
        held.entrySet().stream()
            .map(f -> List.of(Figures.title(f.getKey()), Figures.text(f.getKey(), f.getValue())))
            .toList());
    page.table(List.of("class", "texts"), rows(counts), Pages.none(rows(counts).size()));
    if (!filled.isEmpty()) {
      page.text(filled.size() + " texts had no class; the model filled it in, such as");
      List<List<String>> some = new ArrayList<>();
      filled.forEach((row, name) -> some.add(List.of(name, shortly(texts.get(row)))));
      page.facts(some.subList(0, Math.min(SHOWN, some.size())));
    }
  }

  /**
   * The words found.
   *
   * @param counts how often each term is mentioned, by kind
   */
  public void mentions(Map<String, Map<String, Integer>> counts) {
    page.section("Parts, defects and causes");
    counts.forEach(
        (kind, terms) -> {
          List<List<String>> rows = rows(terms);
          page.table(List.of(kind, "mentions"), rows, Pages.none(rows.size()));
        });
  }

  /** The most frequent first. */
  private static List<List<String>> rows(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(SHOWN)
        .map(e -> List.of(e.getKey(), Integer.toString(e.getValue())))
        .toList();
  }

  /**
   * The groups of duplicates.
   *
   * @param groups rows, the largest group first
   */
  public void duplicates(List<List<Integer>> groups) {
    page.section("Duplicates");
    if (groups.isEmpty()) {
      page.text("None.");
      return;
    }
    int rows = groups.stream().mapToInt(List::size).sum();
    page.text(groups.size() + " groups hold " + rows + " texts. The largest:");
    page.facts(
        groups.stream()
            .limit(SHOWN)
            .map(g -> List.of(g.size() + " texts", shortly(texts.get(g.get(0)))))
            .toList());
  }

  /**
   * The themes that rise or fall.
   *
   * @param trends the trends
   * @param period what a period is
   */
  public void trends(List<ThemeTrend> trends, String period) {
    page.section("Themes that rise or fall");
    if (trends.isEmpty()) {
      page.text("None is sure.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (ThemeTrend t : trends.subList(0, Math.min(SHOWN, trends.size()))) {
      rows.add(
          List.of(
              t.theme(),
              Integer.toString(t.counts().stream().mapToInt(Integer::intValue).sum()),
              Figure.of(t.factor().value(), 3),
              Figure.of(t.factor().low(), 3) + " to " + Figure.of(t.factor().high(), 3),
              Figure.of(t.p(), 2)));
    }
    page.table(
        List.of("theme", "texts", "odds times", "90 % interval", "p (Holm)"),
        rows,
        Pages.none(rows.size()));
    List<Chart> charts = new ArrayList<>();
    for (ThemeTrend t : trends.subList(0, Math.min(CHARTS, trends.size()))) {
      charts.add(chart(t, period));
    }
    for (int c = 0; c < charts.size(); c += 2) {
      page.pair(charts.subList(c, Math.min(c + 2, charts.size())));
    }
  }

  private static Chart chart(ThemeTrend t, String period) {
    int n = t.counts().size();
    double[] xs = new double[n];
    double[] ys = new double[n];
    double most = 0;
    for (int k = 0; k < n; k++) {
      xs[k] = k + 1;
      ys[k] = t.totals().get(k) == 0 ? Double.NaN : 100.0 * t.counts().get(k) / t.totals().get(k);
      most = Double.isNaN(ys[k]) ? most : Math.max(most, ys[k]);
    }
    return new Chart(
            420,
            220,
            new Scale(1, Math.max(2, n), false, period),
            Scale.fromZero(Math.max(1, most), "% of texts: " + t.theme()),
            "The share of texts with " + t.theme() + " by " + period)
        .named(k -> k == Math.rint(k) ? Scale.shortly(k) : "")
        .line("course", xs, ys);
  }

  private static String shortly(String text) {
    String one = text.strip().replaceAll("\\s+", " ");
    return one.length() > LONGEST ? one.substring(0, LONGEST - 1) + "…" : one;
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
