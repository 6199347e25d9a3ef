package io.millwright.cli.pages;

import io.millwright.reports.Beeswarm;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import io.millwright.reports.Waterfall;
import io.millwright.runtime.explain.Dependence;
import io.millwright.runtime.explain.Importance;
import io.millwright.runtime.explain.ShapleyValues;
import io.millwright.runtime.explain.SurrogateTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A page that says why a model answers as it does. Immutable.
 *
 * @param title the page's title
 * @param under what is explained, in a sentence
 * @param values Shapley values of one answer
 * @param words the same as sentences
 * @param curves how the answer goes with columns
 * @param importance which columns matter, when it was asked for
 * @param surrogate a tree that answers alike, when it was asked for
 * @param swarm Shapley values of many answers
 */
public record ExplainReport(
    String title,
    String under,
    ShapleyValues values,
    List<String> words,
    List<Dependence> curves,
    Optional<Importance> importance,
    Optional<SurrogateTree> surrogate,
    List<ShapleyValues> swarm) {

  private static final int MOST_BARS = 16;

  /** Copies. */
  public ExplainReport {
    words = List.copyOf(words);
    curves = List.copyOf(curves);
    swarm = List.copyOf(swarm);
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
    Page page = new Page(title).heading(under);
    page.numbers(
        List.of(
            List.of(number(values.answer()), "this answer"),
            List.of(number(values.reference()), "usually, the mean of the background"),
            List.of(
                values.exact() ? "exact" : number(worst()),
                values.exact()
                    ? "all coalitions were counted"
                    : "the largest 95 % margin of an effect")));
    page.section("From the usual answer to this one");
    page.drawing(Waterfall.svg(values.reference(), bars(), values.answer(), "explained number"));
    words.forEach(page::text);
    page.text(values.method() + " " + values.evaluations() + " answers were asked for.");
    if (swarm.size() > 1) {
      page.section("The same over " + swarm.size() + " rows");
      page.drawing(Beeswarm.svg(lines(), "effect on the answer"));
      page.key(
          List.of(
              List.of("<circle cx='13' cy='6' r='4' fill='rgb(31,95,168)'/>", "low value"),
              List.of("<circle cx='13' cy='6' r='4' fill='rgb(180,71,15)'/>", "high value"),
              List.of("<circle cx='13' cy='6' r='4' fill='#8a95a1'/>", "label")));
    }
    importance.ifPresent(i -> importance(page, i));
    for (Dependence curve : curves) {
      page.section("How the answer goes with " + curve.column());
      page.chart(drawing(curve));
    }
    surrogate.ifPresent(tree -> surrogate(page, tree));
    return page.html(Pages.FOOTER);
  }

  private double worst() {
    return values.parts().stream().mapToDouble(p -> values.margin(p, 0.95)).max().orElse(0);
  }

  private List<Waterfall.Bar> bars() {
    List<Waterfall.Bar> bars = new ArrayList<>();
    double rest = 0;
    for (int i = 0; i < values.parts().size(); i++) {
      ShapleyValues.Part part = values.parts().get(i);
      if (i < MOST_BARS - 1 || values.parts().size() == MOST_BARS) {
        bars.add(
            new Waterfall.Bar(
                part.feature() + " = " + part.value(), part.effect(), values.margin(part, 0.95)));
      } else {
        rest += part.effect();
      }
    }
    if (values.parts().size() > MOST_BARS) {
      int others = values.parts().size() - MOST_BARS + 1;
      bars.add(new Waterfall.Bar(others + " others", rest, 0));
    }
    return bars;
  }

  private List<Beeswarm.Line> lines() {
    Map<String, List<ShapleyValues.Part>> byFeature = new LinkedHashMap<>();
    for (ShapleyValues one : swarm) {
      for (ShapleyValues.Part part : one.parts()) {
        byFeature.computeIfAbsent(part.feature(), f -> new ArrayList<>()).add(part);
      }
    }
    List<Beeswarm.Line> lines = new ArrayList<>();
    byFeature.forEach(
        (feature, parts) -> {
          double[] sorted = parts.stream().mapToDouble(p -> value(p.value())).sorted().toArray();
          lines.add(
              new Beeswarm.Line(
                  feature,
                  parts.stream().map(ShapleyValues.Part::effect).toList(),
                  parts.stream().map(p -> level(sorted, value(p.value()))).toList()));
        });
    lines.sort(
        (a, b) ->
            Double.compare(
                b.effects().stream().mapToDouble(Math::abs).sum(),
                a.effects().stream().mapToDouble(Math::abs).sum()));
    return lines.subList(0, Math.min(12, lines.size()));
  }

  private static double value(String text) {
    try {
      return Double.parseDouble(text.split(" ", 2)[0]);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static double level(double[] sorted, double value) {
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    int at = Arrays.binarySearch(sorted, value);
    return Math.min(1, Math.max(0, (at < 0 ? -at - 1 : at) / Math.max(1.0, sorted.length - 1.0)));
  }

  private static void importance(Page page, Importance importance) {
    page.section("Which columns matter");
    page.text(
        "How much the mean "
            + importance.loss()
            + " grows when a column's values are shuffled among "
            + importance.rows()
            + " rows that have their truth; with all columns it is "
            + number(importance.base())
            + ".");
    List<List<String>> rows = new ArrayList<>();
    for (Importance.Growth g : importance.columns()) {
      rows.add(List.of(g.column(), number(g.growth()), "± " + number(1.96 * g.standardError())));
    }
    page.table(List.of("column", "growth", "95 %"), rows, Pages.none(rows.size()));
  }

  private static Chart drawing(Dependence curve) {
    int n = curve.points().size();
    boolean labels = Double.isNaN(curve.points().get(0).number());
    double[] at = new double[n];
    double[] mean = new double[n];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      at[i] = labels ? i + 1 : curve.points().get(i).number();
      mean[i] = curve.points().get(i).mean();
      low = Math.min(low, mean[i]);
      high = Math.max(high, mean[i]);
    }
    for (List<Double> single : curve.curves()) {
      for (double v : single) {
        low = Double.isNaN(v) ? low : Math.min(low, v);
        high = Double.isNaN(v) ? high : Math.max(high, v);
      }
    }
    String unit = curve.unit().isEmpty() ? "" : " [" + curve.unit() + "]";
    double room = high > low ? 0.05 * (high - low) : 0.5;
    Scale x =
        labels
            ? new Scale(0.5, n + 0.5, false, curve.column())
            : new Scale(at[0], Math.max(at[n - 1], at[0] + 1e-9), false, curve.column() + unit);
    Chart chart =
        new Chart(
            860,
            280,
            x,
            new Scale(low - room, high + room, false, "answer"),
            "Partial dependence on " + curve.column());
    if (labels) {
      chart.named(
          t ->
              t == Math.rint(t) && t >= 1 && t <= n ? curve.points().get((int) t - 1).value() : "");
    }
    for (List<Double> single : curve.curves()) {
      chart.line("single", at, single.stream().mapToDouble(Double::doubleValue).toArray());
    }
    chart.line("course", at, mean);
    for (int i = 0; i < n; i++) {
      chart.dot("predicted", at[i], mean[i], 2.6, curve.points().get(i).value());
    }
    return chart;
  }

  private static void surrogate(Page page, SurrogateTree tree) {
    page.section("A tree that answers alike");
    page.text(
        String.format(
            Locale.ROOT,
            "It explains %.1f %% of the variance of the model's answers on rows that it was not"
                + " grown from.",
            100 * tree.fidelity()));
    page.table(
        List.of("rule"),
        tree.rules().stream().map(List::of).toList(),
        Pages.none(tree.rules().size()));
  }

  private static String number(double value) {
    return Scale.shortly(Math.abs(value) < 1e-12 ? 0 : value);
  }
}
