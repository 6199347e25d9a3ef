package io.millwright.api.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders that share resources: the problem of an {@link io.millwright.api.Optimizer} that a host
 * hands to whoever must promise dates, so that no area needs to know another. Immutable.
 *
 * @param orders the orders, those promised first at the front
 * @param capacity how many steps each resource can do at a time; 1 where it is absent
 */
public record WorkLoad(List<WorkOrder> orders, Map<String, Integer> capacity) {
  /** Copies. */
  public WorkLoad {
    orders = List.copyOf(orders);
    capacity = Collections.unmodifiableMap(new LinkedHashMap<>(capacity));
  }
}
