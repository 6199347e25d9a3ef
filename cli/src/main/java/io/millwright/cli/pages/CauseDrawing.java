package io.millwright.cli.pages;

import io.millwright.quality.CauseGraph;
import io.millwright.reports.Page;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Draws a graph of causes: columns of the table from left to right by how many links lead to them.
 * A link that passes a column of boxes has a lane of its own below them, so that it never runs
 * through the box of another variable, where it would read as a link to that.
 */
final class CauseDrawing {

  private static final int LEAST_WIDTH = 860;
  private static final int GAP = 40;
  private static final int BOX = 132;
  private static final int HIGH = 30;
  private static final double ROW = 58;
  private static final double LANE = 14;

  private final CauseGraph graph;
  private final List<String> names;
  private final int[] depth;
  private final int deepest;
  private final int width;
  private final double[] x;
  private final double[] y;

  /** Where the next lane of each depth lies. */
  private final double[] lane;

  CauseDrawing(CauseGraph graph) {
    this.graph = graph;
    names = graph.columns();
    depth = new int[names.size()];
    for (int round = 0; round < names.size(); round++) {
      for (CauseGraph.Link l : graph.links()) {
        if (l.directed()) {
          int to = names.indexOf(l.to());
          int after = depth[names.indexOf(l.from())] + 1;
          depth[to] = Math.min(names.size() - 1, Math.max(depth[to], after));
        }
      }
    }
    deepest = Math.max(1, IntStream.of(depth).max().orElse(1));
    // Of many steps the whole is drawn smaller, rather than boxes over each other.
    width = Math.max(LEAST_WIDTH, (deepest + 1) * (BOX + GAP));
    x = new double[names.size()];
    y = new double[names.size()];
    lane = new double[deepest + 1];
    int[] filled = new int[deepest + 1];
    for (int d = 0; d <= deepest; d++) {
      lane[d] = 34 + d % 2 * 22;
    }
    for (int i = 0; i < names.size(); i++) {
      int d = depth[i];
      x[i] = centre(d);
      y[i] = 34 + ROW * filled[d]++ + d % 2 * 22;
      lane[d] = y[i] + HIGH / 2.0 + LANE;
    }
  }

  private double centre(int at) {
    return BOX / 2.0 + 4 + at * (width - BOX - 8.0) / deepest;
  }

  String svg(String target) {
    StringBuilder links = new StringBuilder();
    for (CauseGraph.Link l : graph.links()) {
      links.append(
          String.format(
              Locale.ROOT,
              "<path d='%s' fill='none' stroke='#1f5fa8' stroke-opacity='.6'"
                  + " stroke-width='%.1f'%s><title>%s</title></path>%n",
              path(l),
              0.6 + 2.4 * l.strength(),
              l.directed() ? " marker-end='url(#tip)'" : " stroke-dasharray='5 4'",
              Page.escape(
                  String.format(Locale.ROOT, "%s to %s: %.2f", l.from(), l.to(), l.strength()))));
    }
    double lowest = 0;
    for (int i = 0; i < names.size(); i++) {
      lowest = Math.max(lowest, y[i] + HIGH / 2.0);
    }
    for (double end : lane) {
      lowest = Math.max(lowest, end - LANE);
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='Causal graph'>%n"
                + "<defs><marker id='tip' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7'"
                + " markerHeight='7' orient='auto' markerUnits='userSpaceOnUse'>"
                + "<path d='M0 0L8 4L0 8Z' fill='#5a6572'/></marker></defs>%n",
            width,
            (int) Math.ceil(lowest + 16)));
    out.append(links);
    for (int i = 0; i < names.size(); i++) {
      out.append(box(i, names.get(i).equals(target)));
    }
    return out.append("</svg>\n").toString();
  }

  private String box(int i, boolean target) {
    String name = names.get(i);
    return String.format(
        Locale.ROOT,
        "<rect x='%.1f' y='%.1f' width='%d' height='%d' rx='4' fill='%s'"
            + " stroke='#8a95a1'><title>%s</title></rect>%n"
            + "<text class='tick' x='%.1f' y='%.1f' text-anchor='middle'>%s</text>%n",
        x[i] - BOX / 2.0,
        y[i] - HIGH / 2.0,
        BOX,
        HIGH,
        target ? "#fde9d9" : "#eef2f6",
        Page.escape(name),
        x[i],
        y[i] + 4,
        Page.escape(name.length() > 20 ? name.substring(0, 19) + "…" : name));
  }

  /** From the side of one box to that of the other. */
  private String path(CauseGraph.Link link) {
    int from = names.indexOf(link.from());
    int to = names.indexOf(link.to());
    if (depth[from] == depth[to]) {
      // A bow beside the boxes, on the side that lies within the drawing.
      double way = depth[from] == deepest ? -1 : 1;
      double edge = x[from] + way * BOX / 2.0;
      double bow = edge + way * 30;
      return String.format(
          Locale.ROOT,
          "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
          edge,
          y[from],
          bow,
          y[from],
          bow,
          y[to],
          edge,
          y[to]);
    }
    int way = depth[to] > depth[from] ? 1 : -1;
    StringBuilder out = new StringBuilder();
    out.append(String.format(Locale.ROOT, "M%.1f %.1f", x[from] + way * BOX / 2.0, y[from]));
    for (int d = depth[from] + way; d != depth[to]; d += way) {
      double at = lane[d];
      lane[d] += LANE;
      out.append(
          String.format(
              Locale.ROOT,
              "L%.1f %.1fH%.1f",
              centre(d) - way * BOX / 2.0,
              at,
              centre(d) + way * BOX / 2.0));
    }
    return out.append(String.format(Locale.ROOT, "L%.1f %.1f", x[to] - way * BOX / 2.0, y[to]))
        .toString();
  }
}
