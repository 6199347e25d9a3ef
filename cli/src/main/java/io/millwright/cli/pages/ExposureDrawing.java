package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.reports.Page;
import io.millwright.supplychain.SupplierExposure;
import io.millwright.supplychain.SupplyNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws suppliers, items and products from left to right, with what goes into what. */
final class ExposureDrawing {

  private static final int MOST_NODES = 60;
  private static final int WIDTH = 860;
  private static final int HIGH = 34;
  private static final String ALONE = "#b4470f";
  private static final String SHARED = "#1f5fa8";

  private record Spot(double x, double y) {}

  private ExposureDrawing() {}

  static String of(SupplyNetwork network, List<SupplierExposure> exposures) {
    List<SupplyNetwork.Item> items =
        network.items().subList(0, Math.min(MOST_NODES, network.items().size()));
    Map<String, Integer> depth = new HashMap<>();
    Map<String, SupplyNetwork.Item> byName = new HashMap<>();
    items.forEach(i -> byName.put(i.name(), i));
    items.forEach(i -> depth(i, byName, depth));
    int columns = 2 + depth.values().stream().mapToInt(d -> d).max().orElse(0);
    List<List<String>> layers = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      layers.add(new ArrayList<>());
    }
    exposures.stream().limit(MOST_NODES).forEach(e -> layers.get(0).add("s:" + e.supplier()));
    items.forEach(i -> layers.get(1 + depth.getOrDefault(i.name(), 0)).add("i:" + i.name()));
    int most = layers.stream().mapToInt(List::size).max().orElse(1);
    int height = 20 + most * 52;
    double box = Math.min(150, WIDTH / (columns + 0.4 * (columns - 1)));
    Map<String, Spot> spots = new HashMap<>();
    for (int c = 0; c < columns; c++) {
      for (int k = 0; k < layers.get(c).size(); k++) {
        double x = box / 2 + 2 + c * (WIDTH - box - 4) / Math.max(1, columns - 1);
        spots.put(
            layers.get(c).get(k), new Spot(x, height * (k + 1.0) / (layers.get(c).size() + 1)));
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='Exposure graph'>%n",
            WIDTH,
            height));
    for (SupplyNetwork.Item item : items) {
      for (SupplyNetwork.Source s : item.sources()) {
        edge(
            out,
            spots.get("s:" + s.supplier()),
            spots.get("i:" + item.name()),
            box,
            item.sources().size() == 1,
            s.supplier() + " delivers " + item.name());
      }
      item.needs()
          .forEach(
              (need, quantity) ->
                  edge(
                      out,
                      spots.get("i:" + need),
                      spots.get("i:" + item.name()),
                      box,
                      byName.containsKey(need) && byName.get(need).sources().size() == 1,
                      Figure.of(quantity) + " " + need + " in " + item.name()));
    }
    for (SupplierExposure e : exposures.subList(0, Math.min(MOST_NODES, exposures.size()))) {
      Spot at = spots.get("s:" + e.supplier());
      if (at != null) {
        node(
            out,
            at,
            box,
            e.supplier(),
            "survives " + RiskPage.time(e.timeToSurvive()).replace(" periods", ""),
            e.isExposed() ? "#fbe6da" : "#eef2f6");
      }
    }
    for (SupplyNetwork.Item item : items) {
      Spot at = spots.get("i:" + item.name());
      if (at != null) {
        String under =
            item.demand() > 0
                ? Figure.of(item.demand()) + " a period"
                : "stock " + Figure.of(item.stock());
        node(out, at, box, item.name(), under, item.demand() > 0 ? "#e4f0e4" : "#eef2f6");
      }
    }
    return out.append("</svg>\n").toString();
  }

  private static int depth(
      SupplyNetwork.Item item, Map<String, SupplyNetwork.Item> all, Map<String, Integer> depth) {
    Integer known = depth.get(item.name());
    if (known != null) {
      return known;
    }
    int deepest = 0;
    for (String need : item.needs().keySet()) {
      SupplyNetwork.Item below = all.get(need);
      deepest = below == null ? deepest : Math.max(deepest, 1 + depth(below, all, depth));
    }
    depth.put(item.name(), deepest);
    return deepest;
  }

  private static void edge(
      StringBuilder out,
      @org.jspecify.annotations.Nullable Spot from,
      @org.jspecify.annotations.Nullable Spot to,
      double box,
      boolean alone,
      String tip) {
    if (from == null || to == null) {
      return;
    }
    double x1 = from.x + box / 2;
    double x2 = to.x - box / 2;
    double middle = (x1 + x2) / 2;
    out.append(
        String.format(
            Locale.ROOT,
            "<path d='M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f' fill='none' stroke='%s'"
                + " stroke-opacity='.6' stroke-width='%s'><title>%s</title></path>%n",
            x1,
            from.y,
            middle,
            from.y,
            middle,
            to.y,
            x2,
            to.y,
            alone ? ALONE : SHARED,
            alone ? "3" : "2",
            Page.escape(tip)));
  }

  private static void node(
      StringBuilder out, Spot at, double box, String name, String under, String fill) {
    int fits = (int) (box / 7.2);
    String shown = name.length() > fits ? name.substring(0, fits - 1) + "…" : name;
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x='%.1f' y='%.1f' width='%.1f' height='%d' rx='4' fill='%s' stroke='#8a95a1'>"
                + "<title>%s</title></rect>%n<text class='tick' x='%.1f' y='%.1f'"
                + " text-anchor='middle'>%s</text>%n<text class='tick' x='%.1f' y='%.1f'"
                + " text-anchor='middle'>%s</text>%n",
            at.x - box / 2,
            at.y - HIGH / 2.0,
            box,
            HIGH,
            fill,
            Page.escape(name),
            at.x,
            at.y - 2,
            Page.escape(shown),
            at.x,
            at.y + 12,
            Page.escape(under)));
  }
}
