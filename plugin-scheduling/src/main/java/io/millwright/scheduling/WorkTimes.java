package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
  private final Map<Needed, List<Calendar>> ways = new HashMap<>();
  private final Map<Needed, Boolean> met = new HashMap<>();

  /** What is needed on a machine. */
  private record Needed(String machine, List<Need> needs) {}

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
    for (Alternative a : operation.alternatives()) {
      if (a.machine().equals(machine) && !a.needs().isEmpty()) {
        List<Need> needs = new ArrayList<>(operation.needs());
        needs.addAll(a.needs());
        return needs;
      }
    }
    return operation.needs();
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
    List<String> key = new ArrayList<>(held.size() + 1);
    key.add(machine);
    if (held.size() < 2) {
      key.addAll(held);
    } else {
      held.stream().distinct().sorted().forEach(key::add);
    }
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
    return ways.computeIfAbsent(new Needed(machine, needs(operation, machine)), this::ways);
  }

  private List<Calendar> ways(Needed needed) {
    List<List<String>> ways = new ArrayList<>();
    ways.add(List.of());
    for (Need need : needed.needs()) {
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
    return ways.stream()
        .filter(way -> within(needed.needs(), way))
        .map(way -> of(needed.machine(), way))
        .distinct()
        .toList();
  }

  /** Whether nobody is asked for more than there is, where one resource meets each whole need. */
  private boolean within(List<Need> needs, List<String> way) {
    if (needs.stream().anyMatch(n -> n.amount() > 1 && serving(n.resource()).size() > 1)) {
      // Several may share a need, so that the way says little.
      return true;
    }
    Map<String, Long> asked = new HashMap<>();
    for (int k = 0; k < way.size() && k < needs.size(); k++) {
      asked.merge(way.get(k), (long) needs.get(k).amount(), Long::sum);
    }
    return asked.entrySet().stream()
        .allMatch(
            e -> {
              Resource r = resources.get(e.getKey());
              return r == null || e.getValue() <= r.capacity();
            });
  }

  /**
   * Whether all needs of an operation on a machine can be met at once, by whoever it may be: one
   * person does not meet two needs. Needs that cannot be met alone are left to others to name.
   */
  boolean met(Operation operation, String machine) {
    return met.computeIfAbsent(
        new Needed(machine, needs(operation, machine)), n -> new Staffing(n.needs()).complete());
  }

  /** A flow from needs to resources, by augmenting paths (Ford and Fulkerson 1956). */
  private final class Staffing {
    private final List<Need> needs;
    private final List<Map<String, Long>> given = new ArrayList<>();
    private final Map<String, Long> used = new HashMap<>();

    Staffing(List<Need> needs) {
      this.needs = needs;
      needs.forEach(n -> given.add(new HashMap<>()));
    }

    boolean complete() {
      for (Need n : needs) {
        long there = serving(n.resource()).stream().mapToLong(Resource::capacity).sum();
        if (n.amount() < 1 || n.amount() > there) {
          return true;
        }
      }
      for (int k = 0; k < needs.size(); k++) {
        long left = needs.get(k).amount();
        while (left > 0) {
          long more = give(k, left, new HashSet<>());
          if (more == 0) {
            return false;
          }
          left -= more;
        }
      }
      return true;
    }

    private long give(int k, long most, Set<String> seen) {
      for (Resource r : serving(needs.get(k).resource())) {
        if (!seen.add(r.id())) {
          continue;
        }
        long free = r.capacity() - used.getOrDefault(r.id(), 0L);
        if (free > 0) {
          long taken = Math.min(free, most);
          used.merge(r.id(), taken, Long::sum);
          given.get(k).merge(r.id(), taken, Long::sum);
          return taken;
        }
        for (int other = 0; other < needs.size(); other++) {
          long held = given.get(other).getOrDefault(r.id(), 0L);
          if (other == k || held == 0) {
            continue;
          }
          long moved = give(other, Math.min(held, most), seen);
          if (moved > 0) {
            given.get(other).merge(r.id(), -moved, Long::sum);
            given.get(k).merge(r.id(), moved, Long::sum);
            return moved;
          }
        }
      }
      return 0;
    }
  }
}
