package io.millwright.production.internal.flow;

import io.millwright.production.LogFault;
import io.millwright.production.LogFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up faults by kind and place. Not thread-safe. */
final class Faults {

  private final Map<List<Object>, LogFault> found = new LinkedHashMap<>();

  void add(Kind kind, String place, double hours, String example) {
    found.merge(
        List.of(kind, place),
        new LogFault(kind, place, 1, hours, example),
        (a, b) ->
            new LogFault(kind, place, a.count() + b.count(), a.hours() + b.hours(), a.example()));
  }

  void addAll(List<LogFault> faults) {
    for (LogFault f : faults) {
      found.merge(
          List.of(f.kind(), f.place()),
          f,
          (a, b) ->
              new LogFault(
                  f.kind(), f.place(), a.count() + b.count(), a.hours() + b.hours(), a.example()));
    }
  }

  List<LogFault> list() {
    List<LogFault> all = new ArrayList<>(found.values());
    all.sort(Comparator.comparing(LogFault::kind).thenComparing(f -> -f.count()));
    return all;
  }
}
