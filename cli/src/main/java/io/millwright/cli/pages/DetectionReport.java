package io.millwright.cli.pages;

import io.millwright.api.data.Image;
import io.millwright.quality.Box;
import io.millwright.quality.Detection;
import io.millwright.quality.Mark;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page about detected defects: figures, figures by class, and images with boxes. Immutable.
 *
 * @param title the page's title
 * @param under what was looked at, in a sentence
 * @param figures names with their values
 * @param classes for each class what is known of it, the class first; or empty
 * @param looks some images
 */
public record DetectionReport(
    String title,
    String under,
    Map<String, String> figures,
    List<List<String>> classes,
    List<Look> looks) {

  private static final int LARGEST_SIDE = 480;

  /**
   * One image.
   *
   * @param image the image
   * @param words what to say below it
   * @param found the detections to draw
   * @param marks the true boxes to draw
   */
  public record Look(Image image, String words, List<Detection> found, List<Mark> marks) {
    /** Copies. */
    public Look {
      found = List.copyOf(found);
      marks = List.copyOf(marks);
    }
  }

  /** Copies. */
  public DetectionReport {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    classes = List.copyOf(classes);
    looks = List.copyOf(looks);
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
    List<List<String>> numbers = new ArrayList<>();
    figures.forEach((name, value) -> numbers.add(List.of(value, name)));
    page.numbers(numbers);
    if (!classes.isEmpty()) {
      page.section("By class");
      page.table(
          List.of("class", "true boxes", "average precision at 0.5"),
          classes,
          java.util.Collections.nCopies(classes.size(), 0));
    }
    if (!looks.isEmpty()) {
      page.section("What was found");
      page.text(
          "Orange boxes were detected, with their confidence."
              + (looks.stream().anyMatch(l -> !l.marks().isEmpty())
                  ? " Dashed blue boxes are the true ones."
                  : ""));
      List<List<String>> drawings = new ArrayList<>();
      looks.forEach(l -> drawings.add(List.of(drawing(l), l.words())));
      page.gallery(drawings, 270);
    }
    return page.html(Pages.FOOTER);
  }

  private static String drawing(Look look) {
    Image image = look.image();
    int most = Math.max(image.width(), image.height());
    int block = Math.max(1, (most + LARGEST_SIDE - 1) / LARGEST_SIDE);
    Image shown = block > 1 ? image.reduced(block) : image;
    double line = Math.max(shown.width(), shown.height()) / 160.0;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'><image width='%d' height='%d'"
                + " href='data:image/png;base64,%s'/>",
            shown.width(),
            shown.height(),
            Page.escape(look.words()),
            shown.width(),
            shown.height(),
            InspectionReport.png(shown)));
    for (Mark mark : look.marks()) {
      rectangle(svg, mark.box(), block, "#2f7ed8", line, " stroke-dasharray='" + 3 * line + "'");
    }
    for (Detection d : look.found()) {
      rectangle(svg, d.box(), block, "#ff6a13", line, "");
      double size = 7 * line;
      double y = d.box().top() / block;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%.1f' style='font-size: %.1fpx; font-weight: bold; fill: #fff;"
                  + " stroke: #000; stroke-width: %.2fpx; paint-order: stroke'>%s: %.0f %%</text>",
              d.box().left() / block,
              y > size ? y - line : y + size,
              size,
              line,
              Page.escape(d.label()),
              100 * d.confidence()));
    }
    return svg.append("</svg>").toString();
  }

  private static void rectangle(
      StringBuilder svg, Box box, int block, String colour, double line, String more) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='none' stroke='%s'"
                + " stroke-width='%.2f'%s/>",
            box.left() / block,
            box.top() / block,
            (box.right() - box.left()) / block,
            (box.bottom() - box.top()) / block,
            colour,
            line,
            more));
  }
}
