package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When the set-ups of a plan take place: as soon as their machine is free, pauses included. */
final class SetupSpans {
  private SetupSpans() {}

  /** The last tick, from one on, at which a set-up can begin that is done by another. */
  static long begin(Calendar calendar, long from, long by, long work) {
    long low = from;
    long high = Math.max(from, by - work);
    while (low < high) {
      long mid = low + (high - low + 1) / 2;
      if (calendar.finish(mid, work) <= by) {
        low = mid;
      } else {
        high = mid - 1;
      }
    }
    return low;
  }

  /** The span of the set-up before each assignment that has one. */
  static Map<Assignment, Window> of(Shop shop, Schedule plan) {
    Map<String, List<Assignment>> byMachine = new HashMap<>();
    for (Assignment a : plan.assignments()) {
      byMachine.computeIfAbsent(a.machine(), m -> new ArrayList<>()).add(a);
    }
    Map<Assignment, Window> spans = new HashMap<>();
    for (Machine m : shop.machines()) {
      List<Assignment> sequence = byMachine.getOrDefault(m.id(), new ArrayList<>());
      sequence.sort(
          Comparator.comparingLong(Assignment::start)
              .thenComparingLong(Assignment::end)
              .thenComparing(Assignment::setup, Comparator.reverseOrder()));
      long free = shop.start();
      boolean begun = false;
      for (Assignment a : sequence) {
        if (a.setup() > 0) {
          long since = free;
          if (free < shop.start() || !begun) {
            since = m.setting().map(s -> Math.min(s.since(), shop.start())).orElse(free);
          }
          long ready = m.calendar().finish(since, a.setup());
          // A plan that breaks the rules is drawn too.
          long from = ready > a.start() ? a.start() - a.setup() : since;
          spans.put(a, new Window(from, Math.min(ready, a.start())));
        }
        free = begun || a.start() >= shop.start() ? Math.max(free, a.end()) : a.end();
        begun = true;
      }
    }
    return spans;
  }
}
