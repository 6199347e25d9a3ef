package io.millwright.scheduling.internal.planner;

import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Link;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Shifts;
import io.millwright.scheduling.internal.search.Starts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks back from a job's end along what each operation waits for. For one use. */
public final class Chain {

  private final Floor floor;
  private final Assignment[] at;
  private final long[] start;
  private final long[] end;
  private final int[] machine;
  private final int[] order;
  private final int[] alternative;
  private final int[] before;

  /** The operations by their ends, the last first; empty until somebody asks. */
  private int[] byEnd = {};

  private final List<Link> links = new ArrayList<>();
  private final List<Integer> operations = new ArrayList<>();
  private final Map<Integer, Long> waits = new HashMap<>();

  /**
   * Walks the chain of a job.
   *
   * @param look runs now and then; what it throws ends the walk
   */
  Chain(Floor floor, Schedule schedule, int job, Runnable look) {
    this.floor = floor;
    at = new Assignment[floor.n];
    start = new long[floor.n];
    end = new long[floor.n];
    machine = new int[floor.n];
    Map<List<String>, Assignment> byName = new HashMap<>();
    schedule.assignments().forEach(a -> byName.put(List.of(a.job(), a.operation()), a));
    for (int x = 0; x < floor.n; x++) {
      var owner = floor.shop.jobs().get(floor.jobOf[x]);
      String operation = owner.operations().get(x - floor.jobStart[floor.jobOf[x]]).id();
      Assignment a = byName.get(List.of(owner.id(), operation));
      if (a == null) {
        throw new IllegalArgumentException("no assignment for " + owner.id() + "/" + operation);
      }
      at[x] = a;
      start[x] = a.start();
      end[x] = a.end();
    }
    look.run();
    Plan plan = Starts.ofSchedule(floor, schedule, "plan");
    look.run();
    order = plan.order();
    alternative = plan.alternative();
    before = new int[floor.n];
    int[] last = new int[floor.machines];
    Arrays.fill(last, -1);
    for (int x : order) {
      int m = floor.altMachine[alternative[x]];
      machine[x] = m;
      before[x] = last[m];
      last[m] = x;
    }
    int x = floor.sinks[job][0];
    for (int y : floor.sinks[job]) {
      x = at[y].end() > at[x].end() ? y : x;
    }
    while (x >= 0 && links.size() < floor.n) {
      look.run();
      x = step(x);
    }
    Collections.reverse(links);
    Collections.reverse(operations);
  }

  /** Adds the link of x and returns what it waits for, or -1. */
  private int step(int x) {
    operations.add(x);
    if (floor.fixed[x] >= 0) {
      return add(x, Link.Cause.PIN, -1);
    }
    int m = floor.altMachine[alternative[x]];
    Shifts shifts = floor.shifts[m];
    int own = floor.waits.latest(floor, x, m, machine, end);
    long ready = Math.max(floor.waits.ready(floor, x, m, machine, start, end), floor.release[x]);
    int y = before[x];
    long free = y < 0 ? Long.MIN_VALUE : at[y].end();
    free = free >= floor.begin ? free : floor.setupFrom(m, free, floor.family[x]);
    long set = shifts.finish(free, at[x].setup());
    long bound = Math.max(ready, set);
    if (floor.open(x, alternative[x], bound) < at[x].start()) {
      int holder = holder(x);
      return add(x, holder < 0 ? Link.Cause.PLANNING : Link.Cause.RESOURCE, holder);
    }
    boolean byMachine = set > ready && y >= 0;
    if (byMachine) {
      waits.merge(m, set - ready, Long::sum);
    }
    boolean byJob = !byMachine && own >= 0 && ready > floor.release[x];
    int next = byMachine ? y : byJob ? own : -1;
    if (at[x].start() > bound) {
      return add(x, Link.Cause.CALENDAR, next);
    }
    if (byMachine) {
      return add(x, Link.Cause.MACHINE, next);
    }
    if (byJob) {
      return add(x, Link.Cause.PRECEDENCE, next);
    }
    boolean released = floor.jobRelease[floor.jobOf[x]] > floor.begin;
    return add(x, released ? Link.Cause.RELEASE : Link.Cause.PLANNING, -1);
  }

  /** The last operation that gave a resource back in time for x. */
  private int holder(int x) {
    if (byEnd.length == 0) {
      // A chain asks many times, so that nobody looks through all operations for each link.
      byEnd =
          Arrays.stream(order)
              .boxed()
              .sorted(Comparator.comparingLong((Integer y) -> -at[y].end()))
              .mapToInt(y -> y)
              .toArray();
    }
    int low = 0;
    int high = byEnd.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (at[byEnd[mid]].end() > at[x].start()) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    for (int i = low; i < byEnd.length; i++) {
      if (byEnd[i] != x && shares(x, byEnd[i])) {
        return byEnd[i];
      }
    }
    return -1;
  }

  private boolean shares(int x, int y) {
    int[] own = floor.altNeeds[alternative[x]];
    int[] other = floor.altNeeds[alternative[y]];
    for (int k = 0; k < own.length; k += 2) {
      for (int l = 0; l < other.length; l += 2) {
        if (own[k] == other[l]) {
          return true;
        }
      }
    }
    return false;
  }

  private int add(int x, Link.Cause cause, int by) {
    links.add(new Link(at[x], cause, by < 0 ? Optional.empty() : Optional.of(at[by])));
    return by;
  }

  List<Link> links() {
    return List.copyOf(links);
  }

  /** The operations of the chain, in its order. */
  List<Integer> operations() {
    return List.copyOf(operations);
  }

  /** The machine the chain waits for longest, or -1. */
  int blocker() {
    return waits.entrySet().stream()
        .max(
            Map.Entry.<Integer, Long>comparingByValue()
                .thenComparing(Map.Entry.<Integer, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(-1);
  }
}
