package io.millwright.scheduling.internal;

import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives every operation of an order its earliest time: the one place where a search's plan becomes
 * a schedule, and the full evaluation for shops with secondary resources. Reusable, not
 * thread-safe.
 */
final class Timetable {

  private final Floor floor;
  private final Goal goal;
  final long[] start;
  final long[] end;
  final long[] setup;
  final int[] last;
  private final int[] family;
  private final long[][] unitFree;
  private boolean feasible;
  private long makespan;

  Timetable(Floor floor, Goal goal) {
    this.floor = floor;
    this.goal = goal;
    start = new long[floor.n];
    end = new long[floor.n];
    setup = new long[floor.n];
    last = new int[floor.machines];
    family = new int[floor.machines];
    unitFree = new long[floor.capacity.length][];
    for (int r = 0; r < unitFree.length; r++) {
      unitFree[r] = new long[floor.capacity[r]];
    }
  }

  boolean feasible() {
    return feasible;
  }

  long makespan() {
    return makespan;
  }

  /** Sets all times and returns the cost; infinite when a pin cannot be kept or time runs out. */
  double evaluate(int[] order, int[] alternative) {
    Arrays.fill(last, -1);
    System.arraycopy(floor.firstFamily, 0, family, 0, floor.machines);
    for (long[] units : unitFree) {
      Arrays.fill(units, 0);
    }
    feasible = true;
    double cost = 0;
    makespan = 0;
    for (int x : order) {
      place(x, alternative[x]);
      cost += goal.setup * setup[x];
      if (goal.keeps()) {
        cost += goal.ofPlace(x, start[x], alternative[x]);
      }
      makespan = Math.max(makespan, end[x]);
    }
    for (int j = 0; j < floor.jobs; j++) {
      long latest = 0;
      for (int x : floor.sinks[j]) {
        latest = Math.max(latest, end[x]);
      }
      cost += goal.ofJob(floor, j, latest);
    }
    feasible &= makespan < Shifts.NEVER;
    return feasible ? cost + goal.makespan * makespan : Double.POSITIVE_INFINITY;
  }

  private void place(int x, int alternative) {
    int m = floor.altMachine[alternative];
    Shifts shifts = floor.shifts[m];
    long fixed = floor.fixed[x];
    long begin = floor.release[x];
    for (int y : floor.before[x]) {
      begin = Math.max(begin, end[y]);
    }
    int[] needs = floor.needs[x];
    if (fixed >= 0 && fixed < floor.begin) {
      // The past is as it was: no set-up is replayed, no resource missed.
      setup[x] = 0;
      begin = last[m] < 0 ? begin : Math.max(begin, end[last[m]]);
    } else {
      for (int k = 0; k < needs.length; k += 2) {
        begin = Math.max(begin, unitFree[needs[k]][needs[k + 1] - 1]);
      }
      long free = last[m] < 0 ? floor.begin : Math.max(floor.begin, end[last[m]]);
      setup[x] = floor.setup(m, family[m], floor.family[x]);
      begin = shifts.nextOpen(Math.max(begin, shifts.finish(free, setup[x])));
    }
    begin = Math.min(begin, Shifts.NEVER);
    if (fixed >= 0) {
      feasible &= begin <= fixed;
      begin = Math.max(begin, fixed);
    }
    start[x] = begin;
    end[x] = Math.min(Shifts.NEVER, shifts.finish(begin, floor.altWork[alternative]));
    last[m] = x;
    if (floor.family[x] >= 0) {
      family[m] = floor.family[x];
    }
    for (int k = 0; k < needs.length; k += 2) {
      Units.hold(unitFree[needs[k]], needs[k + 1], start[x], end[x]);
    }
  }

  /** The plan as the facade shows it; evaluates it first. */
  Schedule schedule(Plan plan) {
    evaluate(plan.order(), plan.alternative());
    List<Assignment> assignments = new ArrayList<>(floor.n);
    for (int x : byStart(plan.order())) {
      ShopJob job = floor.shop.jobs().get(floor.jobOf[x]);
      assignments.add(
          new Assignment(
              job.id(),
              job.operations().get(x - floor.jobStart[floor.jobOf[x]]).id(),
              floor.shop.machines().get(floor.altMachine[plan.alternative()[x]]).id(),
              setup[x],
              start[x],
              end[x]));
    }
    return new Schedule(assignments);
  }

  /** The operations by start: a schedule sorts what is almost sorted in no time. */
  private int[] byStart(int[] order) {
    if (makespan > Long.MAX_VALUE / 2 / floor.n) {
      return order;
    }
    long[] keys = new long[floor.n];
    for (int x = 0; x < floor.n; x++) {
      keys[x] = start[x] * floor.n + x;
    }
    Arrays.sort(keys);
    int[] sorted = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      sorted[i] = (int) (keys[i] % floor.n);
    }
    return sorted;
  }
}
