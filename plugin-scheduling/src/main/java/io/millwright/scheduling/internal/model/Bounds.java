package io.millwright.scheduling.internal.model;

import java.util.Arrays;

/**
 * Lower bounds that need no search: no job is done before its longest chain, no machine before the
 * work that only it can do, and who queues waits for a {@link FastServer} at least.
 */
public final class Bounds {
  private Bounds() {}

  public static final String NAME = "longest job and machine load";

  /** The bound that takes next to no time. */
  public static double of(Floor floor, Goal goal) {
    long[] head = new long[floor.n];
    long[] tail = new long[floor.n];
    long[] shortest = shortest(floor);
    int[] order = topological(floor);
    heads(floor, order, shortest, head);
    for (int i = floor.n - 1; i >= 0; i--) {
      int x = order[i];
      for (int y : floor.behind[x]) {
        tail[x] = Math.max(tail[x], tail[y] + shortest[y]);
      }
    }
    double bound = 0;
    double longest = 0;
    for (int j = 0; j < floor.jobs; j++) {
      long end = 0;
      for (int x : floor.sinks[j]) {
        end = Math.max(end, head[x] + shortest[x]);
      }
      double rejected = goal.ofRejected(floor, j);
      bound += Math.min(rejected, goal.ofJob(floor, j, end));
      longest = rejected < Double.POSITIVE_INFINITY ? longest : Math.max(longest, (double) end);
    }
    if (goal.makespan > 0) {
      // What can be left out loads no machine for certain.
      double load = goal.rejection > 0 ? 0 : machines(floor, head, tail, shortest);
      double staff = goal.rejection > 0 ? 0 : staff(floor, head, tail, shortest);
      bound += goal.makespan * Math.max(longest, Math.max(load, staff));
    }
    return goal.energy > 0 ? bound + goal.energy * new Meter(floor).atLeast() : bound;
  }

  /**
   * What weighted tardiness and flow time cost at least where jobs queue for machines and staff.
   *
   * @param stop ends the work with what is known until then
   * @return a bound of these two alone, at least 0
   */
  public static double queues(Floor floor, Goal goal, Stop stop) {
    if (goal.tardiness == 0 && goal.flow == 0) {
      return 0;
    }
    long[] head = new long[floor.n];
    long[] tail = new long[floor.n];
    long[] shortest = shortest(floor);
    int[] order = topological(floor);
    heads(floor, order, shortest, head);
    for (int i = floor.n - 1; i >= 0; i--) {
      int x = order[i];
      for (int y : floor.behind[x]) {
        if (floor.jobOf[y] == floor.jobOf[x]) {
          tail[x] = Math.max(tail[x], tail[y] + shortest[y]);
        }
      }
    }
    double[] alone = new double[floor.jobs];
    long[] ends = new long[floor.jobs];
    for (int j = 0; j < floor.jobs; j++) {
      for (int x : floor.sinks[j]) {
        ends[j] = Math.max(ends[j], head[x] + shortest[x]);
      }
      alone[j] = Math.min(goal.ofRejected(floor, j), goal.ofJob(floor, j, ends[j]));
    }
    double bound = new FastServer(floor, goal, head, tail, shortest, stop).bound(alone, ends);
    // Sums of many products are not exact to the last digit.
    return Math.max(0, bound * (1 - 1e-9));
  }

  private static long[] shortest(Floor floor) {
    long[] shortest = new long[floor.n];
    for (int x = 0; x < floor.n; x++) {
      shortest[x] = Long.MAX_VALUE;
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        if (floor.pinnedAlt[x] < 0 || floor.pinnedAlt[x] == a) {
          shortest[x] = Math.min(shortest[x], floor.altWork[a]);
        }
      }
    }
    return shortest;
  }

  private static void heads(Floor floor, int[] order, long[] shortest, long[] head) {
    for (int x : order) {
      head[x] = Math.max(floor.release[x], 0);
      for (int y : floor.before[x]) {
        head[x] = Math.max(head[x], head[y] + shortest[y]);
      }
    }
  }

  /** The load of each machine with the least that comes before and after it. */
  private static double machines(Floor floor, long[] head, long[] tail, long[] shortest) {
    long[] load = new long[floor.machines];
    long[] first = new long[floor.machines];
    long[] last = new long[floor.machines];
    Arrays.fill(first, Long.MAX_VALUE);
    Arrays.fill(last, Long.MAX_VALUE);
    double all = 0;
    for (int x = 0; x < floor.n; x++) {
      all += shortest[x];
      int only = floor.altMachine[Math.max(floor.pinnedAlt[x], floor.altStart[x])];
      // Loads of an oven share its time.
      boolean one = floor.alternatives(x) == 1 || floor.pinnedAlt[x] >= 0;
      if (one && !floor.conditions.oven(only)) {
        int m = floor.altMachine[Math.max(floor.pinnedAlt[x], floor.altStart[x])];
        load[m] += shortest[x];
        first[m] = Math.min(first[m], head[x]);
        last[m] = Math.min(last[m], tail[x]);
      }
    }
    // Work done before planning begins loads nobody.
    double bound = 0;
    for (int m = 0; m < floor.machines; m++) {
      if (load[m] > 0) {
        bound = Math.max(bound, (double) first[m] + load[m] + last[m]);
      }
    }
    return floor.begin == 0 && !floor.conditions.ovens
        ? Math.max(bound, Math.ceil(all / floor.machines))
        : bound;
  }

  /** The work of each pool that can run short, with the least that comes before and after it. */
  private static double staff(Floor floor, long[] head, long[] tail, long[] shortest) {
    if (floor.begin > 0 || floor.conditions.ovens) {
      return 0;
    }
    double bound = 0;
    for (int r = 0; r < floor.capacity.length; r++) {
      double work = 0;
      long first = Long.MAX_VALUE;
      long last = Long.MAX_VALUE;
      for (int x = 0; x < floor.n; x++) {
        int[] needs = floor.needs[x];
        for (int k = 0; k < needs.length; k += 2) {
          if (needs[k] == r && shortest[x] > 0) {
            work += (double) shortest[x] * needs[k + 1];
            first = Math.min(first, head[x]);
            last = Math.min(last, tail[x]);
          }
        }
      }
      if (work > 0) {
        bound = Math.max(bound, first + Math.ceil(work / floor.capacity[r]) + last);
      }
    }
    return bound;
  }

  /** The operations, each behind all that must stand before it. */
  static int[] topological(Floor floor) {
    int[] waiting = new int[floor.n];
    int[] order = new int[floor.n];
    int filled = 0;
    for (int x = 0; x < floor.n; x++) {
      waiting[x] = floor.preds[x].length;
      if (waiting[x] == 0) {
        order[filled++] = x;
      }
    }
    for (int i = 0; i < filled; i++) {
      for (int y : floor.succs[order[i]]) {
        if (--waiting[y] == 0) {
          order[filled++] = y;
        }
      }
    }
    return order;
  }
}
