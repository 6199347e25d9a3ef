package io.millwright.supplychain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A transport plan to start from (warm start, frozen horizon): the plan of yesterday, or one that a
 * planner has made or changed. Immutable.
 *
 * @param delivered pieces by the name of the site, one map for each day from the first on; days
 *     beyond have no visits. After the days that stay, only who is visited counts
 * @param kept so many first days stay as they are, with their pieces; routes are planned anew
 * @param change what a visit on a later day costs that is not in the draft, and one of the draft
 *     that is left out, 0 or more; it steers the search and is no part of a plan's cost
 */
public record TransportDraft(List<Map<String, Double>> delivered, int kept, double change) {

  /** Copies. */
  public TransportDraft {
    List<Map<String, Double>> copy = new ArrayList<>();
    delivered.forEach(day -> copy.add(Collections.unmodifiableMap(new TreeMap<>(day))));
    delivered = Collections.unmodifiableList(copy);
  }

  /**
   * A plan as draft.
   *
   * @param plan the plan
   * @param kept so many first days stay as they are
   * @param change what each changed visit costs after those days
   * @return the draft
   */
  public static TransportDraft of(TransportPlan plan, int kept, double change) {
    return new TransportDraft(
        plan.days().stream().map(TransportPlan.Day::delivered).toList(), kept, change);
  }

  /**
   * Whether a site is visited.
   *
   * @param site its name
   * @param day the day, from 0
   * @return whether the draft brings it something
   */
  public boolean visits(String site, int day) {
    return day < delivered.size() && delivered.get(day).getOrDefault(site, 0.0) > 0;
  }

  /**
   * How far a plan is from the draft.
   *
   * @param plan a plan of the same days
   * @return how many visits were added or left out
   */
  public int changed(TransportPlan plan) {
    int changed = 0;
    for (int d = 0; d < plan.days().size(); d++) {
      Map<String, Double> now = plan.days().get(d).delivered();
      Map<String, Double> before = d < delivered.size() ? delivered.get(d) : Map.of();
      int day = d;
      changed += (int) now.keySet().stream().filter(s -> !visits(s, day)).count();
      changed +=
          (int) before.keySet().stream().filter(s -> visits(s, day) && !now.containsKey(s)).count();
    }
    return changed;
  }
}
