package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Knob;
import io.millwright.quality.ResponseSurface;
import io.millwright.reports.Page;
import io.millwright.reports.Scale;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The mean over two knobs as shaded cells, with the safe region. */
final class Contours {

  private static final int LEFT = 70;
  private static final int TOP = 12;
  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;

  private Contours() {}

  static String svg(
      AdviceProblem problem,
      Advice advice,
      ResponseSurface surface,
      ToDoubleFunction<Map<String, Double>> risk,
      Knob x,
      Knob y,
      int cells) {
    double[][] means = new double[cells][cells];
    boolean[][] unsafe = new boolean[cells][cells];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        Map<String, Double> settings = new HashMap<>(advice.to());
        settings.put(x.column(), x.low() + (x.high() - x.low()) * (i + 0.5) / cells);
        settings.put(y.column(), y.low() + (y.high() - y.low()) * (j + 0.5) / cells);
        means[i][j] = surface.mean(settings).value();
        unsafe[i][j] = !problem.safe().isEmpty() && risk.applyAsDouble(settings) > problem.risk();
        low = Math.min(low, means[i][j]);
        high = Math.max(high, means[i][j]);
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s by %s and %s'>%n",
            LEFT + WIDTH + 150,
            TOP + HEIGHT + 48,
            Page.escape(problem.goal().column()),
            Page.escape(x.column()),
            Page.escape(y.column())));
    double wide = (double) WIDTH / cells;
    double tall = (double) HEIGHT / cells;
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        double left = LEFT + i * wide;
        double top = TOP + HEIGHT - (j + 1) * tall;
        out.append(
            String.format(
                Locale.ROOT,
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='#1f5fa8'"
                    + " fill-opacity='%.2f'><title>%s</title></rect>%n",
                left,
                top,
                wide + 0.2,
                tall + 0.2,
                0.05 + 0.85 * (high > low ? (means[i][j] - low) / (high - low) : 0),
                Page.escape(Figure.of(means[i][j]))));
        if (unsafe[i][j]) {
          out.append(
              String.format(
                  Locale.ROOT,
                  "<path d='M%.1f %.1fl6 6m0 -6l-6 6' stroke='#b3261e' stroke-width='1.2'/>%n",
                  left + wide / 2 - 3,
                  top + tall / 2 - 3));
        }
      }
    }
    place(out, advice.from(), x, y, "none", "today");
    place(out, advice.to(), x, y, "#f2b705", "advised");
    axes(out, x, y);
    shades(out, problem, low, high);
    return out.append("</svg>\n").toString();
  }

  private static void place(
      StringBuilder out, Map<String, Double> settings, Knob x, Knob y, String fill, String name) {
    double at = settings.getOrDefault(x.column(), x.low());
    double up = settings.getOrDefault(y.column(), y.low());
    out.append(
        String.format(
            Locale.ROOT,
            "<circle cx='%.1f' cy='%.1f' r='7' fill='%s' stroke='#111' stroke-width='2'>"
                + "<title>%s</title></circle>%n",
            LEFT + WIDTH * (at - x.low()) / (x.high() - x.low()),
            TOP + HEIGHT * (1 - (up - y.low()) / (y.high() - y.low())),
            fill,
            name));
  }

  private static void axes(StringBuilder out, Knob x, Knob y) {
    Scale across = new Scale(x.low(), x.high(), false, x.column());
    Scale along = new Scale(y.low(), y.high(), false, y.column());
    for (double tick : across.ticks()) {
      text(out, LEFT + WIDTH * across.at(tick), TOP + HEIGHT + 18, "middle", across.label(tick));
    }
    for (double tick : along.ticks()) {
      text(out, LEFT - 8, TOP + HEIGHT * (1 - along.at(tick)) + 4, "end", along.label(tick));
    }
    text(out, LEFT + WIDTH / 2.0, TOP + HEIGHT + 40, "middle", x.column());
    out.append(
        String.format(
            Locale.ROOT,
            "<text class='tick' transform='translate(16 %.1f) rotate(-90)'"
                + " text-anchor='middle'>%s</text>%n",
            TOP + HEIGHT / 2.0,
            Page.escape(y.column())));
  }

  private static void shades(StringBuilder out, AdviceProblem problem, double low, double high) {
    for (int k = 0; k <= 4; k++) {
      double share = k / 4.0;
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x='%d' y='%.1f' width='22' height='18' fill='#1f5fa8'"
                  + " fill-opacity='%.2f'/>%n",
              LEFT + WIDTH + 24,
              TOP + 118.0 - 22 * k,
              0.05 + 0.85 * share));
      text(
          out,
          LEFT + WIDTH + 54,
          TOP + 132.0 - 22 * k,
          "start",
          Figure.of(low + share * (high - low), 3));
    }
    text(out, LEFT + WIDTH + 24, TOP + 12, "start", problem.goal().column());
  }

  private static void text(StringBuilder out, double x, double y, String anchor, String words) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class='tick' x='%.1f' y='%.1f' text-anchor='%s'>%s</text>%n",
            x,
            y,
            anchor,
            Page.escape(words)));
  }
}
