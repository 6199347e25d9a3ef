package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import java.util.Arrays;

/**
 * Leaves jobs out of a {@link ShopNet} at their rejection costs, takes others in again, or does
 * both at once. A job that is taken in stands where its operations could begin if nobody was in
 * their way, from some tick on; the moves of the net put it right from there. Each is a whole new
 * timetable, so that one comes due only now and then. Not thread-safe.
 */
final class Rejections {

  /** One step in so many is one of these, on a small shop. */
  private static final int EVERY = 24;

  /** So many operations a step pay for one more. */
  private static final int OPERATIONS_A_STEP = 20;

  /** Of so many jobs that could go, the one that costs most beyond its price does. */
  private static final int LOOKS = 3;

  private final ShopNet net;
  private final Floor floor;
  private final Goal goal;
  private final Draws draws;
  private final int every;
  private final int[] jobs;
  private final int[] oldOrder;
  private final int[] oldAlternative;
  private final int[] order;
  private final int[] alternative;
  private final long[] time;

  Rejections(ShopNet net, Draws draws) {
    this.net = net;
    this.draws = draws;
    floor = net.floor;
    goal = net.goal;
    every = Math.max(EVERY, floor.n / OPERATIONS_A_STEP);
    int count = 0;
    int[] found = new int[floor.jobs];
    for (int j = 0; j < floor.jobs; j++) {
      if (floor.rejection[j] < Double.POSITIVE_INFINITY) {
        found[count++] = j;
      }
    }
    jobs = Arrays.copyOf(found, count);
    oldOrder = new int[floor.n];
    oldAlternative = new int[floor.n];
    order = new int[floor.n];
    alternative = new int[floor.n];
    time = new long[floor.n];
  }

  /** Whether it is time for one. */
  boolean due() {
    return draws.below(every) == 0;
  }

  /**
   * Leaves a job out, takes one in, or both.
   *
   * @return false, with the plan as it was, when it would cost more than the limit
   */
  boolean attempt(double limit) {
    int kind = draws.below(3);
    int leave = kind == 0 ? -1 : draw(false);
    int take = kind == 1 ? -1 : draw(true);
    if (leave < 0 && take < 0) {
      return false;
    }
    System.arraycopy(net.order, 0, oldOrder, 0, floor.n);
    System.arraycopy(net.alternative, 0, oldAlternative, 0, floor.n);
    System.arraycopy(oldAlternative, 0, alternative, 0, floor.n);
    System.arraycopy(net.start, 0, time, 0, floor.n);
    System.arraycopy(oldOrder, 0, order, 0, floor.n);
    int[] next = order;
    if (leave >= 0) {
      for (int x = floor.jobStart[leave]; x < floor.jobStart[leave + 1]; x++) {
        alternative[x] = ~alternative[x];
      }
    }
    if (take >= 0) {
      next = taken(take);
    }
    net.load(next, alternative);
    if (net.cost() > limit) {
      net.load(oldOrder, oldAlternative);
      return false;
    }
    return true;
  }

  /** A job that is left out, or one that is not; -1 when none was found. */
  private int draw(boolean out) {
    int found = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0, seen = 0; i < 4 * LOOKS && seen < LOOKS; i++) {
      int j = jobs[draws.below(jobs.length)];
      if (net.leftOut(j) != out) {
        continue;
      }
      seen++;
      // What is dear to leave out is taken in, what costs more than its price goes.
      double cost =
          out
              ? goal.ofRejected(floor, j)
              : goal.ofJob(floor, j, net.jobEnd[j]) - goal.ofRejected(floor, j);
      if (cost > most) {
        most = cost;
        found = j;
      }
    }
    return found;
  }

  /** The order with a job in it from some tick on, its machines drawn. */
  private int[] taken(int job) {
    long earliest = Math.max(floor.begin, floor.jobRelease[job]);
    long span = Math.max(0, net.makespan() - earliest);
    long begin = draws.below(2) == 0 ? earliest : earliest + (long) (draws.unit() * span);
    for (int x : order) {
      if (floor.jobOf[x] == job) {
        int own = floor.altStart[x] + draws.below(floor.alternatives(x));
        alternative[x] = own;
        long ready = begin;
        for (int y : floor.preds[x]) {
          if (floor.jobOf[y] == job) {
            ready = Math.max(ready, time[y] + floor.altWork[alternative[y]]);
          } else {
            ready = Math.max(ready, net.end[y]);
          }
        }
        time[x] = ready;
      }
    }
    return Starts.byTime(time, order);
  }
}
