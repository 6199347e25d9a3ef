package io.millwright.scheduling.internal.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Dates and weights by which jobs are dispatched where orders feed orders: what others wait for is
 * as urgent as they are. A job that feeds another is due when the other must begin, and has the
 * share of its weight that its work has in all that leads to the other's end, so that parts and
 * assembly are weighed by one and the same work. What a plan costs is not touched. Immutable.
 */
public final class Feeding {

  /** When a job should be done, or Long.MAX_VALUE. */
  public final long[] due;

  public final double[] weight;

  Feeding(Floor floor) {
    Set<Long> links = new HashSet<>();
    for (int x = 0; x < floor.n; x++) {
      for (int y : floor.succs[x]) {
        if (floor.jobOf[y] != floor.jobOf[x]) {
          links.add((long) floor.jobOf[x] * floor.jobs + floor.jobOf[y]);
        }
      }
    }
    if (links.isEmpty()) {
      due = floor.due;
      weight = floor.weight;
      return;
    }
    due = floor.due.clone();
    weight = floor.weight.clone();
    dates(floor);
    int[][] fed = new int[floor.jobs][];
    int[] feeders = new int[floor.jobs];
    int[] count = new int[floor.jobs];
    links.forEach(l -> count[(int) (l / floor.jobs)]++);
    for (int j = 0; j < floor.jobs; j++) {
      fed[j] = new int[count[j]];
    }
    for (long l : links.stream().sorted().mapToLong(l -> l).toArray()) {
      int j = (int) (l / floor.jobs);
      fed[j][--count[j]] = (int) (l % floor.jobs);
      feeders[(int) (l % floor.jobs)]++;
    }
    weights(floor, fed, feeders);
  }

  /** Hands dates back from operation to operation. */
  private void dates(Floor floor) {
    long[] behind = new long[floor.n];
    long[] date = new long[floor.n];
    Arrays.fill(date, Long.MAX_VALUE);
    int[] order = Bounds.topological(floor);
    for (int i = floor.n - 1; i >= 0; i--) {
      int x = order[i];
      int j = floor.jobOf[x];
      for (int y : floor.succs[x]) {
        long work = (long) floor.meanWork(y);
        if (floor.jobOf[y] == j) {
          behind[x] = Math.max(behind[x], behind[y] + work);
        }
        if (date[y] < Long.MAX_VALUE) {
          date[x] = Math.min(date[x], date[y] - work);
        }
      }
      if (floor.due[j] < Long.MAX_VALUE) {
        date[x] = Math.min(date[x], floor.due[j] - behind[x]);
      }
      if (date[x] < Long.MAX_VALUE) {
        due[j] = Math.min(due[j], date[x] + behind[x]);
      }
    }
  }

  /** Hands weights back from job to job; jobs that feed each other in turn keep their own. */
  private void weights(Floor floor, int[][] fed, int[] feeders) {
    double[] total = new double[floor.jobs];
    for (int x = 0; x < floor.n; x++) {
      total[floor.jobOf[x]] += Math.max(1, floor.meanWork(x));
    }
    Deque<Integer> ready = new ArrayDeque<>();
    Deque<Integer> order = new ArrayDeque<>();
    for (int j = 0; j < floor.jobs; j++) {
      if (feeders[j] == 0) {
        ready.add(j);
      }
    }
    while (!ready.isEmpty()) {
      int j = ready.remove();
      order.push(j);
      for (int k : fed[j]) {
        total[k] += total[j];
        if (--feeders[k] == 0) {
          ready.add(k);
        }
      }
    }
    for (int j : order) {
      double share = 0;
      for (int k : fed[j]) {
        share += weight[k] * total[j] / total[k];
      }
      // Who has no date of his own is late for nobody but those who wait for him.
      boolean dated = floor.due[j] < Long.MAX_VALUE || due[j] == Long.MAX_VALUE;
      weight[j] = share + (dated ? weight[j] : 0);
    }
  }
}
