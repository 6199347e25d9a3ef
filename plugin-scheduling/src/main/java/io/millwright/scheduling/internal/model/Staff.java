package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names who or what meets each need of a plan: units of a pool are handed out in order of starts,
 * which never runs short where the number held never does. For one plan.
 */
final class Staff {

  private final Floor floor;
  private final int[][] units;
  private final long[][] free;
  private final Map<Integer, List<String>> said = new HashMap<>();

  Staff(Floor floor) {
    this.floor = floor;
    units = new int[floor.pools.count()][];
    free = new long[units.length][];
    for (int p = 0; p < units.length; p++) {
      units[p] = floor.pools.units(p);
      free[p] = new long[units[p].length];
    }
    for (Pin pin : floor.shop.pins()) {
      if (!pin.held().isEmpty()) {
        said.put(floor.number(pin.job(), pin.operation()), pin.held());
      }
    }
  }

  /** The resources that an operation holds; to be asked in order of starts. */
  List<String> held(int x, int alternative, long start, long end) {
    List<String> known = said.get(x);
    if (known != null) {
      known.forEach(id -> take(id, end));
      return known;
    }
    List<String> names = new ArrayList<>();
    for (int pool : floor.altHeld[alternative]) {
      names.add(take(pool, start, end));
    }
    return names;
  }

  private String take(int pool, long start, long end) {
    int chosen = 0;
    for (int k = 0; k < free[pool].length; k++) {
      // Of those that are free, who was busy last, so that others stay for what comes.
      boolean can = free[pool][k] <= start;
      boolean could = free[pool][chosen] <= start;
      if (can
          ? !could || free[pool][k] > free[pool][chosen]
          : !could && free[pool][k] < free[pool][chosen]) {
        chosen = k;
      }
    }
    free[pool][chosen] = end > start ? Math.max(free[pool][chosen], end) : free[pool][chosen];
    return floor.shop.resources().get(units[pool][chosen]).id();
  }

  private void take(String id, long end) {
    for (int pool : floor.pools.of(List.of(id))) {
      int[] own = units[pool];
      int chosen = -1;
      for (int k = 0; k < own.length; k++) {
        if (floor.shop.resources().get(own[k]).id().equals(id)
            && (chosen < 0 || free[pool][k] < free[pool][chosen])) {
          chosen = k;
        }
      }
      if (chosen >= 0) {
        free[pool][chosen] = Math.max(free[pool][chosen], end);
      }
    }
  }
}
