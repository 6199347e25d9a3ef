package io.millwright.production.internal.bottleneck;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.LineStudy;
import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import io.millwright.production.internal.flow.Timeline;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fits a line to a log whose orders take one route. */
final class LineFit {

  private static final double HOUR = 3_600_000.0;
  private static final int FEWEST = 30;
  private static final double ON_ROUTE = 0.8;

  private final List<String> route;
  private final List<double[]> times = new ArrayList<>();
  private final List<double[]> repairs = new ArrayList<>();
  private final double[] busy;
  private final int[] machines;
  private final int[] buffers;
  private final boolean[] full;
  final double logged;
  final int pieces;

  LineFit(List<WorkEvent> events) {
    Map<String, List<WorkEvent>> cases = new TreeMap<>();
    for (WorkEvent e : events) {
      if (e.work() != Work.DOWN && !e.caseId().isBlank()) {
        cases.computeIfAbsent(e.caseId(), c -> new ArrayList<>()).add(e);
      }
    }
    Map<List<String>, Integer> routes = new HashMap<>();
    for (List<WorkEvent> rows : cases.values()) {
      rows.sort(Comparator.comparing(WorkEvent::start).thenComparing(WorkEvent::end));
      routes.merge(rows.stream().map(WorkEvent::activity).toList(), 1, Integer::sum);
    }
    // The log is cut at its ends: an order that is a part of the longest common route is on it.
    route =
        routes.entrySet().stream()
            .filter(e -> e.getValue() >= 0.2 * cases.size())
            .max(
                Comparator.comparingInt((Map.Entry<List<String>, Integer> e) -> e.getKey().size())
                    .thenComparing(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .orElse(List.of());
    Map<String, List<WorkEvent>> on = new LinkedHashMap<>();
    cases.forEach(
        (id, rows) -> {
          if (rows.stream().map(WorkEvent::activity).toList().equals(route)) {
            on.put(id, rows);
          }
        });
    int parts =
        (int)
            cases.values().stream()
                .filter(rows -> isPart(rows.stream().map(WorkEvent::activity).toList()))
                .count();
    check(cases.size(), parts, on.size());
    int n = route.size();
    busy = new double[n];
    machines = new int[n];
    buffers = new int[n];
    full = new boolean[n];
    Map<String, List<WorkEvent>> stops = new HashMap<>();
    for (WorkEvent e : events) {
      if (e.work() == Work.DOWN) {
        stops.computeIfAbsent(e.resource(), r -> new ArrayList<>()).add(e);
      }
    }
    for (int s = 0; s < n; s++) {
      station(s, on, stops);
    }
    pieces = on.size();
    double[] outs =
        on.values().stream()
            .mapToDouble(rows -> rows.get(n - 1).end().toEpochMilli() / HOUR)
            .sorted()
            .toArray();
    // The first fifth is left out: the line may have filled up in it.
    int warm = outs.length / 5;
    logged = (outs.length - 1 - warm) / (outs[outs.length - 1] - outs[warm]);
  }

  private boolean isPart(List<String> steps) {
    for (int at = 0; at + steps.size() <= route.size(); at++) {
      if (route.subList(at, at + steps.size()).equals(steps)) {
        return true;
      }
    }
    return false;
  }

  private void check(int all, int parts, int on) {
    if (route.isEmpty() || parts < ON_ROUTE * all || new TreeSet<>(route).size() < route.size()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          parts
              + " of "
              + all
              + " orders pass one route"
              + (route.isEmpty() ? "" : ", " + route.size() + " activities")
              + "; a line is fitted when four in five do, each activity once"
              + "\nMaybe keep the orders of one product family");
    }
    if (on < FEWEST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          on
              + " orders pass the whole route, but a fitted line needs "
              + FEWEST
              + "\nMaybe take a longer period");
    }
  }

