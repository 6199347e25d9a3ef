package io.millwright.reports;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Draws one chart as inline SVG. Marks are laid over each other in the order of the calls; how they
 * look is up to the page's style sheet, by class. Not thread-safe.
 */
public final class Chart {
  private static final int LEFT = 58;
  private static final int RIGHT = 18;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;

  private final int width;
  private final int height;
  private final Scale x;
  private final Scale y;
  private final String description;
  private final StringBuilder marks = new StringBuilder();
  private DoubleFunction<String> names;

  /** An empty chart; the description is for those who cannot see it. */
  public Chart(int width, int height, Scale x, Scale y, String description) {
    this.width = width;
    this.height = height;
    this.x = x;
    this.names = x::label;
    this.y = y;
    this.description = description;
  }

  /** A line through points; a value that is not finite breaks it. */
  public Chart line(String style, double[] xs, double[] ys) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < xs.length; i++) {
      boolean there = Double.isFinite(ys[i]);
      if (there) {
        path.append(pen ? 'L' : 'M').append(number(px(xs[i]))).append(' ');
        path.append(number(py(ys[i])));
      }
      pen = there;
    }
    if (path.length() > 0) {
      marks.append("<path class='").append(style).append("' d='").append(path).append("'/>\n");
    }
    return this;
  }

  /** The area between two lines; infinite values reach to the end of the axis. */
  public Chart band(String style, double[] xs, double[] lows, double[] highs) {
    if (xs.length == 0) {
      return this;
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(point(xs[i], highs[i]));
    }
    for (int i = xs.length - 1; i >= 0; i--) {
      path.append('L').append(point(xs[i], lows[i]));
    }
    marks.append("<path class='").append(style).append("' d='").append(path).append("Z'/>\n");
    return this;
  }

  /** A bar from one value up to another. */
  public Chart bar(String style, double at, double low, double high) {
    double top = py(high);
    double half = Math.min(4.5, 0.36 * (width - LEFT - RIGHT) / Math.max(1, x.high() - x.low()));
    marks.append(
        String.format(
            Locale.ROOT,
            "<rect class='%s' x='%s' y='%s' width='%s' height='%s'/>%n",
            style,
            number(px(at) - half),
            number(top),
            number(2 * half),
            number(Math.max(0.5, py(low) - top))));
    return this;
  }

  /** A round mark with a tip that shows when it is pointed at. */
  public Chart dot(String style, double at, double value, double radius, String tip) {
    marks.append(
        String.format(
            Locale.ROOT,
            "<circle class='%s' cx='%s' cy='%s' r='%s'>%s</circle>%n",
            style,
            number(px(at)),
            number(py(value)),
            number(radius),
            tip.isEmpty() ? "" : "<title>" + Page.escape(tip) + "</title>"));
    return this;
  }

  /** A small upward arrow head: more than can be shown. */
  public Chart arrow(String style, double at, double value) {
    double cx = px(at);
    double cy = py(value);
    marks.append(
        String.format(
            Locale.ROOT,
            "<path class='%s' d='M%s %sL%s %sL%s %sZ'/>%n",
            style,
            number(cx - 4),
            number(cy + 6),
            number(cx),
            number(cy),
            number(cx + 4),
            number(cy + 6)));
    return this;
  }

  /** Writes names instead of numbers along the lower axis, empty ones where none belongs. */
  public Chart named(DoubleFunction<String> ofTicks) {
    names = ofTicks;
    return this;
  }

  /** A level across the whole chart, with its name at the left end. */
  public Chart level(String style, double value, String name) {
    String at = number(py(value));
    marks.append(
        String.format(
            Locale.ROOT,
            "<path class='%s' d='M%d %sH%d'/>%n<text class='note' x='%d' y='%s'>%s</text>%n",
            style,
            LEFT,
            at,
            width - RIGHT,
            LEFT + 6,
            number(py(value) - 5),
            Page.escape(name)));
    return this;
  }

  /** Words at a point of the chart. */
  public Chart note(double at, double value, String words) {
    marks.append(
        String.format(
            Locale.ROOT,
            "<text class='note' x='%s' y='%s'>%s</text>%n",
            number(px(at)),
            number(py(value)),
            Page.escape(words)));
    return this;
  }

  /** The chart, to stand within a page. */
  public String svg() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>%n",
            width,
            height,
            Page.escape(description)));
    for (double tick : y.ticks()) {
      out.append(
          String.format(
              Locale.ROOT,
              "<path class='grid' d='M%d %sH%d'/><text class='tick' x='%d' y='%s'"
                  + " text-anchor='end'>%s</text>%n",
              LEFT,
              number(py(tick)),
              width - RIGHT,
              LEFT - 8,
              number(py(tick) + 4),
              y.label(tick)));
    }
    for (double tick : x.ticks()) {
      out.append(
          String.format(
              Locale.ROOT,
              "<text class='tick' x='%s' y='%d' text-anchor='middle'>%s</text>%n",
              number(px(tick)),
              height - BOTTOM + 18,
              Page.escape(names.apply(tick))));
    }
    out.append(marks);
    out.append(
        String.format(
            Locale.ROOT,
            "<path class='axis' d='M%d %dH%d'/><text class='title' x='%d' y='%d'"
                + " text-anchor='middle'>%s</text>%n",
            LEFT,
            height - BOTTOM,
            width - RIGHT,
            (LEFT + width - RIGHT) / 2,
            height - 6,
            Page.escape(x.title())));
    out.append(
        String.format(
            Locale.ROOT,
            "<text class='title' transform='translate(14 %d) rotate(-90)'"
                + " text-anchor='middle'>%s</text>%n</svg>%n",
            (TOP + height - BOTTOM) / 2,
            Page.escape(y.title())));
    return out.toString();
  }

  private String point(double atX, double atY) {
    return number(px(atX)) + " " + number(py(atY));
  }

  private double px(double value) {
    return LEFT + x.at(value) * (width - LEFT - RIGHT);
  }

  private double py(double value) {
    return height - BOTTOM - y.at(value) * (height - TOP - BOTTOM);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
