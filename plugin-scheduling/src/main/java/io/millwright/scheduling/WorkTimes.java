package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * When operations can be worked on: while the machine and all they need are there. Calendars are
 * joined once for each combination that occurs. Not thread-safe.
 */
final class WorkTimes {

  private final Map<String, Calendar> machines = new HashMap<>();

  /** Only resources that are ever away. */
  private final Map<String, Calendar> resources = new HashMap<>();

  private final Map<List<String>, Calendar> joined = new HashMap<>();

  WorkTimes(Shop shop) {
    shop.machines().forEach(m -> machines.putIfAbsent(m.id(), m.calendar()));
    for (Resource r : shop.resources()) {
      if (!r.calendar().closed().isEmpty()) {
        resources.putIfAbsent(r.id(), r.calendar());
      }
    }
  }

  /** When all that an operation needs beside its machine is there. */
  Calendar needs(Operation operation) {
    List<String> away =
        operation.needs().stream().map(Need::resource).filter(resources::containsKey).toList();
    return away.isEmpty() ? Calendar.always() : joined.computeIfAbsent(away, this::join);
  }

  /** When an operation can be worked on at a machine of the shop. */
  Calendar of(Operation operation, String machine) {
    Calendar own = Objects.requireNonNull(machines.get(machine));
    Calendar needs = needs(operation);
    if (needs.closed().isEmpty() || own.closed().isEmpty()) {
      return own.and(needs);
    }
    List<String> key =
        new ArrayList<>(
            operation.needs().stream().map(Need::resource).filter(resources::containsKey).toList());
    // A machine and a resource may share a name; a resource never stands first here.
    key.add(0, machine);
    key.add(0, "");
    return joined.computeIfAbsent(key, k -> own.and(needs));
  }

  private Calendar join(List<String> names) {
    Calendar all = Calendar.always();
    for (String name : names) {
      all = all.and(Objects.requireNonNull(resources.get(name)));
    }
    return all;
  }
}
