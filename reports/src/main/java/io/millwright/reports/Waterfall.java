package io.millwright.reports;

import java.util.List;
import java.util.Locale;

/**
 * Draws effects that add up from a reference to an answer, one bar a line (waterfall chart), as
 * inline SVG.
 */
public final class Waterfall {

  private static final int WIDTH = 860;
  private static final int NAMES = 300;
  private static final int LINE = 26;

  private Waterfall() {}

  /**
   * One bar.
   *
   * @param name what it stands for
   * @param effect how far it moves
   * @param margin how far the effect may be off either way; 0 when exact
   */
  public record Bar(String name, double effect, double margin) {}

  /**
   * Draws.
   *
   * @param reference where it begins
   * @param bars the effects, in order
   * @param answer where it ends
   * @param title the axis's title
   * @return an SVG element
   */
  public static String svg(double reference, List<Bar> bars, double answer, String title) {
    double low = Math.min(reference, answer);
    double high = Math.max(reference, answer);
    double at = reference;
    for (Bar bar : bars) {
      low = Math.min(low, Math.min(at, at + bar.effect) - bar.margin);
      high = Math.max(high, Math.max(at, at + bar.effect) + bar.margin);
      at += bar.effect;
    }
    Scale scale = Scale.around(low, high > low ? high : low + 1, title);
    if (scale.logarithmic()) {
      double room = 0.06 * (high - low);
      scale = new Scale(low - room, high + room, false, title);
    }
    int height = LINE * (bars.size() + 1) + 52;
    StringBuilder svg = new StringBuilder();
    svg.append("<svg viewBox='0 0 ").append(WIDTH).append(' ').append(height);
    svg.append("' role='img' aria-label='Effects from the usual answer to this one'>\n");
    for (double tick : scale.ticks()) {
      String x = number(x(scale, tick));
      svg.append("<path class='grid' d='M").append(x).append(" 4V").append(height - 44);
      svg.append("'/><text class='tick' text-anchor='middle' x='").append(x).append("' y='");
      svg.append(height - 28).append("'>").append(scale.label(tick)).append("</text>\n");
    }
    at = reference;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double from = x(scale, Math.min(at, at + bar.effect));
      double to = x(scale, Math.max(at, at + bar.effect));
      int y = 8 + i * LINE;
      svg.append("<text class='tick' text-anchor='end' x='").append(NAMES - 12).append("' y='");
      svg.append(y + 13).append("'>").append(Page.escape(shortened(bar.name))).append("</text>");
      svg.append("<rect class='").append(bar.effect >= 0 ? "more" : "less").append("' x='");
      svg.append(number(from)).append("' y='").append(y).append("' width='");
      svg.append(number(Math.max(1, to - from))).append("' height='18'><title>");
      svg.append(Page.escape(bar.name + ": " + String.format(Locale.ROOT, "%+.4g", bar.effect)));
      svg.append("</title></rect>\n");
      at += bar.effect;
      if (bar.margin > 0) {
        double l = x(scale, at - bar.margin);
        double h = x(scale, at + bar.margin);
        svg.append("<path class='axis' d='M").append(number(l)).append(' ').append(y + 9);
        svg.append('H').append(number(h)).append("'/>\n");
      }
      String end = number(x(scale, at));
      svg.append("<path class='limit' d='M").append(end).append(' ').append(y + 18);
      svg.append('V').append(y + LINE).append("'/>\n");
    }
    String a = number(x(scale, answer));
    String r = number(x(scale, reference));
    int end = 8 + bars.size() * LINE;
    svg.append("<path class='control' d='M").append(a).append(" 4V").append(end + 14);
    svg.append("'/><text class='note' x='").append(a).append("' y='").append(end + 14);
    svg.append("' text-anchor='middle'>this answer</text>\n");
    svg.append("<path class='limit' d='M").append(r).append(" 4V").append(end).append("'/>\n");
    svg.append("<text class='title' text-anchor='middle' x='").append((NAMES + WIDTH) / 2);
    svg.append("' y='").append(height - 8).append("'>").append(Page.escape(title));
    return svg.append("</text>\n</svg>\n").toString();
  }

  private static String shortened(String name) {
    return name.length() <= 44 ? name : name.substring(0, 43) + "…";
  }

  private static double x(Scale scale, double value) {
    return NAMES + scale.at(value) * (WIDTH - NAMES - 20);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
