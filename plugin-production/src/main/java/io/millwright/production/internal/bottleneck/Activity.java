package io.millwright.production.internal.bottleneck;

import io.millwright.production.WorkEvent;
import io.millwright.production.internal.flow.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Active periods and waits of all resources of a log; milliseconds. */
final class Activity {

  /** An uninterrupted active period. */
  record Period(int resource, long from, long to) {
    long length() {
      return to - from;
    }
  }

  final List<String> names = new ArrayList<>();
  final List<List<Period>> periods = new ArrayList<>();
  final double[] blocked;
  final double[] starved;
  final long from;
  final long to;

  Activity(List<WorkEvent> events) {
    Map<String, List<WorkEvent>> by = new TreeMap<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (WorkEvent e : events) {
      by.computeIfAbsent(e.resource(), r -> new ArrayList<>()).add(e);
      first = Math.min(first, e.start().toEpochMilli());
      last = Math.max(last, e.end().toEpochMilli());
    }
    from = first;
    to = last;
    long grain = grain(events);
    Map<WorkEvent, Long> ready = ready(events);
    blocked = new double[by.size()];
    starved = new double[by.size()];
    by.forEach(
        (name, rows) -> {
          int r = names.size();
          names.add(name);
          periods.add(merged(r, Timeline.of(rows), grain));
          waits(r, rows, ready);
        });
  }

  /** Times are written down to a minute, a second or finer: a gap of one such unit is none. */
  private static long grain(List<WorkEvent> events) {
    for (long unit : new long[] {60_000, 1000}) {
      if (events.stream()
          .allMatch(
              e -> e.start().toEpochMilli() % unit == 0 && e.end().toEpochMilli() % unit == 0)) {
        return unit;
      }
    }
    return 1;
  }

  private static List<Period> merged(int r, List<Timeline.Stretch> stretches, long grain) {
    List<Period> merged = new ArrayList<>();
    for (Timeline.Stretch s : stretches) {
      int last = merged.size() - 1;
      if (last >= 0 && s.from() - merged.get(last).to <= grain) {
        merged.set(last, new Period(r, merged.get(last).from, s.to()));
      } else {
        merged.add(new Period(r, s.from(), s.to()));
      }
    }
    return merged;
  }

  /** When the order of an event was there: the end of its step before; absent for the first. */
  private static Map<WorkEvent, Long> ready(List<WorkEvent> events) {
    Map<String, List<WorkEvent>> cases = new HashMap<>();
    for (WorkEvent e : events) {
      if (!e.caseId().isBlank()) {
        cases.computeIfAbsent(e.caseId(), c -> new ArrayList<>()).add(e);
      }
    }
    Map<WorkEvent, Long> ready = new HashMap<>();
    for (List<WorkEvent> rows : cases.values()) {
      rows.sort(Comparator.comparing(WorkEvent::start).thenComparing(WorkEvent::end));
      for (int i = 1; i < rows.size(); i++) {
        ready.put(rows.get(i), rows.get(i - 1).end().toEpochMilli());
      }
    }
    return ready;
  }

  private void waits(int r, List<WorkEvent> rows, Map<WorkEvent, Long> ready) {
    rows.sort(Comparator.comparing(WorkEvent::start).thenComparing(WorkEvent::end));
    long reached = rows.get(0).end().toEpochMilli();
    for (WorkEvent e : rows) {
      long start = e.start().toEpochMilli();
      if (start > reached) {
        long there = Math.min(start, Math.max(reached, ready.getOrDefault(e, reached)));
        starved[r] += there - reached;
        blocked[r] += start - there;
      }
      reached = Math.max(reached, e.end().toEpochMilli());
    }
  }
}
