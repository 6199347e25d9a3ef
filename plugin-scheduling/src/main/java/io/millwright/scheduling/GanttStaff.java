package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of each resource a plan holds over time. */
final class GanttStaff {
  private GanttStaff() {}

  /** More windows than so many are a blur. */
  private static final int MOST = 5_000;

  /**
   * A span in which a number of a resource is held.
   *
   * @param from the first tick
   * @param to the first tick after it
   * @param held how many, at least 1
   */
  record Load(long from, long to, int held) {}

  /** The loads of one resource in order of time. */
  static List<Load> of(Shop shop, Schedule plan, Resource resource) {
    WorkTimes times = new WorkTimes(shop);
    Map<List<String>, Operation> operations = new HashMap<>();
    for (ShopJob j : shop.jobs()) {
      j.operations().forEach(o -> operations.put(List.of(j.id(), o.id()), o));
    }
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (Assignment a : plan.assignments()) {
      Operation o = operations.get(List.of(a.job(), a.operation()));
      List<String> held =
          o == null ? List.of() : times.held(o, a.machine(), a.held()).orElse(List.of());
      int amount = Collections.frequency(held, resource.id());
      if (amount > 0 && a.end() > a.start()) {
        changes.merge(a.start(), amount, Integer::sum);
        changes.merge(a.end(), -amount, Integer::sum);
      }
    }
    List<Load> loads = new ArrayList<>();
    int held = 0;
    long since = 0;
    for (Map.Entry<Long, Integer> change : changes.entrySet()) {
      if (held > 0 && change.getValue() != 0) {
        loads.add(new Load(since, change.getKey(), held));
      }
      if (change.getValue() != 0) {
        since = change.getKey();
      }
      held += change.getValue();
    }
    return loads;
  }

  /** When something rests in a span, as far as anybody can see it. */
  static List<Window> rests(Calendar calendar, long from, long to) {
    List<Window> rests = new ArrayList<>();
    for (long at = from; at < to && rests.size() < MOST; ) {
      long open = calendar.nextOpen(at);
      if (open > at) {
        rests.add(new Window(at, Math.min(open, to)));
      }
      at = open >= to ? to : calendar.rest(open);
    }
    return rests;
  }
}
