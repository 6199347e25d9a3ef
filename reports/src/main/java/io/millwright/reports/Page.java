package io.millwright.reports;

import java.util.List;

/**
 * Builds one self-contained page: well-formed as XML, without scripts and without a reference to
 * anything outside it. Not thread-safe.
 */
public final class Page {
  /** Pictures that need no reading inside. */
  private static final int SMALL = 150;

  private static final String STYLE =
      """
      :root { color-scheme: light; }
      body { margin: 0 auto; padding: 40px 28px 64px; max-width: 860px; background: #fff; color: #1c2430;
        font: 16px/1.55 Charter, "Bitstream Charter", "Iowan Old Style", Palatino, Georgia, serif; }
      h1 { font-size: 30px; line-height: 1.2; margin: 0 0 6px; font-weight: 600; }
      h2 { font-size: 20px; margin: 44px 0 4px; font-weight: 600; }
      p { margin: 6px 0 10px; max-width: 46em; }
      p.under { color: #5a6572; margin: 0 0 22px; }
      .numbers { display: flex; flex-wrap: wrap; border-top: 1.5px solid #1c2430; border-bottom: 1px solid #c9d0d8; margin: 26px 0 8px; }
      .numbers div { flex: 1 1 150px; padding: 12px 14px 10px 0; }
      .numbers b { display: block; font-size: 30px; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; }
      .numbers span { color: #5a6572; font-size: 14px; line-height: 1.35; display: block; }
      svg { display: block; width: 100%; height: auto; margin: 6px 0 2px; }
      svg text { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; fill: #5a6572; }
      .tick { font-size: 12px; } .title { font-size: 12.5px; } .note { font-size: 12px; paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
      .grid { stroke: #e6eaee; stroke-width: 1; fill: none; } .axis { stroke: #8a95a1; stroke-width: 1; fill: none; }
      .interval { fill: #bcd4ec; } .band { fill: #d3e3f3; }
      .predicted { fill: #1f5fa8; stroke: #fff; stroke-width: .8; } .course { stroke: #1f5fa8; stroke-width: 1.8; fill: none; stroke-linejoin: round; }
      .open { fill: #1f5fa8; }
      .truth { fill: #fff; stroke: #b4470f; stroke-width: 1.7; } .true-course { stroke: #b4470f; stroke-width: 1.6; fill: none; stroke-dasharray: 6 4; }
      .limit { stroke: #5a6572; stroke-width: 1; stroke-dasharray: 2 3; fill: none; }
      .training { stroke: #9aa5b1; stroke-width: 1.2; fill: none; } .validation { stroke: #1f5fa8; stroke-width: 1.5; fill: none; }
      .kept { fill: #1f5fa8; stroke: #fff; stroke-width: .8; }
      .reading { fill: #3c4a59; opacity: .55; }
      .key { font: 13.5px/1.4 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; color: #3c4a59; margin: 8px 0 0; max-width: none; }
      .key span { margin-right: 22px; white-space: nowrap; } .key svg { display: inline-block; width: 26px; height: 12px; margin: 0 7px 0 0; vertical-align: -1px; }
      table { border-collapse: collapse; width: 100%; margin: 12px 0 6px; font-size: 15px; font-variant-numeric: tabular-nums; }
      th { text-align: right; font-weight: 600; padding: 5px 0 5px 16px; border-bottom: 1.5px solid #1c2430; vertical-align: bottom; line-height: 1.3; }
      td { text-align: right; padding: 4px 0 4px 16px; border-bottom: 1px solid #e6eaee; vertical-align: top; }
      th:first-child, td:first-child { text-align: left; padding-left: 0; }
      td.best { font-weight: 600; } table.facts td { text-align: left; overflow-wrap: anywhere; } table.facts td:first-child { width: 12em; color: #5a6572; }
      .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }
      footer { margin-top: 48px; padding-top: 10px; border-top: 1px solid #c9d0d8; color: #5a6572; font-size: 14px; }
      @media print { body { padding: 0; max-width: none; font-size: 11pt; } figure, .numbers, table { break-inside: avoid; } h2 { break-after: avoid; } }
      @page { margin: 18mm; }
      figure { margin: 0; }
      .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(var(--least), 1fr)); gap: 16px 14px; margin: 14px 0; }
      .gallery svg { margin: 0 0 5px; image-rendering: pixelated; } figcaption { font: 12.5px/1.35 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; color: #3c4a59; overflow-wrap: anywhere; }
      .signal { fill: #b4470f; stroke: #fff; stroke-width: .8; } .control { stroke: #b4470f; stroke-width: 1.2; stroke-dasharray: 5 3; fill: none; } .centre { stroke: #5a6572; stroke-width: 1; fill: none; }
      .past { fill: #eef2f6; }
      .more { fill: #b4470f; } .less { fill: #1f5fa8; } .single { stroke: #9aa5b1; stroke-width: .8; fill: none; opacity: .6; } .alarm { fill: #f6dfd3; }
      pre { font: 12.5px/1.45 Menlo, Consolas, "Liberation Mono", monospace; overflow-x: auto; }
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  /** An empty page. */
  public Page(String title) {
    this.title = title;
  }

  /** The title, with a line under it. */
  public Page heading(String under) {
    body.append("<h1>").append(escape(title)).append("</h1>\n");
    body.append("<p class='under'>").append(escape(under)).append("</p>\n");
    return this;
  }

  /** A heading. */
  public Page section(String heading) {
    body.append("<h2>").append(escape(heading)).append("</h2>\n");
    return this;
  }

  /** A paragraph. */
  public Page text(String words) {
    body.append("<p>").append(escape(words)).append("</p>\n");
    return this;
  }

  /** Large numbers side by side, each with what it means. */
  public Page numbers(List<List<String>> numbers) {
    body.append("<div class='numbers'>\n");
    for (List<String> number : numbers) {
      body.append("<div><b>").append(escape(number.get(0))).append("</b><span>");
      body.append(escape(number.get(1))).append("</span></div>\n");
    }
    body.append("</div>\n");
    return this;
  }

  /** A chart across the page. */
  public Page chart(Chart chart) {
    body.append("<figure>\n").append(chart.svg()).append("</figure>\n");
    return this;
  }

  /** A drawing across the page: an SVG element that is no chart. */
  public Page drawing(String svg) {
    body.append("<figure>\n").append(svg).append("</figure>\n");
    return this;
  }

  /** Drawings side by side, each with words below: pairs of an SVG element and a caption. */
  public Page gallery(List<List<String>> drawings) {
    return gallery(drawings, SMALL);
  }

  /**
   * The same with pictures of another size, such as those with captions inside.
   *
   * @param drawings a drawing and its words each
   * @param width how wide a picture is at least, in CSS pixels
   * @return this
   */
  public Page gallery(List<List<String>> drawings, int width) {
    body.append("<div class='gallery' style='--least: ").append(width).append("px'>\n");
    for (List<String> drawing : drawings) {
      body.append("<figure>").append(drawing.get(0)).append("<figcaption>");
      body.append(escape(drawing.get(1))).append("</figcaption></figure>\n");
    }
    body.append("</div>\n");
    return this;
  }

  /** Two charts side by side. */
  public Page pair(List<Chart> charts) {
    body.append("<div class='pair'>\n");
    charts.forEach(this::chart);
    body.append("</div>\n");
    return this;
  }

  /** What the marks of a chart mean: pairs of a mark, as SVG in a box of 26 by 12, and words. */
  public Page key(List<List<String>> marks) {
    body.append("<p class='key'>");
    for (List<String> mark : marks) {
      body.append("<span><svg viewBox='0 0 26 12'>").append(mark.get(0)).append("</svg>");
      body.append(escape(mark.get(1))).append("</span> ");
    }
    body.append("</p>\n");
    return this;
  }

  /** A table; in each row, the cell with the number given in {@code best} is set off, if any. */
  public Page table(List<String> head, List<List<String>> rows, List<Integer> best) {
    body.append("<table>\n<thead><tr>");
    head.forEach(cell -> body.append("<th>").append(escape(cell)).append("</th>"));
    body.append("</tr></thead>\n<tbody>\n");
    for (int r = 0; r < rows.size(); r++) {
      body.append("<tr>");
      for (int c = 0; c < rows.get(r).size(); c++) {
        body.append(best.get(r) == c ? "<td class='best'>" : "<td>");
        body.append(escape(rows.get(r).get(c))).append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</tbody>\n</table>\n");
    return this;
  }

  /** Names with their values. */
  public Page facts(List<List<String>> rows) {
    body.append("<table class='facts'>\n<tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr><td>").append(escape(row.get(0))).append("</td><td>");
      body.append(escape(row.get(1))).append("</td></tr>\n");
    }
    body.append("</tbody>\n</table>\n");
    return this;
  }

  /** The whole page; the footer is its last line. */
  public String html(String footer) {
    return "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'/>\n"
        + "<meta name='viewport' content='width=device-width, initial-scale=1'/>\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + body
        + "<footer>"
        + escape(footer)
        + "</footer>\n</body>\n</html>\n";
  }

  /** Characters that turn the direction of writing can make a text read as another one. */
  private static boolean turnsWriting(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  /** Text as it may stand within an element or an attribute; control characters are left out. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                  boolean shown =
                      c == '\n'
                          || c == '\t'
                          || (c >= 0x20 && c < 0x7F)
                          || (c > 0x9F && c < 0xD800 && !turnsWriting(c))
                          || (c > 0xDFFF && c < 0xFFFE)
                          || c > 0xFFFF;
                  if (shown) {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.toString();
  }
}
