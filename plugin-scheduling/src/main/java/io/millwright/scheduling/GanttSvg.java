package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Draws the bars of a chart. All places on the time axis are percentages, so that a page zooms by
 * making the drawing wider.
 */
final class GanttSvg {

  static final int ROW = 26;
  static final int AXIS = 24;
  static final int LABELS = 110;

  private static final int TICKS = 10;

  private final Gantt gantt;
  private final Gantt.Rows rows;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> rowOf = new HashMap<>();
  private final Map<String, Integer> jobIndex = new HashMap<>();
  private final Set<String> late = new HashSet<>();
  private final Set<List<String>> chain = new HashSet<>();
  private final Map<Assignment, Window> setups;
  private final long from;
  private final double span;

  GanttSvg(Gantt gantt, Gantt.Rows rows) {
    this.gantt = gantt;
    this.rows = rows;
    Map<String, Long> ends = gantt.plan().completions();
    for (ShopJob j : gantt.shop().jobs()) {
      jobIndex.put(j.id(), jobIndex.size());
      if (j.due().isPresent() && ends.getOrDefault(j.id(), 0L) > j.due().getAsLong()) {
        late.add(j.id());
      }
    }
    if (rows == Gantt.Rows.MACHINES) {
      gantt.shop().machines().forEach(m -> names.add(m.id()));
    } else {
      gantt.shop().jobs().forEach(j -> names.add(j.id()));
    }
    for (String name : names) {
      rowOf.put(name, rowOf.size());
    }
    if (rows == Gantt.Rows.MACHINES) {
      gantt.shop().resources().forEach(r -> names.add(r.id() + " (" + r.capacity() + ")"));
    }
    setups = SetupSpans.of(gantt.shop(), gantt.plan());
    gantt.chain().forEach(l -> chain.add(key(l.operation())));
    long first = gantt.shop().start();
    for (Assignment a : gantt.plan().assignments()) {
      first = Math.min(first, a.start());
    }
    from = first;
    span = Math.max(1.0, (double) gantt.plan().makespan() - first);
  }

  private static List<String> key(Assignment a) {
    return List.of(a.job(), a.operation());
  }

  int height() {
    return AXIS + ROW * names.size();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private String percent(long time) {
    double share = Math.max(0, Math.min(100, 100 * ((double) time - from) / span));
    return String.format(Locale.ROOT, "%.4f%%", share);
  }

  private String length(long a, long b) {
    double end = Math.min((double) b, from + span);
    double share = Math.max(0.02, 100 * Math.max(0, end - Math.max(a, from)) / span);
    return String.format(Locale.ROOT, "%.4f%%", share);
  }

  static String colour(int job) {
    // The golden angle keeps neighbours apart however many there are.
    return String.format(Locale.ROOT, "hsl(%.1f,55%%,%d%%)", job * 137.508 % 360, 62 + job % 3 * 6);
  }

  String document(int width) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + width
        + "\" height=\""
        + height()
        + "\" font-family=\"sans-serif\" font-size=\"11\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        + labels()
        + "<svg x=\""
        + LABELS
        + "\" width=\""
        + (width - LABELS)
        + "\" height=\""
        + height()
        + "\">\n"
        + drawing()
        + "</svg>\n</svg>\n";
  }

