package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Shifts;

/**
 * What the plan of a {@link ShopNet} costs, kept up to date by what a move changes, and how much a
 * move may still raise it before its repair is given up. Not thread-safe.
 */
final class NetCost {

  /** What a broken pin or deadline costs: more than any plan, so that a search mends it first. */
  static final double PENALTY = 1e18;

  /** What a tick behind a deadline costs besides, so that a search finds its way back. */
  private static final double OVERDUE = 1e9;

  /** A job behind its deadline counts with so many ticks at most. */
  private static final long MOST_OVERDUE = 1L << 30;

  /** Beyond this, sums of costs lose whole ticks. */
  private static final double EXACT = 1e14;

  private final ShopNet net;
  private final Floor floor;
  private final Goal goal;

  /** When each job ends. */
  final long[] jobEnd;

  private double cost;
  private double jobCost;
  private double setupSum;
  private double placeCost;
  private long makespan;

  /** Operations that start after the time they are pinned at; a plan with any is not feasible. */
  private int late;

  /** Jobs that end behind their deadlines, and by how much together. */
  private int missed;

  private long overdue;

  /** What the limit leaves for increases, the increases so far, and the latest end so far. */
  private double room;

  private double rise;
  private long top;

  // What undo needs.
  private int touched;
  private final int[] touchedJob;
  private final long[] oldJobEnd;
  private final int[] jobMark;
  private int moves = 1;
  private double oldCost;
  private double oldJobCost;
  private double oldSetupSum;
  private double oldPlaceCost;
  private long oldMakespan;
  private int oldLate;
  private int oldMissed;
  private long oldOverdue;

  NetCost(ShopNet net) {
    this.net = net;
    floor = net.floor;
    goal = net.goal;
    jobEnd = new long[floor.jobs];
    touchedJob = new int[floor.jobs];
    oldJobEnd = new long[floor.jobs];
    jobMark = new int[floor.jobs];
  }

  double cost() {
    return cost;
  }

  long makespan() {
    return makespan;
  }

  /** Whether everything pinned starts when it is pinned, and no deadline is missed. */
  boolean onTime() {
    return late == 0 && missed == 0;
  }

  boolean feasible() {
    return onTime() && makespan < Shifts.NEVER;
  }

  /** Adds everything up. */
  void load() {
    setupSum = 0;
    placeCost = 0;
    late = 0;
    for (int x = 0; x < floor.n; x++) {
      setupSum += net.setup[x];
      placeCost +=
          goal.keeps() && net.alternative[x] >= 0
              ? goal.ofPlace(x, net.start[x], net.alternative[x])
              : 0;
      if (floor.fixed[x] >= 0 && net.start[x] != floor.fixed[x]) {
        late++;
      }
    }
    jobCost = 0;
    makespan = 0;
    missed = 0;
    overdue = 0;
    for (int j = 0; j < floor.jobs; j++) {
      jobEnd[j] = endOf(j);
      jobCost += ofJob(j);
      makespan = Math.max(makespan, jobEnd[j]);
      behind(j, jobEnd[j], 1);
    }
    total();
  }

  private void total() {
    cost = jobCost + goal.makespan * makespan + goal.setup * setupSum + placeCost;
    cost += (late + missed) * PENALTY + overdue * OVERDUE;
  }

  /** Counts a job that ends behind its deadline, or counts it no longer. */
  private void behind(int job, long end, int sign) {
    if (end > floor.deadline[job]) {
      missed += sign;
      overdue += sign * Math.min(MOST_OVERDUE, end - floor.deadline[job]);
    }
  }

  private double ofJob(int job) {
    return net.leftOut(job) ? goal.ofRejected(floor, job) : goal.ofJob(floor, job, jobEnd[job]);
  }

  private long endOf(int job) {
    long latest = 0;
    for (int x : floor.sinks[job]) {
      latest = Math.max(latest, net.end[x]);
    }
    return latest;
  }

  /** Sets how far the next move may raise the cost of jobs for certain before it is given up. */
  void limit(double increases) {
    room = increases;
  }

  /** Notes that a move begins to change times. */
  void begin() {
    oldCost = cost;
    oldJobCost = jobCost;
    oldSetupSum = setupSum;
    oldPlaceCost = placeCost;
    oldMakespan = makespan;
    oldLate = late;
    oldMissed = missed;
    oldOverdue = overdue;
    touched = 0;
    rise = 0;
    top = makespan;
  }

  /** Whether the increases have passed the limit. */
  boolean exceeded() {
    return rise > room;
  }

  /** Notes new times of an operation, given what they and its alternative were before. */
  void timed(int x, int oldAlternative, long oldStart, long oldSetup) {
    setupSum += net.setup[x] - oldSetup;
    long now = net.start[x];
    if (goal.keeps()) {
      placeCost +=
          goal.ofPlace(x, now, net.alternative[x]) - goal.ofPlace(x, oldStart, oldAlternative);
    }
    long fixed = floor.fixed[x];
    if (fixed >= 0) {
      late += (now == fixed ? 0 : 1) - (oldStart == fixed ? 0 : 1);
    }
  }

  /** Notes that a last operation of a job ends at another time now than it did. */
  void ended(int job, long before) {
    if (jobMark[job] != moves) {
      jobMark[job] = moves;
      touchedJob[touched++] = job;
    }
    long end = net.newEnd;
    if (end > before && floor.sinks[job].length == 1) {
      rise += goal.ofJob(floor, job, end) - goal.ofJob(floor, job, before);
      if (end > floor.deadline[job] && before <= floor.deadline[job]) {
        rise += PENALTY;
      }
      if (end > top) {
        rise += goal.makespan * (end - top);
        top = end;
      }
    }
  }

  /** Measures the jobs that a move has touched. */
  void measure() {
    boolean latest = false;
    long most = 0;
    for (int i = 0; i < touched; i++) {
      int j = touchedJob[i];
      long old = jobEnd[j];
      oldJobEnd[i] = old;
      jobEnd[j] = endOf(j);
      latest |= old == makespan;
      most = Math.max(most, jobEnd[j]);
      behind(j, old, -1);
      behind(j, jobEnd[j], 1);
      jobCost += goal.ofJob(floor, j, jobEnd[j]) - goal.ofJob(floor, j, old);
    }
    if (oldJobCost > EXACT) {
      // What never ends leaves no digits for what does.
      jobCost = 0;
      for (int j = 0; j < floor.jobs; j++) {
        jobCost += ofJob(j);
      }
    }
    if (most >= makespan) {
      makespan = most;
    } else if (latest) {
      makespan = 0;
      for (long e : jobEnd) {
        makespan = Math.max(makespan, e);
      }
    }
    moves++;
    total();
  }

  /** Forgets the jobs of a move that was given up before they were measured. */
  void forget() {
    touched = 0;
    moves++;
  }

  /** Takes the last move back. */
  void undo() {
    for (int i = 0; i < touched; i++) {
      jobEnd[touchedJob[i]] = oldJobEnd[i];
    }
    cost = oldCost;
    jobCost = oldJobCost;
    setupSum = oldSetupSum;
    placeCost = oldPlaceCost;
    makespan = oldMakespan;
    late = oldLate;
    missed = oldMissed;
    overdue = oldOverdue;
  }
}
