package io.millwright.scheduling.internal.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What no plan can keep, told by arithmetic alone: each operation begins at its earliest, on the
 * quickest of its alternatives, as if machines and staff were free. A job that is late even so
 * misses its deadline in every plan, and a pin that is passed even so is missed in every plan.
 */
public final class Impossible {
  private Impossible() {}

  /**
   * The deadlines and pins that no plan keeps.
   *
   * @param floor the shop
   * @return a finding for each, with its job; empty when arithmetic finds none
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
    return found;
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
