package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Texts;
import io.millwright.production.BottleneckReport;
import io.millwright.production.FlowReport;
import io.millwright.production.Indicator;
import io.millwright.production.LineStudy;
import io.millwright.production.LogFault;
import io.millwright.production.LossTree;
import io.millwright.production.ResourceTime;
import io.millwright.production.StateReport;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page about the flow of a plant. */
public final class FlowPage {

  private static final int MOST = 16;
  private static final int WIDTH = 860;
  private static final int NAMES = 230;

  private FlowPage() {}

  /** One resource with its indicators and where its time went. */
  public record Unit(String name, List<Indicator> indicators, Optional<LossTree> losses) {}

  /** Writes the page of an event log. */
  public static void write(
      Path file,
      String data,
      FlowReport report,
      BottleneckReport held,
      Unit unit,
      @Nullable LineStudy study) {
    Page page =
        new Page("Flow").heading(data + ", " + day(report.from()) + " to " + day(report.to()));
    var f = report.flow();
    page.numbers(
        List.of(
            List.of(held.named(), "bottleneck of the period"),
            List.of(Figure.of(f.leadTimeMean(), 3) + " h", "mean lead time"),
            List.of(
                String.format(Locale.ROOT, "%.0f %%", 100 * f.waiting() / f.leadTimeMean()),
                "of it waiting"),
            List.of(Figure.of(f.wip(), 3), "orders in process")));
    page.section("Where the time of the resources went");
    page.text("Every moment counts once; what has no row is not recorded, and is no run.");
    page.drawing(bars(report.resources(), report.hours()));
    unit.losses()
        .ifPresent(
            tree -> {
              page.section("Loss tree");
              page.drawing(lossTree(tree));
            });
    page.section("What held the plant up");
    page.drawing(timeline(held, report));
    List<List<String>> rows = new ArrayList<>();
    for (BottleneckReport.Load l : held.resources().stream().limit(MOST).toList()) {
      rows.add(
          List.of(
              l.resource(),
              percent(l.active()),
              Figure.of(l.averagePeriod(), 3),
              percent(l.momentary()),
              percent(l.sole()),
              percent(l.blocked()),
              percent(l.starved()),
              held.next().stream()
                  .filter(c -> c.resource().equals(l.resource()))
                  .findFirst()
                  .map(c -> percent(c.probability()))
                  .orElse("")));
    }
    page.table(
        List.of(
            "resource",
            "active",
            "mean period, h",
            "bottleneck",
            "alone",
            "held",
            "starved",
            "next shift"),
        rows,
        Pages.none(rows.size()));
    if (study != null) {
      study(page, study);
    }
    page.section("How orders passed");
    page.text(
        "Width: how often. Numbers: count and median wait in hours. Orange arrows lead back.");
    page.drawing(GraphDrawing.of(report.graph()));
    page.section("Indicators by ISO 22400-2");
    page.text("Of the resource " + unit.name() + ".");
    page.table(
        List.of("indicator", "value", "90 % interval"),
        unit.indicators().stream()
            .map(
                i ->
                    List.of(
                        i.name(),
                        Figure.of(i.value()),
                        i.low() == i.high()
                            ? ""
                            : Figure.of(i.low(), 3) + " to " + Figure.of(i.high(), 3)))
            .toList(),
        Pages.none(unit.indicators().size()));
    faults(page, report.faults());
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static void study(Page page, LineStudy study) {
    page.section("What changes are worth");
    page.text(
        String.format(
            Locale.ROOT,
            "The line fitted to the log makes %s orders an hour (95 %%: %s to %s); the log shows"
                + " %s.",
            Figure.of(study.simulated()),
            Figure.of(study.low()),
            Figure.of(study.high()),
            Figure.of(study.logged())));
    List<List<String>> rows = new ArrayList<>();
    for (LineStudy.Proposal p : study.proposals().stream().limit(MOST).toList()) {
      rows.add(
          List.of(
              p.station(),
              p.change().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              String.format(Locale.ROOT, "%+.4f", p.gain()),
              String.format(Locale.ROOT, "%+.4f to %+.4f", p.low(), p.high())));
    }
    page.table(
        List.of("station", "change", "orders an hour", "95 % interval"),
        rows,
        Pages.none(rows.size()));
  }

  private static void faults(Page page, List<LogFault> faults) {
    page.section("Faults of the log");
    if (faults.isEmpty()) {
      page.text("None was found.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (LogFault f : faults.stream().limit(40).toList()) {
      rows.add(
          List.of(
              f.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              f.place(),
              Integer.toString(f.count()),
              f.hours() > 0 ? Figure.of(f.hours(), 3) : "",
              f.example()));
    }
    page.table(List.of("fault", "place", "rows", "hours", "first"), rows, Pages.none(rows.size()));
  }

  /** Writes the page of a state log. */
  public static void write(Path file, String data, StateReport report) {
    Page page =
        new Page("Machine states")
            .heading(data + ", " + day(report.from()) + " to " + day(report.to()));
    page.text(
        "Shares of recorded time; slots of "
            + report.spacing().toSeconds()
            + " s without a row are not recorded, and are neither run nor idle.");
    List<List<String>> rows = new ArrayList<>();
    for (StateReport.MachineStates m : report.machines()) {
      StringBuilder shares = new StringBuilder();
      m.amounts()
          .keySet()
          .forEach(s -> shares.append(s).append(": ").append(percent(m.share(s))).append("  "));
      rows.add(
          List.of(
              m.resource(),
              Texts.count(m.rows(), "row"),
              Double.isNaN(m.pieces()) ? "" : Figure.of(m.pieces(), 9),
              shares.toString(),
              Long.toString(m.absentSlots()),
              percent(m.recordedShare())));
    }
    page.table(
        List.of("machine", "rows", "pieces", "states", "absent slots", "recorded"),
        rows,
        Pages.none(rows.size()));
    faults(page, report.faults());
    Pages.write(file, page.html(Pages.FOOTER));
  }

  private static String bars(List<ResourceTime> resources, double hours) {
    List<ResourceTime> shown = resources.stream().limit(MOST).toList();
    double most = Math.max(1e-9, shown.stream().mapToDouble(ResourceTime::busy).max().orElse(1));
    StringBuilder out = begin(shown.size() * 24 + 34, "Time of resources");
    for (int i = 0; i < shown.size(); i++) {
      ResourceTime r = shown.get(i);
      double scale = (WIDTH - NAMES - 90) / most;
      name(out, r.resource(), 18 + 24 * i);
      double x = NAMES;
      x = rect(out, x, 24 * i + 5, r.run() * scale, "#1f5fa8", "run " + Figure.of(r.run()) + " h");
      x =
          rect(
              out,
              x,
              24 * i + 5,
              r.setup() * scale,
              "#bcd4ec",
              "set-up " + Figure.of(r.setup()) + " h");
      x =
          rect(
              out,
              x,
              24 * i + 5,
              r.down() * scale,
              "#b4470f",
              "down " + Figure.of(r.down()) + " h");
      out.append(
          String.format(
              Locale.ROOT,
              "<text class='tick' x='%.1f' y='%d'>%s h, %.0f %%</text>%n",
              x + 6,
              18 + 24 * i,
              Figure.of(r.busy(), 3),
              100 * r.busy() / hours));
    }
    legend(
        out,
        shown.size() * 24 + 26,
        List.of("#1f5fa8", "#bcd4ec", "#b4470f"),
        List.of("run", "set-up", "breakdown"));
    return out.append("</svg>\n").toString();
  }

  private static String lossTree(LossTree tree) {
    StringBuilder out = begin(24 * (tree.losses().size() + 2) + 12, "Loss tree");
    double scale = (WIDTH - NAMES - 90) / tree.planned();
    row(out, 0, "planned busy time", 0, tree.planned(), scale, "#5a6572");
    double left = tree.planned();
    int i = 1;
    for (LossTree.Loss loss : tree.losses()) {
      double to = left - loss.hours();
      row(
          out,
          i++,
          loss.group() + ": " + loss.name(),
          Math.max(0, Math.min(to, left)),
          Math.abs(loss.hours()),
          scale,
          loss.hours() < 0 ? "#bcd4ec" : "#b4470f");
      left = to;
    }
    row(out, i, "good pieces at planned speed", 0, tree.valuable(), scale, "#1f5fa8");
    return out.append("</svg>\n").toString();
  }

  private static void row(
      StringBuilder out, int i, String name, double from, double hours, double scale, String fill) {
    name(out, name, 18 + 24 * i);
    double x =
        rect(out, NAMES + from * scale, 24 * i + 5, hours * scale, fill, Figure.of(hours) + " h");
    out.append(
        String.format(
            Locale.ROOT,
            "<text class='tick' x='%.1f' y='%d'>%s h</text>%n",
            x + 6,
            18 + 24 * i,
            Figure.of(hours, 3)));
  }

  private static String timeline(BottleneckReport held, FlowReport report) {
    List<String> names =
        held.resources().stream()
            .sorted((a, b) -> Double.compare(b.momentary(), a.momentary()))
            .limit(8)
            .map(BottleneckReport.Load::resource)
            .toList();
    StringBuilder out = begin(names.size() * 24 + 30, "Momentary bottleneck over time");
    double from = report.from().toEpochMilli();
    double scale = (WIDTH - NAMES - 20) / Math.max(1, report.to().toEpochMilli() - from);
    for (int i = 0; i < names.size(); i++) {
      name(out, names.get(i), 18 + 24 * i);
      out.append(
          String.format(
              Locale.ROOT, "<path class='grid' d='M%d %dH%d'/>%n", NAMES, 24 * i + 24, WIDTH - 20));
    }
    int drawn = 0;
    for (BottleneckReport.Phase p : held.phases()) {
      int i = names.indexOf(p.resource());
      double x = NAMES + (p.from().toEpochMilli() - from) * scale;
      double w = (p.to().toEpochMilli() - p.from().toEpochMilli()) * scale;
      if (i >= 0 && drawn < 4000) {
        drawn++;
        rect(out, x, 24 * i + 6, Math.max(0.4, w), "#b4470f", p.from() + " to " + p.to());
      }
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text class='tick' x='%d' y='%d'>%s</text><text class='tick' x='%d' y='%d'"
                + " text-anchor='end'>%s</text>%n",
            NAMES,
            names.size() * 24 + 20,
            day(report.from()),
            WIDTH - 20,
            names.size() * 24 + 20,
            day(report.to())));
    return out.append("</svg>\n").toString();
  }

  private static StringBuilder begin(int height, String what) {
    return new StringBuilder(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>%n",
            WIDTH,
            height,
            what));
  }

  private static void name(StringBuilder out, String text, int y) {
    String name = text.length() > 34 ? text.substring(0, 33) + "…" : text;
    out.append(
        String.format(
            Locale.ROOT,
            "<text class='tick' x='%d' y='%d' text-anchor='end'>%s</text>%n",
            NAMES - 8,
            y,
            Page.escape(name)));
  }

  private static double rect(
      StringBuilder out, double x, int y, double width, String fill, String tip) {
    if (width > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x='%.1f' y='%d' width='%.1f' height='16' fill='%s'><title>%s</title></rect>%n",
              x,
              y,
              width,
              fill,
              Page.escape(tip)));
    }
    return x + Math.max(0, width);
  }

  private static void legend(StringBuilder out, int y, List<String> fills, List<String> names) {
    int x = NAMES;
    for (int i = 0; i < fills.size(); i++) {
      rect(out, x, y - 12, 14, fills.get(i), names.get(i));
      out.append(
          String.format(
              Locale.ROOT,
              "<text class='tick' x='%d' y='%d'>%s</text>%n",
              x + 20,
              y + 1,
              names.get(i)));
      x += 100;
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 16).replace('T', ' ');
  }
}
