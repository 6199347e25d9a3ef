package io.millwright.scheduling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts charts and tables into one HTML page that needs nothing from outside. */
final class GanttPage {
  private GanttPage() {}

  private static final String STYLE =
      """
      <meta http-equiv="Content-Security-Policy"
       content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <style>
      body{font:16px/1.55 Charter,"Bitstream Charter","Iowan Old Style",Palatino,Georgia,serif;
      margin:0 auto;padding:40px 28px 64px;max-width:1200px;color:#1c2430}
      h1{font-size:30px;line-height:1.2;margin:0 0 6px;font-weight:600}
      h2{font-size:20px;margin:44px 0 4px;font-weight:600}
      label,.key{font:13.5px/1.4 "Helvetica Neue",Helvetica,Arial,sans-serif;color:#3c4a59}
      .chart{display:flex;border:1px solid #ccc;margin:8px 0 24px}
      .chart[hidden]{display:none}
      .scroll{overflow-x:auto;flex:1} svg{display:block;font:11px sans-serif}
      .labels{flex:none;border-right:1px solid #ccc}
      table{border-collapse:collapse;margin:8px 0 24px} td,th{padding:3px 12px;text-align:left;
      border-bottom:1px solid #ddd} .late{color:#b00020} label{margin-right:16px}
      .key span{margin-left:18px;white-space:nowrap} .key i{display:inline-block;width:22px;
      height:13px;margin-right:6px;vertical-align:-2px;box-sizing:border-box}
      </style></head><body>
      """;

  private static final String ZOOM =
      """
      <p><label>Zoom <input id="zoom" type="range" min="0" max="100" value="0"></label>
      <label><input type="radio" name="rows" value="machines" checked> machines</label>
      <label><input type="radio" name="rows" value="jobs"> jobs</label></p>
      """;

  private static final String SCRIPT =
      """
      <script>
      const zoom = document.getElementById('zoom');
      zoom.addEventListener('input', () => document.querySelectorAll('.scroll > svg').forEach(
        s => s.style.width = 100 * Math.pow(40, zoom.value / 100) + '%'));
      document.querySelectorAll('input[name=rows]').forEach(r => r.addEventListener('change', () =>
        document.querySelectorAll('.chart').forEach(c => c.hidden = c.dataset.rows !== r.value)));
      </script>
      """;

  static String of(Gantt gantt) {
    StringBuilder out = new StringBuilder();
    String name = GanttSvg.escape(gantt.shop().name());
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Plan of ");
    out.append(name).append("</title>\n").append(STYLE).append("<h1>Plan of ").append(name);
    out.append("</h1>\n");
    measures(out, gantt);
    out.append(ZOOM);
    legend(out, gantt);
    chart(out, new GanttSvg(gantt, Gantt.Rows.MACHINES), "machines", "");
    chart(out, new GanttSvg(gantt, Gantt.Rows.JOBS), "jobs", " hidden");
    late(out, gantt);
    gantt.robust().ifPresent(r -> GanttChances.write(out, r));
    chain(out, gantt);
    history(out, gantt.history());
    return out.append(SCRIPT).append("</body></html>\n").toString();
  }

  private static void chart(StringBuilder out, GanttSvg svg, String rows, String hidden) {
    out.append("<div class=\"chart\" data-rows=\"").append(rows).append("\"").append(hidden);
    out.append("><div class=\"labels\"><svg width=\"").append(GanttSvg.LABELS);
    out.append("\" height=\"").append(svg.height()).append("\">").append(svg.labels());
    out.append("</svg></div><div class=\"scroll\"><svg style=\"width:100%\" height=\"");
    out.append(svg.height()).append("\">\n").append(svg.drawing()).append("</svg></div></div>\n");
  }

  private static void measures(StringBuilder out, Gantt gantt) {
    List<Measure> shown =
        Arrays.stream(Measure.values()).filter(m -> matters(m, gantt.shop())).toList();
    out.append("<table><tr>");
    for (Measure m : shown) {
      out.append("<th>").append(m.label()).append(", ");
      out.append(GanttSvg.escape(Objective.of(m).unit(gantt.shop()).toString())).append("</th>");
    }
    out.append("</tr><tr>");
    for (Measure m : shown) {
      out.append("<td>").append(number(m.of(gantt.shop(), gantt.plan()))).append("</td>");
    }
    out.append("</tr></table>\n");
  }

  /** Whether a shop has what a measure counts. */
  private static boolean matters(Measure measure, Shop shop) {
    return switch (measure) {
      case WEIGHTED_TARDINESS -> shop.jobs().stream().anyMatch(j -> j.due().isPresent());
      case SETUP_TIME -> shop.machines().stream().anyMatch(m -> !m.setups().isEmpty());
      case REJECTION_COST -> shop.jobs().stream().anyMatch(j -> j.rejection().isPresent());
      case ENERGY_COST -> shop.tariff().isPresent();
      case MAKESPAN, WEIGHTED_FLOW_TIME -> true;
    };
  }

  private static void legend(StringBuilder out, Gantt gantt) {
    Shop shop = gantt.shop();
    out.append("<p class=\"key\">Times in ").append(GanttSvg.escape(shop.tick().toString()));
    out.append(", a colour a job.");
    key(out, "background:#e8e8e8", "the machine rests, the resource is away");
    if (matters(Measure.SETUP_TIME, shop)) {
      key(out, "background:#777;height:7px", "set-up");
    }
    if (!shop.resources().isEmpty()) {
      key(out, "background:#9bb0c4", "how much of a resource is held");
    }
    if (matters(Measure.WEIGHTED_TARDINESS, shop)) {
      key(out, "border:1.5px solid #b00020", "the job is late");
    }
    if (!gantt.chain().isEmpty()) {
      key(out, "border:2.5px solid #000", "the explained chain");
    }
    out.append("</p>\n");
  }

