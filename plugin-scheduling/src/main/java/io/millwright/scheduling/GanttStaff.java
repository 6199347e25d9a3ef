package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of each resource a plan holds over time. */
final class GanttStaff {
  private GanttStaff() {}

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
    Map<List<String>, Integer> amounts = new HashMap<>();
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        for (Need n : o.needs()) {
          if (n.resource().equals(resource.id())) {
            amounts.put(List.of(j.id(), o.id()), n.amount());
          }
        }
      }
    }
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (Assignment a : plan.assignments()) {
      Integer amount = amounts.get(List.of(a.job(), a.operation()));
      if (amount != null && a.end() > a.start()) {
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
}
