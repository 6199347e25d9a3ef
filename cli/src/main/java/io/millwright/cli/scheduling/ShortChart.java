package io.millwright.cli.scheduling;

import io.millwright.scheduling.Gantt;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import java.util.ArrayList;
import java.util.List;

/** The chart of a plan for a terminal, cut to what a person reads there. */
final class ShortChart {
  private ShortChart() {}

  private static final int WIDTH = 72;
  private static final int MOST_MACHINES = 20;
  private static final int MOST_JOBS = 12;

  static List<String> lines(Shop shop, Schedule plan) {
    List<String> all = Gantt.of(shop, plan).text(WIDTH).lines().toList();
    int machines = shop.machines().size();
    List<String> lines = new ArrayList<>(all.subList(0, Math.min(machines, MOST_MACHINES)));
    if (machines > MOST_MACHINES) {
      lines.add("... and " + (machines - MOST_MACHINES) + " more machines");
    }
    lines.add(all.get(machines));
    List<String> legend = all.subList(machines + 1, all.size());
    List<String> late = legend.stream().filter(l -> l.contains(", late by ")).toList();
    List<String> shown = legend.size() <= MOST_JOBS ? legend : late;
    shown.stream().limit(MOST_JOBS).forEach(lines::add);
    if (shown.size() > MOST_JOBS) {
      lines.add("... and " + (shown.size() - MOST_JOBS) + " more late jobs");
    }
    return lines;
  }
}
