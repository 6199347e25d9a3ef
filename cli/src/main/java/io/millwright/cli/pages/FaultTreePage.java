package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.maintenance.FaultGate;
import io.millwright.maintenance.FaultTree;
import io.millwright.maintenance.FaultTreeAnalysis;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A page of a fault tree: the tree itself, its cut sets and the importance of events. */
public final class FaultTreePage {

  private static final int ROW = 24;
  private static final int STEP = 26;
  private static final int MOST_ROWS = 200;

  private FaultTreePage() {}

  /**
   * Writes it.
   *
   * @param file where to; replaced when it exists
   * @param tree the tree
   * @param analysis its analysis
   * @param shown how many cut sets are shown
   */
  public static void write(Path file, FaultTree tree, FaultTreeAnalysis analysis, int shown) {
    Page page =
        new Page("Fault tree")
            .heading(
                tree.gates().size()
                    + " gates and "
                    + tree.events().size()
                    + " events lead to: "
                    + tree.top());
    page.numbers(
        List.of(
            List.of(Figure.of(analysis.probability()), "probability at the top, exact"),
            List.of(Figure.of(analysis.cutSetCount()), "minimal cut sets"),
            List.of(Figure.of(analysis.bound()), "bound by the listed cut sets")));
    page.section("The tree")
        .text(
            "Bars show the part of the top's probability that would go with an event. A name that"
                + " stands twice is drawn in full once.");
    page.drawing(drawing(tree, analysis));
    page.section("Minimal cut sets");
    List<List<String>> sets = new ArrayList<>();
    analysis.cutSets().stream()
        .limit(shown)
        .forEach(
            set ->
                sets.add(
                    List.of(
                        String.join(" and ", set.events()),
                        Figure.of(set.probability()),
                        share(set.probability(), analysis.probability()))));
    page.table(
        List.of("events that together suffice", "probability", "of the top"),
        sets,
        Pages.none(sets.size()));
    page.section("Importance of events");
    List<List<String>> events = new ArrayList<>();
    analysis.events().stream()
        .limit(MOST_ROWS)
        .forEach(
            e ->
                events.add(
                    List.of(
                        e.event(),
                        Figure.of(e.probability()),
                        String.format(Locale.ROOT, "%.3f", e.fussellVesely()),
                        String.format(Locale.ROOT, "%.3g", e.birnbaum()),
                        String.format(Locale.ROOT, "%.3g", e.achievement()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * e.cause()))));
    page.table(
        List.of(
            "event",
            "probability",
            "Fussell-Vesely",
            "Birnbaum",
            "risk achievement",
            "has occurred, given the top"),
        events,
        Pages.none(events.size()));
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static String share(double part, double all) {
    return all > 0 ? String.format(Locale.ROOT, "%.1f %%", 100 * part / all) : "";
  }

  /** One line of the drawing. */
  private record Line(String name, int depth, String kind, boolean again) {}

  private static String drawing(FaultTree tree, FaultTreeAnalysis analysis) {
    List<Line> lines = new ArrayList<>();
    lines(tree, tree.top(), 0, new HashSet<>(), lines);
    Map<String, Double> parts = new HashMap<>();
    analysis.events().forEach(e -> parts.put(e.event(), e.criticality()));
    int rows = Math.min(MOST_ROWS, lines.size());
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 860 %d\" role=\"img\" aria-label=\"Fault tree\">",
                ROW * (rows + 1)));
    Map<Integer, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < rows; i++) {
      Line line = lines.get(i);
      int x = 10 + STEP * line.depth();
      int y = ROW * i + 18;
      if (line.depth() > 0) {
        int above = last.getOrDefault(line.depth() - 1, y);
        svg.append(
            String.format(
                Locale.ROOT,
                "<path class=\"training\" d=\"M%d %d V%d H%d\"/>",
                x - STEP + 6,
                above + 6,
                y - 4,
                x - 4));
      }
      last.put(line.depth(), y);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\">%s%s</text>",
              x,
              y,
              Page.escape(line.name()),
              Page.escape(line.again() ? " (above)" : line.kind())));
      Double part = parts.get(line.name());
      if (part != null) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"predicted\" x=\"640\" y=\"%d\" width=\"%.1f\" height=\"10\"/>",
                y - 10,
                Math.max(0.5, 150 * part)));
        svg.append(
            String.format(Locale.ROOT, "<text x=\"800\" y=\"%d\">%.1f %%</text>", y, 100 * part));
      }
    }
    if (rows < lines.size()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"10\" y=\"%d\">and %d more lines</text>",
              ROW * rows + 18,
              lines.size() - rows));
    }
    return svg.append("</svg>").toString();
  }

  private static void lines(
      FaultTree tree, String name, int depth, Set<String> met, List<Line> lines) {
    FaultGate gate = tree.gates().get(name);
    boolean again = gate != null && !met.add(name);
    lines.add(new Line(name, depth, gate == null ? "" : kind(gate), again));
    if (gate == null || again || lines.size() > 2 * MOST_ROWS || depth > MOST_ROWS) {
      return;
    }
    gate.inputs().forEach(input -> lines(tree, input, depth + 1, met, lines));
  }

  private static String kind(FaultGate gate) {
    int n = gate.inputs().size();
    if (n == 1) {
      return "";
    }
    return gate.least() == 1
        ? ": any of"
        : gate.least() == n ? ": all of" : ": " + gate.least() + " of " + n;
  }
}
