package io.millwright.scheduling.internal.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What no plan can keep, told by arithmetic alone: each operation begins at its earliest, on the
 * quickest of its alternatives, as if machines and staff were free. A job that is late even so
 * misses its deadline in every plan, and a pin that is passed even so is missed in every plan. What
 * must stand on a machine is counted as well: more with an option than its mix lets through in any
 * order, fewer pieces of a recipe than the least load of an oven.
 */
public final class Impossible {
  private Impossible() {}

  /**
   * The deadlines, pins, mixes and loads that no plan keeps.
   *
   * @param floor the shop
   * @return a finding for each, with its job or machine; empty when arithmetic finds none
   */
  public static List<Finding> of(Floor floor) {
    List<Finding> found = new ArrayList<>();
    long[] start = new long[floor.n];
    long[] end = new long[floor.n];
    for (int x : Bounds.topological(floor)) {
      long ready = Math.max(floor.release[x], floor.waits.earliest(floor, x, start, end));
      long pinned = floor.fixed[x];
      if (pinned >= floor.begin && ready > pinned && !leftOut(floor, x)) {
        found.add(
            finding(
                floor,
                x,
                "operation "
                    + floor.shop.jobs().get(floor.jobOf[x]).operations().get(inJob(floor, x)).id()
                    + " is pinned at "
                    + pinned
                    + ", and cannot begin before "
                    + ready,
                "pin it later, or pin what comes before it earlier"));
      }
      start[x] = Long.MAX_VALUE;
      end[x] = Long.MAX_VALUE;
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        if (floor.pinnedAlt[x] < 0 || floor.pinnedAlt[x] == a) {
          long begin = pinned >= 0 ? pinned : Math.min(Shifts.NEVER, floor.open(x, a, ready));
          start[x] = Math.min(start[x], begin);
          end[x] = Math.min(end[x], floor.altShifts[a].finish(begin, floor.altWork[a]));
        }
      }
      end[x] = Math.min(Shifts.NEVER, end[x]);
    }
    for (int j = 0; j < floor.jobs; j++) {
      long done = Arrays.stream(floor.sinks[j]).mapToLong(x -> end[x]).max().orElse(0);
      if (done > floor.deadline[j] && !leftOut(floor, floor.jobStart[j])) {
        found.add(
            finding(
                floor,
                floor.jobStart[j],
                "deadline "
                    + floor.deadline[j]
                    + " cannot be kept: "
                    + (done >= Shifts.NEVER
                        ? "its machines or staff never work long enough"
                        : "alone in the shop the job is done at " + done),
                "allow it more time, release it earlier, or leave the deadline out"));
      }
    }
    for (int m = 0; m < floor.machines; m++) {
      for (Conditions.Carried mix : floor.conditions.mixes[m]) {
        mix(floor, m, mix, found);
      }
      loads(floor, m, found);
    }
    return found;
  }

  private static void mix(Floor floor, int m, Conditions.Carried mix, List<Finding> found) {
    int all = 0;
    int carried = 0;
    for (int x = 0; x < floor.n; x++) {
      all += past(floor, x) || on(floor, x, m) > 0 ? 1 : 0;
      carried += mix.carried()[x] && must(floor, x, m) ? 1 : 0;
    }
    int of = mix.mix().of();
    int most = mix.mix().most();
    int possible = all / of * most + Math.min(most, all % of);
    if (carried > possible) {
      found.add(
          new Finding(
              ErrorCode.NO_SOLUTION,
              "machine " + floor.shop.machines().get(m).id(),
              carried
                  + " operations with option "
                  + mix.mix().option()
                  + " must be done here, but of at most "
                  + all
                  + " in sequence no more than "
                  + possible
                  + " can carry it",
              "let another machine do some of them, leave some out at a rejection cost, or let"
                  + " more of any "
                  + of
                  + " carry it"));
    }
  }

  private static void loads(Floor floor, int m, List<Finding> found) {
    long least = floor.conditions.ovenLeast[m];
    if (least <= 0) {
      return;
    }
    long[] pieces = new long[floor.families + 1];
    int[] first = new int[floor.families + 1];
    Arrays.fill(first, -1);
    for (int x = 0; x < floor.n; x++) {
      int family = floor.family[x] + 1;
      if (past(floor, x) || on(floor, x, m) > 0) {
        pieces[family] += floor.conditions.pieces[x];
        first[family] = first[family] < 0 && must(floor, x, m) ? x : first[family];
      }
    }
    for (int family = 0; family < first.length; family++) {
      int x = first[family];
      if (x >= 0 && pieces[family] < least) {
        found.add(
            finding(
                floor,
                x,
                "operation "
                    + floor.shop.jobs().get(floor.jobOf[x]).operations().get(inJob(floor, x)).id()
                    + " must go into a load of machine "
                    + floor.shop.machines().get(m).id()
                    + ", which takes at least "
                    + least
                    + " pieces, and there are "
                    + pieces[family]
                    + " of its family in all",
                "let smaller loads through, or add orders of the same family"));
      }
    }
  }

  /** How many alternatives of an operation a machine has. */
  private static int on(Floor floor, int x, int m) {
    int count = 0;
    for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
      count += floor.altMachine[a] == m ? 1 : 0;
    }
    return count;
  }

  /** Whether an operation is still to be done, on a machine and nowhere else. */
  private static boolean must(Floor floor, int x, int m) {
    return !leftOut(floor, x) && !past(floor, x) && on(floor, x, m) == floor.alternatives(x);
  }

  /** The past is not questioned. */
  private static boolean past(Floor floor, int x) {
    return floor.fixed[x] >= 0 && floor.fixed[x] < floor.begin;
  }

  private static Finding finding(Floor floor, int x, String message, String remedy) {
    String job = floor.shop.jobs().get(floor.jobOf[x]).id();
    return new Finding(ErrorCode.NO_SOLUTION, "job " + job, message, remedy);
  }

  private static int inJob(Floor floor, int x) {
    return x - floor.jobStart[floor.jobOf[x]];
  }

  private static boolean leftOut(Floor floor, int x) {
    return floor.rejection[floor.jobOf[x]] < Double.POSITIVE_INFINITY;
  }
}
