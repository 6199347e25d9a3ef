package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_SHOP;

import io.millwright.api.spi.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds lags and transports that name nothing, and operations that wait for each other. */
final class WaitRules {

  /** Beyond this, sums of times could overflow or lose digits as doubles. */
  private static final long LIMIT = 1L << 52;

  private final Shop shop;
  private final Set<String> machines;
  private final Problems problems;
  private final Looks looks;

  WaitRules(Shop shop, Set<String> machines, Problems problems, Looks looks) {
    this.shop = shop;
    this.machines = machines;
    this.problems = problems;
    this.looks = looks;
  }

  private void bad(String place, String message, String remedy) {
    problems.add(BAD_SHOP, place, message, remedy);
  }

  void check() {
    for (Transport t : shop.transports()) {
      String place = "transport from " + t.from() + " to " + t.to();
      if (!machines.contains(t.from()) || !machines.contains(t.to())) {
        bad(place, "names an unknown machine", ShopRules.oneOf(machines));
      }
      if (t.duration() < 0 || t.duration() > LIMIT) {
        bad(place, "takes " + t.duration() + " ticks", "use between 0 and 2^52");
      }
    }
    Map<List<String>, List<List<String>>> waits = new LinkedHashMap<>();
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        looks.next();
        List<List<String>> own =
            waits.computeIfAbsent(List.of(j.id(), o.id()), k -> new ArrayList<>());
        o.after().forEach(id -> own.add(List.of(j.id(), id)));
        o.lags()
            .forEach(l -> own.add(List.of(l.job().isEmpty() ? j.id() : l.job(), l.operation())));
      }
    }
    boolean lags = false;
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        for (Lag lag : o.lags()) {
          lag(j, o, lag, waits.keySet());
          lags = true;
        }
      }
    }
    if (lags) {
      cycle(waits);
    }
  }

  private void lag(ShopJob j, Operation o, Lag lag, Set<List<String>> known) {
    String place = "job " + j.id() + ", operation " + o.id();
    List<String> other = List.of(lag.job().isEmpty() ? j.id() : lag.job(), lag.operation());
    if (!known.contains(other)) {
      bad(
          place,
          "has a lag behind an unknown operation \""
              + lag.operation()
              + "\" of job "
              + other.get(0),
          "check the names");
    }
    if (lag.least() < 0 || lag.least() > LIMIT) {
      bad(place, "has a lag of " + lag.least() + " ticks", "use between 0 and 2^52");
    }
    long most = lag.most().orElse(lag.least());
    if (most < lag.least() || most > LIMIT) {
      bad(
          place,
          "has a lag of at least " + lag.least() + " and at most " + most + " ticks",
          "use a most between the least and 2^52");
    }
  }

  /** What is never reached along the waits stands on a cycle, or behind one. */
  private void cycle(Map<List<String>, List<List<String>>> waits) {
    Map<List<String>, Integer> open = new HashMap<>();
    Map<List<String>, List<List<String>>> followers = new HashMap<>();
    Deque<List<String>> ready = new ArrayDeque<>();
    waits.forEach(
        (one, others) -> {
          looks.next();
          List<List<String>> before =
              others.stream().filter(waits::containsKey).distinct().toList();
          open.put(one, before.size());
          before.forEach(b -> followers.computeIfAbsent(b, k -> new ArrayList<>()).add(one));
          if (before.isEmpty()) {
            ready.add(one);
          }
        });
    while (!ready.isEmpty()) {
      for (List<String> next : followers.getOrDefault(ready.remove(), List.of())) {
        if (open.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    List<String> stuck =
        waits.keySet().stream()
            .filter(one -> open.getOrDefault(one, 0) > 0)
            .map(one -> one.get(0) + "/" + one.get(1))
            .limit(8)
            .toList();
    if (!stuck.isEmpty()) {
      bad(
          "lags",
          "operations wait for each other: " + String.join(", ", stuck),
          "remove one of their lags");
    }
  }

  /** By job, the operations of other jobs that wait for it. */
  static Map<String, List<String>> waiting(Shop shop) {
    Map<String, List<String>> waiting = new HashMap<>();
    for (ShopJob job : shop.jobs()) {
      for (Operation o : job.operations()) {
        Set<String> others = new LinkedHashSet<>();
        o.lags().forEach(l -> others.add(l.job()));
        others.remove(job.id());
        for (String other : others) {
          waiting
              .computeIfAbsent(other, k -> new ArrayList<>())
              .add("operation " + o.id() + " of job " + job.id());
        }
      }
    }
    return waiting;
  }
}
