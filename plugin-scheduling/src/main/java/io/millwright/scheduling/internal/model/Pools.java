package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secondary resources as pools of units that nobody can tell apart: resources with the same
 * calendar that meet the same needs are one pool. What meets the needs of an operation on a machine
 * is a choice of pools, which the search makes with the choice of the machine. Built once.
 */
final class Pools {

  /** So many choices of pools an alternative has at most. */
  private static final int MOST = 48;

  private record Kind(Set<String> serves, Calendar calendar) {}

  private final Map<String, List<Integer>> candidates = new HashMap<>();
  private final List<Kind> kinds;
  private final List<List<Integer>> units = new ArrayList<>();
  private final Map<String, Integer> poolOf = new HashMap<>();

  /** Whether a need can be met by more than one resource, so that plans have to say by which. */
  final boolean named;

  Pools(Shop shop) {
    Set<String> needed = new LinkedHashSet<>();
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        o.needs().forEach(n -> needed.add(n.resource()));
        for (Alternative a : o.alternatives()) {
          a.needs().forEach(n -> needed.add(n.resource()));
        }
      }
    }
    shop.machines()
        .forEach(m -> m.setups().forEach(s -> s.needs().forEach(k -> needed.add(k.resource()))));
    long most = atMost(shop);
    Map<Kind, Integer> numbers = new LinkedHashMap<>();
    Map<String, Integer> servers = new HashMap<>();
    List<Resource> all = shop.resources();
    for (int r = 0; r < all.size(); r++) {
      Set<String> serves = new TreeSet<>();
      if (needed.contains(all.get(r).id())) {
        serves.add(all.get(r).id());
      }
      all.get(r).skills().stream().filter(needed::contains).forEach(serves::add);
      if (serves.isEmpty()) {
        continue;
      }
      serves.forEach(s -> servers.merge(s, 1, Integer::sum));
      Kind kind = new Kind(serves, all.get(r).calendar());
      int pool = numbers.computeIfAbsent(kind, k -> numbers.size());
      if (pool == units.size()) {
        units.add(new ArrayList<>());
        serves.forEach(s -> candidates.computeIfAbsent(s, k -> new ArrayList<>()).add(pool));
      }
      poolOf.put(all.get(r).id(), pool);
      // More units than all needs together are never told apart.
      for (int k = 0; k < Math.min(all.get(r).capacity(), most); k++) {
        units.get(pool).add(r);
      }
    }
    kinds = List.copyOf(numbers.keySet());
    named = servers.values().stream().anyMatch(count -> count > 1);
  }

  /** What all operations and a set-up of each machine need together, and one more. */
  private static long atMost(Shop shop) {
    long sum = 1;
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        sum += sum(o.needs());
        sum += o.alternatives().stream().mapToLong(a -> sum(a.needs())).max().orElse(0);
      }
    }
    for (Machine m : shop.machines()) {
      sum += m.setups().stream().mapToLong(s -> sum(s.needs())).max().orElse(0);
    }
    return sum;
  }

  private static long sum(List<Need> needs) {
    return needs.stream().mapToLong(Need::amount).sum();
  }

  int count() {
    return kinds.size();
  }

  Calendar calendar(int pool) {
    return kinds.get(pool).calendar();
  }

  int capacity(int pool) {
    return units.get(pool).size();
  }

  /** The pool of a need that one resource alone can meet. */
  int only(String need) {
    return candidates.getOrDefault(need, List.of()).get(0);
  }

  /** The resource of each unit of a pool. */
  int[] units(int pool) {
    return units.get(pool).stream().mapToInt(r -> r).toArray();
  }

  /** The pools of resources by name; those that are in none are left out. */
  int[] of(List<String> resources) {
    return resources.stream()
        .filter(poolOf::containsKey)
        .mapToInt(id -> poolOf.getOrDefault(id, 0))
        .toArray();
  }

  /**
   * The ways to meet the needs of an operation on a machine: a pool for each unit that is needed,
   * in the order of the needs.
   */
  List<int[]> choices(Operation operation, Alternative alternative) {
    List<Need> needs = new ArrayList<>(operation.needs());
    needs.addAll(alternative.needs());
    List<int[]> all = new ArrayList<>();
    all.add(new int[0]);
    for (Need need : needs) {
      List<Integer> from = candidates.getOrDefault(need.resource(), List.of());
      List<int[]> longer = new ArrayList<>();
      for (int[] one : all) {
        extend(one, from, 0, need.amount(), longer);
      }
      all = longer;
    }
    return all;
  }

  private void extend(int[] chosen, List<Integer> from, int first, int left, List<int[]> into) {
    if (into.size() >= MOST) {
      return;
    }
    if (left == 0) {
      into.add(chosen);
      return;
    }
    for (int i = first; i < from.size(); i++) {
      int pool = from.get(i);
      int held = 1 + (int) Arrays.stream(chosen).filter(p -> p == pool).count();
      if (held <= capacity(pool)) {
        int[] more = Arrays.copyOf(chosen, chosen.length + 1);
        more[chosen.length] = pool;
        extend(more, from, i, left - 1, into);
      }
    }
  }

  /** A choice as pairs of pool and amount. */
  static int[] pairs(int[] choice) {
    int[] sorted = choice.clone();
    Arrays.sort(sorted);
    int[] pairs = new int[2 * sorted.length];
    int filled = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        pairs[filled - 1]++;
      } else {
        pairs[filled++] = sorted[i];
        pairs[filled++] = 1;
      }
    }
    return Arrays.copyOf(pairs, filled);
  }
}
