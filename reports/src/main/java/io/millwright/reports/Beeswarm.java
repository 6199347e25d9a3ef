package io.millwright.reports;

import java.util.List;
import java.util.Locale;

/**
 * Draws one line of points for each feature, a point for each input, set off from each other where
 * they would cover one another (beeswarm plot), as inline SVG.
 */
public final class Beeswarm {

  private static final int WIDTH = 860;
  private static final int NAMES = 220;
  private static final int LINE = 34;

  private Beeswarm() {}

  /**
   * One feature.
   *
   * @param name its name
   * @param effects its effect on each input's answer
   * @param levels where its value lies among all inputs, 0 for the lowest to 1 for the highest; NaN
   *     where it has no order
   */
  public record Line(String name, List<Double> effects, List<Double> levels) {
    /** Copies. */
    public Line {
      effects = List.copyOf(effects);
      levels = List.copyOf(levels);
    }
  }

  /**
   * Draws.
   *
   * @param lines the features, in order
   * @param title the axis's title
   * @return an SVG element
   */
  public static String svg(List<Line> lines, String title) {
    double low = -1e-9;
    double high = 1e-9;
    for (Line line : lines) {
      for (double e : line.effects) {
        low = Math.min(low, e);
        high = Math.max(high, e);
      }
    }
    double room = 0.05 * (high - low);
    Scale scale = new Scale(low - room, high + room, false, title);
    int height = LINE * lines.size() + 52;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox='0 0 ").append(WIDTH).append(' ').append(height);
    svg.append("' role='img' aria-label='Effects of each feature over many inputs'>\n");
    for (double tick : scale.ticks()) {
      String x = number(x(scale, tick));
      svg.append("<path class='").append(tick == 0 ? "axis" : "grid").append("' d='M").append(x);
      svg.append(" 4V").append(height - 44);
      svg.append("'/><text class='tick' text-anchor='middle' x='").append(x).append("' y='");
      svg.append(height - 28).append("'>").append(scale.label(tick)).append("</text>\n");
    }
    for (int i = 0; i < lines.size(); i++) {
      line(svg, scale, lines.get(i), 4 + i * LINE + LINE / 2.0);
    }
    svg.append("<text class='title' text-anchor='middle' x='").append((NAMES + WIDTH) / 2);
    svg.append("' y='").append(height - 8).append("'>").append(Page.escape(title));
    return svg.append("</text>\n</svg>\n").toString();
  }

  private static void line(StringBuilder svg, Scale scale, Line line, double middle) {
    String name = line.name.length() <= 30 ? line.name : line.name.substring(0, 29) + "…";
    svg.append("<text class='tick' text-anchor='end' x='").append(NAMES - 12).append("' y='");
    svg.append(number(middle + 4)).append("'>").append(Page.escape(name)).append("</text>\n");
    int[] stacked = new int[WIDTH];
    for (int i = 0; i < line.effects.size(); i++) {
      double x = x(scale, line.effects.get(i));
      int bin = Math.min(WIDTH - 1, Math.max(0, (int) (x / 4)));
      int place = stacked[bin]++;
      double off = (place % 2 == 0 ? 1 : -1) * Math.min(13, Math.floor((place + 1) / 2.0) * 3.4);
      double level = i < line.levels.size() ? line.levels.get(i) : Double.NaN;
      String fill =
          Double.isNaN(level)
              ? "#8a95a1"
              : String.format(
                  Locale.ROOT,
                  "rgb(%d,%d,%d)",
                  (int) (31 + 149 * level),
                  (int) (95 - 24 * level),
                  (int) (168 - 153 * level));
      svg.append("<circle cx='").append(number(x)).append("' cy='").append(number(middle + off));
      svg.append("' r='2.6' fill='").append(fill).append("' fill-opacity='.75'/>\n");
    }
  }

  private static double x(Scale scale, double value) {
    return NAMES + scale.at(value) * (WIDTH - NAMES - 20);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
