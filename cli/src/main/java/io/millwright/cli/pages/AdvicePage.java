package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceCheck;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Experiments;
import io.millwright.quality.Knob;
import io.millwright.quality.ResponseSurface;
import io.millwright.quality.Span;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The page of an advice on settings. */
public final class AdvicePage {

  private static final int POINTS = 41;
  private static final int CELLS = 28;
  private static final int CURVES = 6;

  private final AdviceProblem problem;
  private final Page page;

  private AdvicePage(AdviceProblem problem, Page page) {
    this.problem = problem;
    this.page = page;
  }

  /**
   * Begins a page.
   *
   * @param data what was looked at
   * @param problem the problem
   * @return the page
   */
  public static AdvicePage of(String data, AdviceProblem problem) {
    return new AdvicePage(
        problem, new Page("Settings for " + problem.goal().column()).heading(data));
  }

  /** Says that there is no advice. */
  public void none() {
    page.text("No setting is known to be safe. Experiments tell more; so does more risk.");
  }

  /**
   * The advice with its curves.
   *
   * @param advice the advice
   * @param surfaces the goal's surface, then those of safe ranges
   * @param risk the share of parts outside
   */
  public void advice(
      Advice advice, List<ResponseSurface> surfaces, ToDoubleFunction<Map<String, Double>> risk) {
    page.text(sentence(advice.words()));
    List<List<String>> numbers = new ArrayList<>();
    numbers.add(List.of(Figure.of(advice.before().value()), problem.goal().column() + " today"));
    numbers.add(List.of(Figure.of(advice.after().value()), "as advised"));
    numbers.add(
        List.of(
            Figure.of(advice.gain().low(), 3) + " to " + Figure.of(advice.gain().high(), 3),
            String.format(Locale.ROOT, "gain, %.0f %% interval", 100 * problem.confidence())));
    if (!problem.safe().isEmpty()) {
      numbers.add(List.of(Figure.of(100 * advice.risk(), 2) + " %", "parts outside, at the most"));
    }
    page.numbers(numbers);
    moves(advice);
    curves(advice, surfaces.get(0));
    contours(advice, surfaces.get(0), risk);
    page.section("What the runs tell");
    surfaces.forEach(s -> page.text(sentence(s.words())));
    if (!advice.interactions().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      for (Advice.Interaction i :
          advice.interactions().subList(0, Math.min(6, advice.interactions().size()))) {
        rows.add(List.of(i.first() + " with " + i.second(), Figure.of(i.size(), 3)));
      }
      page.table(List.of("do not add up", "by"), rows, Pages.none(rows.size()));
    }
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private void moves(Advice advice) {
    page.section("Which knob, how far");
    List<List<String>> rows = new ArrayList<>();
    for (Knob knob : problem.knobs()) {
      double from = advice.from().getOrDefault(knob.column(), Double.NaN);
      double to = advice.to().getOrDefault(knob.column(), Double.NaN);
      Advice.Move move =
          advice.moves().stream()
              .filter(m -> m.column().equals(knob.column()))
              .findFirst()
              .orElse(new Advice.Move(knob.column(), from, to, 0, 0));
      boolean still = from == to;
      rows.add(
          List.of(
              knob.column(),
              Figure.of(from),
              still ? "stays" : Figure.of(to),
              still ? "" : Figure.of(move.alone(), 3),
              still ? "" : lost(move),
              Figure.of(knob.low()) + " to " + Figure.of(knob.high())));
    }
    page.table(
        List.of("knob", "today", "advised", "gain alone", "lost without it", "limits"),
        rows,
        Pages.none(rows.size()));
    if (advice.cost() > 0) {
      page.text("Moving costs " + Figure.of(advice.cost()) + ", which the gain does not include.");
    }
  }

  private static String lost(Advice.Move move) {
    return move.without() < 0 ? "needed to be safe" : Figure.of(move.without(), 3);
  }

  private List<Knob> shown(Advice advice) {
    List<Knob> out = new ArrayList<>();
    for (Advice.Move move : advice.moves()) {
      problem.knobs().stream().filter(k -> k.column().equals(move.column())).forEach(out::add);
    }
    problem.knobs().stream().filter(k -> !out.contains(k)).forEach(out::add);
    return out;
  }

  private void curves(Advice advice, ResponseSurface surface) {
    page.section("Response curves");
    page.text(
        "The mean by one knob, the others as advised, with its interval. The filled dot is the"
            + " setting advised, the ring today's.");
    List<Knob> knobs = shown(advice);
    List<Chart> charts = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    List<Span[]> all = new ArrayList<>();
    for (Knob knob : knobs.subList(0, Math.min(CURVES, knobs.size()))) {
      Span[] spans = new Span[POINTS];
      for (int k = 0; k < POINTS; k++) {
        spans[k] = surface.mean(with(advice.to(), knob, at(knob, k, POINTS)));
        low = Math.min(low, spans[k].low());
        high = Math.max(high, spans[k].high());
      }
      all.add(spans);
    }
    for (int c = 0; c < all.size(); c++) {
      Knob knob = knobs.get(c);
      double[] xs = new double[POINTS];
      double[] means = new double[POINTS];
      double[] lows = new double[POINTS];
      double[] highs = new double[POINTS];
      for (int k = 0; k < POINTS; k++) {
        xs[k] = at(knob, k, POINTS);
        means[k] = all.get(c)[k].value();
        lows[k] = all.get(c)[k].low();
        highs[k] = all.get(c)[k].high();
      }
      double from = advice.from().getOrDefault(knob.column(), knob.low());
      double to = advice.to().getOrDefault(knob.column(), knob.low());
      charts.add(
          new Chart(
                  420,
                  240,
                  new Scale(knob.low(), knob.high(), false, knob.column()),
                  Scale.around(low, high, problem.goal().column()),
                  "The mean by " + knob.column())
              .band("band", xs, lows, highs)
              .line("course", xs, means)
              .dot("truth", from, surface.mean(with(advice.to(), knob, from)).value(), 5, "today")
              .dot(
                  "predicted",
                  to,
                  surface.mean(with(advice.to(), knob, to)).value(),
                  5,
                  "advised"));
    }
    for (int c = 0; c < charts.size(); c += 2) {
      page.pair(charts.subList(c, Math.min(c + 2, charts.size())));
    }
  }

  private static double at(Knob knob, int k, int of) {
    return knob.low() + (knob.high() - knob.low()) * k / (of - 1);
  }

  private static Map<String, Double> with(Map<String, Double> settings, Knob knob, double value) {
    Map<String, Double> out = new HashMap<>(settings);
    out.put(knob.column(), value);
    return out;
  }

  private void contours(
      Advice advice, ResponseSurface surface, ToDoubleFunction<Map<String, Double>> risk) {
    List<Knob> knobs = shown(advice);
    if (knobs.size() < 2) {
      return;
    }
    Knob x = knobs.get(0);
    Knob y = knobs.get(1);
    page.section(x.column() + " and " + y.column());
    page.text(
        "The darker, the larger the mean, the other knobs as advised."
            + (problem.safe().isEmpty()
                ? ""
                : " Cells with a cross: more parts may leave the safe ranges than the risk"
                    + " allows."));
    page.drawing(Contours.svg(problem, advice, surface, risk, x, y, CELLS));
  }

  /**
   * What new parts say.
   *
   * @param check the comparison
   */
  public void check(AdviceCheck check) {
    page.section("Check on new parts");
    page.text(sentence(check.words()));
  }

  /**
   * The runs to make next.
   *
   * @param experiments the runs
   */
  public void experiments(Experiments experiments) {
    page.section("Experiments to make next");
    page.text(sentence(experiments.words()));
    List<String> head = new ArrayList<>(List.of("run"));
    problem.knobs().forEach(k -> head.add(k.column()));
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, Double> run : experiments.runs()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(rows.size() + 1)));
      problem.knobs().forEach(k -> row.add(Figure.of(run.getOrDefault(k.column(), Double.NaN))));
      rows.add(row);
    }
    page.table(head, rows, Pages.none(rows.size()));
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
