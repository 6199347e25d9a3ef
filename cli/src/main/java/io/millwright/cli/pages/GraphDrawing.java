package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.production.ProcessGraph;
import io.millwright.reports.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a directly-follows graph: activities from left to right by their mean place. */
final class GraphDrawing {

  private static final int MOST_NODES = 14;
  private static final int MOST_EDGES = 28;
  private static final int WIDTH = 860;
  private static final int BOX = 128;
  private static final int HIGH = 40;

  private record Spot(double x, double y) {}

  private GraphDrawing() {}

  static String of(ProcessGraph graph) {
    List<ProcessGraph.Node> nodes =
        new ArrayList<>(graph.nodes().stream().limit(MOST_NODES).toList());
    nodes.sort(Comparator.comparingDouble(ProcessGraph.Node::position));
    int columns = Math.min(5, Math.max(1, nodes.size()));
    int each = (nodes.size() + columns - 1) / columns;
    int height = 40 + each * 96;
    Map<String, Spot> spots = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      int column = i / each;
      int inColumn = Math.min(each, nodes.size() - column * each);
      double x = columns == 1 ? WIDTH / 2.0 : 74 + column * (WIDTH - 148.0) / (columns - 1);
      double y = height * (i % each + 1.0) / (inColumn + 1) + (column % 2 == 1 ? 14 : -6);
      spots.put(nodes.get(i).activity(), new Spot(x, y));
    }
    List<ProcessGraph.Edge> edges =
        graph.edges().stream()
            .filter(e -> spots.containsKey(e.from()) && spots.containsKey(e.to()))
            .limit(MOST_EDGES)
            .toList();
    int most = edges.stream().mapToInt(ProcessGraph.Edge::count).max().orElse(1);
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='Directly-follows graph'>%n"
                + "<defs><marker id='tip' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='6'"
                + " markerHeight='6' orient='auto' markerUnits='userSpaceOnUse'>"
                + "<path d='M0 0L8 4L0 8Z' fill='#5a6572'/></marker></defs>%n",
            WIDTH,
            height));
    for (ProcessGraph.Edge e : edges) {
      edge(out, e, spots, most);
    }
    for (ProcessGraph.Node n : nodes) {
      node(out, n, spots.getOrDefault(n.activity(), new Spot(0, 0)));
    }
    return out.append("</svg>\n").toString();
  }

  private static void edge(
      StringBuilder out, ProcessGraph.Edge e, Map<String, Spot> spots, int most) {
    Spot a = spots.getOrDefault(e.from(), new Spot(0, 0));
    Spot b = spots.getOrDefault(e.to(), new Spot(0, 0));
    boolean ahead = b.x > a.x + 1;
    boolean same = Math.abs(b.x - a.x) <= 1;
    double x1 = same ? a.x + (b.y > a.y ? 30 : -30) : a.x + (ahead ? BOX / 2.0 : -BOX / 2.0);
    double y1 = same ? a.y + (b.y > a.y ? HIGH / 2.0 : -HIGH / 2.0) : a.y + (ahead ? -6 : 8);
    double x2 = same ? b.x + (b.y > a.y ? 30 : -30) : b.x + (ahead ? -BOX / 2.0 : BOX / 2.0);
    double y2 = same ? b.y + (b.y > a.y ? -HIGH / 2.0 : HIGH / 2.0) : b.y + (ahead ? -6 : 8);
    double cx = (x1 + x2) / 2 + (same ? (b.y > a.y ? 46 : -46) : 0);
    double cy = (y1 + y2) / 2 + (same ? 0 : ahead ? -14 : 22);
    out.append(
        String.format(
            Locale.ROOT,
            "<path d='M%.1f %.1fQ%.1f %.1f %.1f %.1f' fill='none' stroke='%s'"
                + " stroke-opacity='.55' stroke-width='%.1f' marker-end='url(#tip)'>"
                + "<title>%s</title></path>%n",
            x1,
            y1,
            cx,
            cy,
            x2,
            y2,
            ahead || same ? "#1f5fa8" : "#b4470f",
            1 + 5.0 * e.count() / most,
            Page.escape(
                e.from()
                    + " to "
                    + e.to()
                    + ": "
                    + e.count()
                    + ", median wait "
                    + Figure.of(e.medianWait(), 3)
                    + " h, mean "
                    + Figure.of(e.meanWait(), 3)
                    + " h")));
    if (5 * e.count() > most) {
      out.append(
          String.format(
              Locale.ROOT,
              "<text class='note' x='%.1f' y='%.1f' text-anchor='middle'>%d, %s h</text>%n",
              0.25 * x1 + 0.5 * cx + 0.25 * x2,
              0.25 * y1 + 0.5 * cy + 0.25 * y2 + 4,
              e.count(),
              Figure.of(e.medianWait(), 2)));
    }
  }

  private static void node(StringBuilder out, ProcessGraph.Node n, Spot at) {
    String name = n.activity().length() > 20 ? n.activity().substring(0, 19) + "…" : n.activity();
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x='%.1f' y='%.1f' width='%d' height='%d' rx='4' fill='#eef2f6'"
                + " stroke='#8a95a1'><title>%s</title></rect>%n<text class='tick' x='%.1f' y='%.1f'"
                + " text-anchor='middle'>%s</text>%n<text class='tick' x='%.1f' y='%.1f'"
                + " text-anchor='middle'>%,d times, %s h</text>%n",
            at.x - BOX / 2.0,
            at.y - HIGH / 2.0,
            BOX,
            HIGH,
            Page.escape(n.activity()),
            at.x,
            at.y - 3,
            Page.escape(name),
            at.x,
            at.y + 13,
            n.visits(),
            Figure.of(n.hours(), 2)));
  }
}