  /** The names of the rows. */
  String labels() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      boolean red = rows == Gantt.Rows.JOBS && late.contains(names.get(i));
      out.append("<text x=\"4\" y=\"")
          .append(AXIS + ROW * i + 17)
          .append(red ? "\" fill=\"#b00020\">" : "\">")
          .append(escape(names.get(i)))
          .append("</text>\n");
    }
    return out.toString();
  }

  /** The time axis, calendars, set-ups, bars, due dates and the chain. */
  String drawing() {
    StringBuilder out = new StringBuilder();
    axis(out);
    if (rows == Gantt.Rows.MACHINES) {
      calendars(out);
      staff(out);
    } else {
      dueDates(out);
    }
    gantt.plan().assignments().forEach(a -> bar(out, a));
    arrows(out);
    return out.toString();
  }

  private void axis(StringBuilder out) {
    double step = Math.pow(10, Math.floor(Math.log10(span / TICKS)));
    step = span / step > 5 * TICKS ? 5 * step : span / step > 2 * TICKS ? 2 * step : step;
    step = Math.max(1, step);
    for (double t = Math.ceil(from / step) * step; t <= from + span; t += step) {
      String x = percent((long) t);
      out.append("<line x1=\"").append(x).append("\" x2=\"").append(x);
      out.append("\" y1=\"").append(AXIS - 6).append("\" y2=\"").append(height());
      out.append("\" stroke=\"#ddd\"/><text x=\"").append(x);
      out.append("\" y=\"12\" fill=\"#666\">").append((long) t).append("</text>\n");
    }
  }

  private void calendars(StringBuilder out) {
    for (Machine m : gantt.shop().machines()) {
      closed(out, m.calendar(), rowOf.getOrDefault(m.id(), 0), m.id() + " rests ");
    }
    int row = gantt.shop().machines().size();
    for (Resource r : gantt.shop().resources()) {
      closed(out, r.calendar(), row++, r.id() + " is away ");
    }
  }

  private void closed(StringBuilder out, Calendar calendar, int row, String what) {
    for (Window w : GanttStaff.rests(calendar, from, (long) (from + span))) {
      rect(out, w.from(), w.to(), row, 0, ROW, "#e8e8e8", "");
      out.append("<title>").append(escape(what)).append(w.from());
      out.append(" to ").append(w.to()).append("</title></rect>\n");
    }
  }

  /** How much of each resource is held, as columns that fill the row when all of it is. */
  private void staff(StringBuilder out) {
    int row = gantt.shop().machines().size();
    for (Resource r : gantt.shop().resources()) {
      for (GanttStaff.Load load : GanttStaff.of(gantt.shop(), gantt.plan(), r)) {
        int height = Math.max(2, (ROW - 4) * load.held() / Math.max(1, r.capacity()));
        rect(out, load.from(), load.to(), row, ROW - 1 - height, height, "#9bb0c4", "");
        out.append("<title>").append(load.held()).append(" of ").append(r.capacity()).append(' ');
        out.append(escape(r.id())).append(": ").append(load.from()).append(" to ");
        out.append(load.to()).append("</title></rect>\n");
      }
      row++;
    }
  }

  private void dueDates(StringBuilder out) {
    for (ShopJob j : gantt.shop().jobs()) {
      if (j.due().isPresent() && j.due().getAsLong() <= from + span) {
        String x = percent(j.due().getAsLong());
        int y = AXIS + ROW * rowOf.getOrDefault(j.id(), 0);
        out.append("<line x1=\"").append(x).append("\" x2=\"").append(x).append("\" y1=\"");
        out.append(y).append("\" y2=\"").append(y + ROW);
        out.append("\" stroke=\"#b00020\" stroke-dasharray=\"3 2\"><title>due ");
        out.append(j.due().getAsLong()).append("</title></line>\n");
      }
    }
  }

  /** Opens a rectangle; the caller writes its title and closes it. */
  private void rect(
      StringBuilder out, long a, long b, int row, int inset, int height, String fill, String more) {
    out.append("<rect x=\"").append(percent(a)).append("\" y=\"").append(AXIS + ROW * row + inset);
    out.append("\" width=\"").append(length(a, b)).append("\" height=\"").append(height);
    out.append("\" fill=\"").append(fill).append("\"").append(more).append(">");
  }

  private void bar(StringBuilder out, Assignment a) {
    int row = rowOf.getOrDefault(rows == Gantt.Rows.MACHINES ? a.machine() : a.job(), 0);
    Window setup = setups.get(a);
    if (setup != null && rows == Gantt.Rows.MACHINES) {
      rect(out, setup.from(), setup.to(), row, 9, ROW - 18, "#777", "");
      out.append("<title>set-up of ").append(a.setup()).append(": ").append(setup.from());
      out.append(" to ").append(setup.to()).append("</title></rect>\n");
    }
    boolean linked = chain.contains(key(a));
    String stroke =
        linked
            ? " stroke=\"#000\" stroke-width=\"2.5\""
            : late.contains(a.job()) ? " stroke=\"#b00020\" stroke-width=\"1.5\"" : "";
    int job = jobIndex.getOrDefault(a.job(), 0);
    rect(out, a.start(), a.end(), row, 3, ROW - 6, colour(job), stroke);
    out.append("<title>").append(escape(a.job())).append(" / ").append(escape(a.operation()));
    out.append(" on ").append(escape(a.machine())).append(": ").append(a.start()).append(" to ");
    out.append(a.end()).append(late.contains(a.job()) ? ", job is late" : "");
    out.append("</title></rect>\n");
    String label = rows == Gantt.Rows.MACHINES ? a.job() : a.machine();
    if ((a.end() - a.start()) / span > 0.012 * Math.max(1, label.length() / 3.0)) {
      out.append("<text pointer-events=\"none\" x=\"").append(percent(a.start()));
      out.append("\" dx=\"3\" y=\"").append(AXIS + ROW * row + 17).append("\">");
      out.append(escape(label)).append("</text>\n");
    }
  }

  /** From each operation of the chain to the one it lets begin. */
  private void arrows(StringBuilder out) {
    for (Link l : gantt.chain()) {
      if (l.by().isPresent()) {
        Assignment a = l.by().get();
        Assignment b = l.operation();
        boolean machines = rows == Gantt.Rows.MACHINES;
        int y1 = rowOf.getOrDefault(machines ? a.machine() : a.job(), 0);
        int y2 = rowOf.getOrDefault(machines ? b.machine() : b.job(), 0);
        out.append("<line x1=\"").append(percent(a.end())).append("\" y1=\"");
        out.append(AXIS + ROW * y1 + ROW / 2).append("\" x2=\"").append(percent(b.start()));
        out.append("\" y2=\"").append(AXIS + ROW * y2 + ROW / 2);
        out.append("\" stroke=\"#000\" stroke-width=\"1.5\"/>\n");
      }
    }
  }
}
