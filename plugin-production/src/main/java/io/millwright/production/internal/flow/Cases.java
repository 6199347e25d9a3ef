package io.millwright.production.internal.flow;

import io.millwright.production.CaseFlow;
import io.millwright.production.FlowReport.Loop;
import io.millwright.production.FlowReport.Variant;
import io.millwright.production.ProcessGraph;
import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How orders passed: lead times, sequences, returns. */
final class Cases {

  private static final double HOUR = 3_600_000.0;

  /** Rows of one activity in sequence, such as set-up and run. */
  private record Visit(String activity, long from, long to, double hours) {}

  private static final class Arrow {
    private final List<Double> waits = new ArrayList<>();
  }

  private static final class Stop {
    private int visits;
    private double hours;
    private double position;
  }

  private final Instant from;
  private final Instant to;
  private final Map<List<String>, List<Double>> sequences = new LinkedHashMap<>();
  private final Map<List<String>, Arrow> arrows = new LinkedHashMap<>();
  private final Map<String, Stop> stops = new TreeMap<>();
  private final Map<String, double[]> returns = new TreeMap<>();
  private final CaseFlow flow;

  Cases(List<WorkEvent> events, Instant from, Instant to) {
    this.from = from;
    this.to = to;
    Map<String, List<WorkEvent>> cases = new TreeMap<>();
    for (WorkEvent e : events) {
      if (!e.caseId().isBlank() && e.work() != Work.DOWN) {
        cases.computeIfAbsent(e.caseId(), c -> new ArrayList<>()).add(e);
      }
    }
    flow = walk(cases);
  }

  private CaseFlow walk(Map<String, List<WorkEvent>> cases) {
    long begin = from.toEpochMilli();
    long edge = to.toEpochMilli();
    double period = (edge - begin) / HOUR;
    double present = 0;
    int seen = 0;
    double working = 0;
    double total = 0;
    List<Double> leads = new ArrayList<>();
    int returned = 0;
    int reworked = 0;
    for (List<WorkEvent> rows : cases.values()) {
      rows.sort(Comparator.comparing(WorkEvent::start).thenComparing(WorkEvent::end));
      long first = rows.get(0).start().toEpochMilli();
      long last = rows.stream().mapToLong(e -> e.end().toEpochMilli()).max().orElse(first);
      if (last < begin || first > edge) {
        continue;
      }
      seen++;
      present += (Math.min(last, edge) - Math.max(first, begin)) / HOUR;
      reworked += (int) rows.stream().filter(WorkEvent::rework).count();
      if (last > edge) {
        continue;
      }
      double lead = (last - first) / HOUR;
      leads.add(lead);
      total += lead;
      for (Timeline.Stretch s : Timeline.of(rows)) {
        working += (s.to() - s.from()) / HOUR;
      }
      returned += follow(visits(rows), lead) ? 1 : 0;
    }
    int n = leads.size();
    double[] sorted = leads.stream().mapToDouble(l -> l).sorted().toArray();
    double mean = n == 0 ? Double.NaN : total / n;
    double rate = period > 0 ? n / period : 0;
    double wip = period > 0 ? present / period : 0;
    return new CaseFlow(
        seen,
        24 * rate,
        wip,
        mean,
        quantile(sorted, 0.5),
        quantile(sorted, 0.9),
        n == 0 ? Double.NaN : working / n,
        n == 0 ? Double.NaN : (total - working) / n,
        rate > 0 && mean > 0 ? wip / (rate * mean) : Double.NaN,
        reworked,
        returned);
  }

  private static List<Visit> visits(List<WorkEvent> rows) {
    List<Visit> visits = new ArrayList<>();
    for (WorkEvent e : rows) {
      long start = e.start().toEpochMilli();
      long end = e.end().toEpochMilli();
      int last = visits.size() - 1;
      if (last >= 0 && visits.get(last).activity.equals(e.activity())) {
        Visit v = visits.get(last);
        double more = Math.max(0, end - Math.max(start, v.to)) / HOUR;
        visits.set(last, new Visit(v.activity, v.from, Math.max(v.to, end), v.hours + more));
      } else {
        visits.add(new Visit(e.activity(), start, end, e.hours()));
      }
    }
    return visits;
  }

  private boolean follow(List<Visit> visits, double lead) {
    sequences
        .computeIfAbsent(visits.stream().map(Visit::activity).toList(), s -> new ArrayList<>())
        .add(lead);
    Set<String> been = new HashSet<>();
    boolean back = false;
    for (int i = 0; i < visits.size(); i++) {
      Visit v = visits.get(i);
      Stop stop = stops.computeIfAbsent(v.activity, a -> new Stop());
      stop.visits++;
      stop.hours += v.hours;
      stop.position += visits.size() == 1 ? 0.5 : i / (visits.size() - 1.0);
      if (!been.add(v.activity)) {
        back = true;
        double[] sum = returns.computeIfAbsent(v.activity, a -> new double[2]);
        sum[0]++;
        sum[1] += v.hours;
      }
      if (i > 0) {
        arrows
            .computeIfAbsent(List.of(visits.get(i - 1).activity, v.activity), a -> new Arrow())
            .waits
            .add(Math.max(0, v.from - visits.get(i - 1).to) / HOUR);
      }
    }
    return back;
  }

  CaseFlow flow() {
    return flow;
  }

  List<Variant> variants() {
    return sequences.entrySet().stream()
        .map(e -> new Variant(e.getKey(), e.getValue().size(), mean(e.getValue())))
        .sorted(Comparator.comparingInt(v -> -v.cases()))
        .toList();
  }

  List<Loop> loops() {
    return returns.entrySet().stream()
        .map(e -> new Loop(e.getKey(), (int) e.getValue()[0], e.getValue()[1]))
        .sorted(Comparator.comparingInt(l -> -l.times()))
        .toList();
  }

  ProcessGraph graph() {
    List<ProcessGraph.Node> nodes =
        stops.entrySet().stream()
            .map(
                e ->
                    new ProcessGraph.Node(
                        e.getKey(),
                        e.getValue().visits,
                        e.getValue().hours / e.getValue().visits,
                        e.getValue().position / e.getValue().visits))
            .sorted(Comparator.comparingInt(n -> -n.visits()))
            .toList();
    List<ProcessGraph.Edge> edges = new ArrayList<>();
    arrows.forEach(
        (ends, arrow) -> {
          double[] waits = arrow.waits.stream().mapToDouble(w -> w).sorted().toArray();
          edges.add(
              new ProcessGraph.Edge(
                  ends.get(0), ends.get(1), waits.length, mean(arrow.waits), quantile(waits, 0.5)));
        });
    edges.sort(Comparator.comparingInt(e -> -e.count()));
    return new ProcessGraph(nodes, edges);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(0);
  }

  static double quantile(double[] sorted, double p) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = p * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