  private static void key(StringBuilder out, String style, String text) {
    out.append(" <span><i style=\"").append(style).append("\"></i>").append(text);
    out.append("</span>");
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  private static void late(StringBuilder out, Gantt gantt) {
    Map<String, Long> ends = gantt.plan().completions();
    StringBuilder rows = new StringBuilder();
    for (ShopJob j : gantt.shop().jobs()) {
      long end = ends.getOrDefault(j.id(), 0L);
      if (j.due().isPresent() && end > j.due().getAsLong()) {
        rows.append("<tr class=\"late\"><td>").append(GanttSvg.escape(j.id())).append("</td><td>");
        rows.append(j.due().getAsLong()).append("</td><td>").append(end).append("</td><td>");
        rows.append(end - j.due().getAsLong()).append("</td><td>").append(number(j.weight()));
        rows.append("</td></tr>\n");
      }
    }
    out.append("<h2>Late jobs</h2>\n");
    if (rows.isEmpty()) {
      boolean dates = matters(Measure.WEIGHTED_TARDINESS, gantt.shop());
      out.append(dates ? "<p>None.</p>\n" : "<p>No job has a due date.</p>\n");
    } else {
      out.append("<table><tr><th>job</th><th>due</th><th>end</th><th>late by</th><th>weight</th>");
      out.append("</tr>\n").append(rows).append("</table>\n");
    }
  }

  private static void chain(StringBuilder out, Gantt gantt) {
    if (gantt.chain().isEmpty()) {
      return;
    }
    Assignment last = gantt.chain().get(gantt.chain().size() - 1).operation();
    out.append("<h2>What binds job ").append(GanttSvg.escape(last.job()));
    out.append("</h2>\n<table><tr><th>operation</th>");
    out.append("<th>machine</th><th>from</th><th>to</th><th>waits for</th></tr>\n");
    for (Link l : gantt.chain()) {
      Assignment a = l.operation();
      out.append("<tr><td>").append(GanttSvg.escape(a.job() + " / " + a.operation()));
      out.append("</td><td>").append(GanttSvg.escape(a.machine())).append("</td><td>");
      out.append(a.start()).append("</td><td>").append(a.end()).append("</td><td>");
      out.append(l.cause().name().toLowerCase(Locale.ROOT));
      l.by()
          .ifPresent(
              by -> out.append(": ").append(GanttSvg.escape(by.job() + " / " + by.operation())));
      out.append("</td></tr>\n");
    }
    out.append("</table>\n");
  }

  /** Objective and bound over time, as steps. */
  private static void history(StringBuilder out, List<HistoryPoint> points) {
    if (points.size() < 2) {
      return;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (HistoryPoint p : points) {
      low = Math.min(low, Math.min(p.value(), p.bound().orElse(p.value())));
      high = Math.max(high, p.value());
    }
    double range = Math.max(1e-9, high - low);
    double time = Math.max(1, points.get(points.size() - 1).at().toNanos());
    out.append("<h2>Objective and bound over time</h2>\n<svg width=\"900\" height=\"260\">");
    String values = "";
    String bounds = "";
    for (HistoryPoint p : points) {
      double x = 70 + 640 * p.at().toNanos() / time;
      values = step(values, x, height(p.value(), low, range));
      if (p.bound().isPresent()) {
        bounds = step(bounds, x, height(p.bound().getAsDouble(), low, range));
      }
    }
    out.append("<path d=\"M70 20V222H710\" fill=\"none\" stroke=\"#bbb\"/>");
    line(out, values, "#1f5fbf");
    line(out, bounds, "#888");
    HistoryPoint end = points.get(points.size() - 1);
    double at = height(end.value(), low, range);
    text(out, 720, at + 4, "objective " + number(end.value()), "#1f5fbf");
    if (end.bound().isPresent()) {
      double under = height(end.bound().getAsDouble(), low, range);
      // Two lines that meet keep their words apart.
      under = Math.abs(under - at) < 16 ? at + 16 : under;
      text(out, 720, under + 4, "bound " + number(end.bound().getAsDouble()), "#666");
    }
    text(out, 4, 26, number(high), "#666");
    text(out, 4, 216, number(low), "#666");
    text(out, 66, 240, "0", "#666");
    text(out, 680, 240, String.format(Locale.ROOT, "%.2f s", time / 1e9), "#666");
    out.append("</svg>\n");
  }

  private static double height(double value, double low, double range) {
    return 212 - 190 * (value - low) / range;
  }

  private static void text(StringBuilder out, int x, double y, String words, String colour) {
    out.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">", x, y, colour));
    out.append(words).append("</text>");
  }

  private static String step(String path, double x, double y) {
    return path.isEmpty()
        ? String.format(Locale.ROOT, "M%.1f %.1f", x, y)
        : path + String.format(Locale.ROOT, "H%.1fV%.1f", x, y);
  }

  private static void line(StringBuilder out, String path, String colour) {
    if (!path.isEmpty()) {
      out.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
      out.append("\" d=\"").append(path).append("\"/>");
    }
  }
}