  private void station(int s, Map<String, List<WorkEvent>> on, Map<String, List<WorkEvent>> stops) {
    Set<String> resources = new TreeSet<>();
    List<Double> taken = new ArrayList<>();
    List<long[]> edges = new ArrayList<>();
    for (List<WorkEvent> rows : on.values()) {
      WorkEvent e = rows.get(s);
      resources.add(e.resource());
      double stopped = 0;
      for (WorkEvent stop : stops.getOrDefault(e.resource(), List.of())) {
        long from = Math.max(stop.start().toEpochMilli(), e.start().toEpochMilli());
        long to = Math.min(stop.end().toEpochMilli(), e.end().toEpochMilli());
        stopped += Math.max(0, to - from) / HOUR;
      }
      taken.add(Math.max(1e-9, e.hours() - stopped));
      if (s > 0) {
        edges.add(new long[] {rows.get(s - 1).end().toEpochMilli(), 1});
        edges.add(new long[] {e.start().toEpochMilli(), -1});
      }
    }
    List<Double> fixed = new ArrayList<>();
    for (String r : resources) {
      for (Timeline.Stretch stretch : Timeline.of(stops.getOrDefault(r, List.of()))) {
        fixed.add((stretch.to() - stretch.from()) / HOUR);
      }
    }
    machines[s] = resources.size();
    times.add(taken.stream().mapToDouble(v -> v).toArray());
    repairs.add(fixed.stream().mapToDouble(v -> v).toArray());
    busy[s] = taken.stream().mapToDouble(v -> v).sum();
    // Pieces between the stations; those above the buffer wait on the machines before it.
    edges.sort(Comparator.<long[]>comparingLong(e -> e[0]).thenComparingLong(e -> e[1]));
    int now = 0;
    int most = 0;
    int touched = 0;
    for (long[] e : edges) {
      now += (int) e[1];
      if (now > most) {
        most = now;
        touched = 0;
      }
      touched += now == most && e[1] > 0 ? 1 : 0;
    }
    full[s] = touched >= 3;
    buffers[s] = s == 0 ? 0 : full[s] ? Math.max(0, most - machines[s - 1]) : most;
  }

  int stations() {
    return route.size();
  }

  String name(int s) {
    return route.get(s);
  }

  List<LineStudy.Station> described() {
    List<LineStudy.Station> all = new ArrayList<>();
    for (int s = 0; s < stations(); s++) {
      double[] fixed = repairs.get(s);
      all.add(
          new LineStudy.Station(
              route.get(s),
              machines[s],
              Arrays.stream(times.get(s)).average().orElse(Double.NaN),
              fixed.length == 0 ? Double.POSITIVE_INFINITY : busy[s] / fixed.length,
              fixed.length == 0 ? 0 : Arrays.stream(fixed).average().orElse(0),
              s > 0 && !full[s] ? -1 : buffers[s]));
    }
    return all;
  }

  /** A line as it may be, given the log: parameters drawn anew. */
  LineModel drawn(KeyedRandom random) {
    List<LineModel.Station> all = new ArrayList<>();
    for (int s = 0; s < stations(); s++) {
      double[] fixed = repairs.get(s);
      double rate = fixed.length == 0 ? 0 : gamma(random, fixed.length) / busy[s];
      all.add(
          new LineModel.Station(
              resampled(random, times.get(s)),
              rate,
              fixed.length == 0 ? fixed : resampled(random, fixed),
              buffers[s],
              machines[s],
              1));
    }
    return new LineModel(all);
  }

  private static double[] resampled(KeyedRandom random, double[] values) {
    double[] drawn = new double[values.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = values[random.nextInt(values.length)];
    }
    return drawn;
  }

  /** A sum of exponential variables: the posterior of a Poisson count. */
  private static double gamma(KeyedRandom random, int shape) {
    double sum = 0;
    for (int i = 0; i < shape; i++) {
      sum -= Math.log(1 - random.nextDouble());
    }
    return sum;
  }
}
