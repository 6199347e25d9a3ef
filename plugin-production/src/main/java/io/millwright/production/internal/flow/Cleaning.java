package io.millwright.production.internal.flow;

import io.millwright.production.EventLog;
import io.millwright.production.LogFault.Kind;
import io.millwright.production.WorkEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leaves out what no plant can have done, and says so. */
final class Cleaning {

  private static final long YEAR = 366L * 86_400_000;

  private Cleaning() {}

  static List<WorkEvent> clean(EventLog log, @Nullable Set<String> known, Faults faults) {
    faults.addAll(log.faults());
    long[] starts =
        log.events().stream().mapToLong(e -> e.start().toEpochMilli()).sorted().toArray();
    long middle = starts[starts.length / 2];
    Set<WorkEvent> seen = new HashSet<>();
    List<WorkEvent> kept = new ArrayList<>();
    for (WorkEvent e : log.events()) {
      String what = e.caseId() + ", " + e.activity() + ", " + e.start() + " to " + e.end();
      if (e.resource().isBlank() || (known != null && !known.contains(e.resource()))) {
        faults.add(
            Kind.UNKNOWN_RESOURCE,
            e.resource().isBlank() ? "(none)" : e.resource(),
            Math.max(0, e.hours()),
            what);
      }
      if (e.end().isBefore(e.start())) {
        faults.add(Kind.END_BEFORE_START, e.resource(), 0, what);
        continue;
      }
      if (Math.abs(e.start().toEpochMilli() - middle) > YEAR
          || Math.abs(e.end().toEpochMilli() - middle) > YEAR) {
        faults.add(Kind.CLOCK, e.resource(), 0, what);
        continue;
      }
      if (!seen.add(e)) {
        faults.add(Kind.REPEATED, e.resource(), e.hours(), what);
        continue;
      }
      if (e.end().equals(e.start())) {
        faults.add(Kind.NO_LENGTH, e.resource(), 0, what);
      }
      kept.add(e);
    }
    return kept;
  }

  /**
   * The part of an event within a period, with the same part of its pieces; null when there is
   * none.
   */
  static @Nullable WorkEvent cut(WorkEvent e, Instant from, Instant to) {
    if (e.end().isBefore(from) || e.start().isAfter(to)) {
      return null;
    }
    if (!e.start().isBefore(from) && !e.end().isAfter(to)) {
      return e;
    }
    Instant begin = e.start().isBefore(from) ? from : e.start();
    Instant end = e.end().isAfter(to) ? to : e.end();
    double share =
        (double) (end.toEpochMilli() - begin.toEpochMilli())
            / (e.end().toEpochMilli() - e.start().toEpochMilli());
    if (share <= 0) {
      return null;
    }
    return new WorkEvent(
        e.caseId(),
        e.activity(),
        e.resource(),
        e.work(),
        begin,
        end,
        share * e.quantity(),
        share * e.good(),
        share * e.rejected(),
        e.rework(),
        e.reason());
  }
}
