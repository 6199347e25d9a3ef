package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a chart with letters. */
final class GanttText {
  private GanttText() {}

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  static String of(Gantt gantt, int width) {
    long from = gantt.shop().start();
    for (Assignment a : gantt.plan().assignments()) {
      from = Math.min(from, a.start());
    }
    double scale = width / Math.max(1.0, (double) gantt.plan().makespan() - from);
    Map<String, Character> letters = new LinkedHashMap<>();
    for (ShopJob j : gantt.shop().jobs()) {
      letters.put(j.id(), LETTERS.charAt(letters.size() % LETTERS.length()));
    }
    int margin = gantt.shop().machines().stream().mapToInt(m -> m.id().length()).max().orElse(0);
    margin = Math.min(margin, 16);
    Map<String, List<Assignment>> byMachine = new HashMap<>();
    for (Assignment a : gantt.plan().assignments()) {
      byMachine.computeIfAbsent(a.machine(), m -> new ArrayList<>()).add(a);
    }
    Map<Assignment, Window> setups = SetupSpans.of(gantt.shop(), gantt.plan());
    StringBuilder out = new StringBuilder();
    for (Machine m : gantt.shop().machines()) {
      char[] row = new char[width];
      Arrays.fill(row, '.');
      for (Window w : GanttStaff.rests(m.calendar(), from, gantt.plan().makespan())) {
        fill(row, w.from() - (double) from, w.to() - (double) from, scale, ':');
      }
      for (Assignment a : byMachine.getOrDefault(m.id(), List.of())) {
        Window setup = setups.get(a);
        if (setup != null) {
          fill(row, (double) setup.from() - from, (double) setup.to() - from, scale, '~');
        }
        char letter = letters.getOrDefault(a.job(), '?');
        fill(row, (double) a.start() - from, (double) a.end() - from, scale, letter);
      }
      String name = onOneLine(m.id());
      String id = name.length() > margin ? name.substring(0, margin) : name;
      out.append(" ".repeat(margin - id.length()))
          .append(id)
          .append(" |")
          .append(row)
          .append("|\n");
    }
    String first = Long.toString(from);
    String last = Long.toString(gantt.plan().makespan());
    out.append(" ".repeat(margin + 2)).append(first);
    out.append(" ".repeat(Math.max(1, width - first.length() - last.length())));
    out.append(last).append('\n');
    legend(out, gantt, letters);
    return out.toString();
  }

  /** A name never begins a line of its own. */
  private static String onOneLine(String name) {
    return name.replaceAll("\\R", " ");
  }

  private static void legend(StringBuilder out, Gantt gantt, Map<String, Character> letters) {
    Map<String, Long> ends = gantt.plan().completions();
    for (ShopJob j : gantt.shop().jobs()) {
      out.append(letters.get(j.id())).append(" = ").append(onOneLine(j.id()));
      if (!ends.containsKey(j.id())) {
        out.append(", left out\n");
        continue;
      }
      long end = ends.getOrDefault(j.id(), 0L);
      out.append(", done at ").append(end);
      if (j.due().isPresent() && end > j.due().getAsLong()) {
        out.append(", late by ").append(end - j.due().getAsLong());
      }
      out.append('\n');
    }
  }

  private static void fill(char[] row, double from, double to, double scale, char with) {
    int a = (int) Math.floor(Math.max(0, from) * scale);
    int b = (int) Math.ceil(Math.min(to * scale, row.length));
    for (int i = a; i < b && to > from; i++) {
      row[i] = with;
    }
  }
}
