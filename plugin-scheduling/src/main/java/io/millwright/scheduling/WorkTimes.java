package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * When operations can be worked on: while the machine and all that they hold are there. Calendars
 * are joined once for each combination that occurs. Not thread-safe.
 */
final class WorkTimes {

  private final Map<String, Calendar> machines = new HashMap<>();
  private final Map<String, Resource> resources = new HashMap<>();
  private final Map<String, List<Resource>> serving = new HashMap<>();
  private final List<Resource> all;
  private final Map<List<String>, Calendar> joined = new HashMap<>();

  WorkTimes(Shop shop) {
    shop.machines().forEach(m -> machines.putIfAbsent(m.id(), m.calendar()));
    all = shop.resources();
    all.forEach(r -> resources.putIfAbsent(r.id(), r));
  }

  /** The resources that can meet a need. */
  List<Resource> serving(String need) {
    return serving.computeIfAbsent(need, n -> all.stream().filter(r -> r.serves(n)).toList());
  }

  /** What an operation needs on a machine: its own needs, then those of the alternative. */
  static List<Need> needs(Operation operation, String machine) {
    List<Need> needs = new ArrayList<>(operation.needs());
    operation.alternatives().stream()
        .filter(a -> a.machine().equals(machine))
        .findFirst()
        .ifPresent(a -> needs.addAll(a.needs()));
    return needs;
  }

  /**
   * What an operation holds, one name for each unit: what its assignment says or, where it says
   * nothing, the only resources that meet its needs. Empty when that is not known, or does not meet
   * them.
   */
  Optional<List<String>> held(Operation operation, String machine, List<String> said) {
    List<Need> needs = needs(operation, machine);
    List<String> held = new ArrayList<>();
    if (said.isEmpty()) {
      for (Need need : needs) {
        List<Resource> candidates = serving(need.resource());
        if (candidates.size() != 1) {
          return Optional.empty();
        }
        for (int k = 0; k < need.amount(); k++) {
          held.add(candidates.get(0).id());
        }
      }
      return Optional.of(held);
    }
    int at = 0;
    for (Need need : needs) {
      for (int k = 0; k < need.amount(); k++, at++) {
        Resource r = at < said.size() ? resources.get(said.get(at)) : null;
        if (r == null || !r.serves(need.resource())) {
          return Optional.empty();
        }
        held.add(r.id());
      }
    }
    return at == said.size() ? Optional.of(held) : Optional.empty();
  }

  /** When resources are all there. */
  Calendar there(List<String> held) {
    Calendar all = Calendar.always();
    for (String id : held.stream().distinct().sorted().toList()) {
      Resource r = resources.get(id);
      all = r == null ? all : all.and(r.calendar());
    }
    return all;
  }

  /** When a machine of the shop and what is held on it are there. */
  Calendar of(String machine, List<String> held) {
    List<String> key = new ArrayList<>(held.stream().distinct().sorted().toList());
    key.add(0, machine);
    return joined.computeIfAbsent(
        key, k -> Objects.requireNonNull(machines.get(machine)).and(there(held)));
  }

  /**
   * When an assignment can be worked on; its machine alone counts where what it holds is unclear.
   */
  Calendar of(Operation operation, Assignment at) {
    return of(at.machine(), held(operation, at.machine(), at.held()).orElse(List.of()));
  }

  /**
   * The calendars under which an operation can be done on a machine, one for each way in which one
   * resource meets each need; few of them when there are many.
   */
  List<Calendar> ways(Operation operation, String machine) {
    List<List<String>> ways = new ArrayList<>();
    ways.add(List.of());
    for (Need need : needs(operation, machine)) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> way : ways) {
        for (Resource r : serving(need.resource())) {
          if (longer.size() < 64) {
            List<String> more = new ArrayList<>(way);
            more.add(r.id());
            longer.add(more);
          }
        }
      }
      ways = longer.isEmpty() ? ways : longer;
    }
    return ways.stream().map(way -> of(machine, way)).distinct().toList();
  }
}
