package io.millwright.production.internal.flow;

import io.millwright.production.LogFault.Kind;
import io.millwright.production.ResourceTime;
import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what each resource did. */
final class ResourceTimes {

  private static final double HOUR = 3_600_000.0;

  private ResourceTimes() {}

  static Map<String, List<WorkEvent>> byResource(List<WorkEvent> events) {
    Map<String, List<WorkEvent>> by = new TreeMap<>();
    for (WorkEvent e : events) {
      by.computeIfAbsent(e.resource(), r -> new ArrayList<>()).add(e);
    }
    return by;
  }

  static List<ResourceTime> of(
      List<WorkEvent> events, Instant from, Instant to, long gapMillis, Faults faults) {
    List<ResourceTime> all = new ArrayList<>();
    byResource(events)
        .forEach((name, rows) -> all.add(one(name, rows, from, to, gapMillis, faults)));
    all.sort(Comparator.comparingDouble(r -> -r.busy()));
    return all;
  }

  private static ResourceTime one(
      String name, List<WorkEvent> rows, Instant from, Instant to, long gap, Faults faults) {
    rows.sort(Comparator.comparing(WorkEvent::start).thenComparing(WorkEvent::end));
    Map<Work, Double> hours = new EnumMap<>(Work.class);
    double booked = 0;
    double good = Double.NaN;
    double rejected = Double.NaN;
    long reached = Long.MIN_VALUE;
    WorkEvent last = rows.get(0);
    for (WorkEvent e : rows) {
      booked += e.hours();
      good = plus(good, e.work() == Work.RUN ? e.good() : Double.NaN);
      rejected = plus(rejected, e.rejected());
      long start = e.start().toEpochMilli();
      long end = e.end().toEpochMilli();
      if (start < reached && end > start) {
        faults.add(
            Kind.OVERLAP,
            name,
            (Math.min(end, reached) - start) / HOUR,
            e.caseId()
                + " from "
                + e.start()
                + " runs into "
                + last.caseId()
                + " until "
                + last.end());
      }
      if (reached != Long.MIN_VALUE && start - reached > gap) {
        faults.add(
            Kind.GAP,
            name,
            (start - reached) / HOUR,
            "no row from " + Instant.ofEpochMilli(reached) + " to " + e.start());
      }
      if (end > reached) {
        reached = end;
        last = e;
      }
    }
    double union = 0;
    for (Timeline.Stretch s : Timeline.of(rows)) {
      double length = (s.to() - s.from()) / HOUR;
      hours.merge(s.work(), length, Double::sum);
      union += length;
    }
    double period = (to.toEpochMilli() - from.toEpochMilli()) / HOUR;
    return new ResourceTime(
        name,
        rows.size(),
        hours.getOrDefault(Work.RUN, 0.0),
        hours.getOrDefault(Work.SETUP, 0.0),
        hours.getOrDefault(Work.DOWN, 0.0),
        Math.max(0, period - union),
        Math.max(0, booked - union),
        good,
        rejected);
  }

  /** A sum that is known from the first known value on. */
  private static double plus(double sum, double value) {
    if (Double.isNaN(value)) {
      return sum;
    }
    return Double.isNaN(sum) ? value : sum + value;
  }
}
