package io.millwright.scheduling.internal;

import java.util.Arrays;

/**
 * A complete plan of any shop without secondary resources, kept exact under one move: take an
 * operation out and put it on an alternative at a place in its sequence. A topological order is
 * repaired locally, which tests for cycles on the way; times are repaired through a set of dirty
 * positions in that order. The last move can be undone. Not thread-safe.
 */
final class ShopNet {

  /** What a broken pin costs: more than any plan, so that a search mends it first. */
  static final double PENALTY = 1e18;

  final Floor floor;
  final Goal goal;
  final int n;

  final int[] alternative;
  final int[] machine;
  final int[][] sequence;
  final int[] length;

  /** The place of an operation in its machine's sequence. */
  final int[] index;

  final long[] start;
  final long[] end;
  final long[] setup;

  /** The family the machine is set for after the operation. */
  final int[] carry;

  final long[] jobEnd;
  final int[] order;
  private final int[] pos;
  private double cost;
  private double jobCost;
  private double setupSum;
  private double placeCost;
  private long makespan;

  /** Operations that start after the time they are pinned at; a plan with any is not feasible. */
  private int late;

  private final long[] dirty;
  private int firstDirty;
  private int lastDirty;
  private final int[] mark;
  private int stamp;
  private final int[] shifted;

  // What undo needs.
  private int movedOp;
  private int movedFromAlt;
  private int movedFromIndex;
  private final int[] savedOrder;
  private int savedFrom;
  private int savedTo;
  private int changed;
  private final int[] changedOp;
  private final long[] oldStart;
  private final long[] oldEnd;
  private final long[] oldSetup;
  private final int[] oldCarry;
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

  ShopNet(Floor floor, Goal goal) {
    this.floor = floor;
    this.goal = goal;
    n = floor.n;
    alternative = new int[n];
    machine = new int[n];
    sequence = new int[floor.machines][8];
    length = new int[floor.machines];
    index = new int[n];
    start = new long[n];
    end = new long[n];
    setup = new long[n];
    carry = new int[n];
    jobEnd = new long[floor.jobs];
    order = new int[n];
    pos = new int[n];
    dirty = new long[(n >> 6) + 1];
    mark = new int[n];
    shifted = new int[n];
    savedOrder = new int[n];
    changedOp = new int[n];
    oldStart = new long[n];
    oldEnd = new long[n];
    oldSetup = new long[n];
    oldCarry = new int[n];
    touchedJob = new int[floor.jobs];
    oldJobEnd = new long[floor.jobs];
    jobMark = new int[floor.jobs];
  }

  double cost() {
    return cost;
  }

  boolean feasible() {
    return late == 0 && makespan < Shifts.NEVER;
  }

  long makespan() {
    return makespan;
  }

  void load(int[] newOrder, int[] alternatives) {
    Arrays.fill(length, 0);
    setupSum = 0;
    placeCost = 0;
    late = 0;
    for (int i = 0; i < n; i++) {
      int x = newOrder[i];
      order[i] = x;
      pos[x] = i;
      alternative[x] = alternatives[x];
      int m = floor.altMachine[alternatives[x]];
      machine[x] = m;
      if (length[m] == sequence[m].length) {
        sequence[m] = Arrays.copyOf(sequence[m], 2 * length[m]);
      }
      index[x] = length[m];
      sequence[m][length[m]++] = x;
      setup[x] = 0;
      start[x] = 0;
      end[x] = 0;
      compute(x);
      setupSum += setup[x];
      placeCost += goal.keeps() ? goal.ofPlace(x, start[x], alternative[x]) : 0;
      if (floor.fixed[x] >= 0 && start[x] != floor.fixed[x]) {
        late++;
      }
    }
    jobCost = 0;
    makespan = 0;
    for (int j = 0; j < floor.jobs; j++) {
      jobEnd[j] = endOf(j);
      jobCost += goal.ofJob(floor, j, jobEnd[j]);
      makespan = Math.max(makespan, jobEnd[j]);
    }
    total();
  }

  private void total() {
    cost = jobCost + goal.makespan * makespan + goal.setup * setupSum + placeCost + late * PENALTY;
  }

  private long endOf(int job) {
    long latest = 0;
    for (int x : floor.sinks[job]) {
      latest = Math.max(latest, end[x]);
    }
    return latest;
  }

  /** The operation before x on its machine, or -1. */
  int machineBefore(int x) {
    return index[x] == 0 ? -1 : sequence[machine[x]][index[x] - 1];
  }

  /** When everything but the machine lets x begin. */
  long ready(int x) {
    long ready = floor.release[x];
    for (int y : floor.before[x]) {
      ready = Math.max(ready, end[y]);
    }
    return ready;
  }

  /** Sets the times of x from those of the operations before it. */
  private void compute(int x) {
    int m = machine[x];
    int y = machineBefore(x);
    long free = y < 0 ? floor.begin : end[y];
    int set = y < 0 ? floor.firstFamily[m] : carry[y];
    int own = floor.family[x];
    carry[x] = own < 0 ? set : own;
    long fixed = floor.fixed[x];
    long begin = ready(x);
    if (fixed >= 0 && fixed < floor.begin) {
      // The past is as it was: no set-up, and not bound by the start of planning.
      setup[x] = 0;
      begin = y < 0 ? begin : Math.max(begin, free);
    } else {
      setup[x] = floor.setup(m, set, own);
      free = Math.max(free, floor.begin);
      Shifts shifts = floor.shifts[m];
      if (shifts.always()) {
        begin = Math.max(begin, free + setup[x]);
      } else {
        begin = shifts.nextOpen(Math.max(begin, shifts.finish(free, setup[x])));
      }
    }
    begin = Math.min(begin, Shifts.NEVER);
    start[x] = fixed >= 0 && begin <= fixed ? fixed : begin;
    long work = floor.altWork[alternative[x]];
    end[x] =
        Math.min(
            floor.shifts[m].always() ? start[x] + work : floor.shifts[m].finish(start[x], work),
            Shifts.NEVER);
  }

  /**
   * Moves x to an alternative and a place in that machine's sequence, counted without x.
   *
   * @return false, with nothing changed, when that would close a cycle or changes nothing
   */
  boolean move(int x, int alt, int place) {
    int from = machine[x];
    int to = floor.altMachine[alt];
    if (alt == alternative[x] && place == index[x]) {
      return false;
    }
    movedOp = x;
    movedFromAlt = alternative[x];
    movedFromIndex = index[x];
    int oldNext = index[x] + 1 < length[from] ? sequence[from][index[x] + 1] : -1;
    take(x);
    put(x, alt, place);
    int before = machineBefore(x);
    int behind = place + 1 < length[to] ? sequence[to][place + 1] : -1;
    if (!reorder(x, before, behind)) {
      take(x);
      put(x, movedFromAlt, movedFromIndex);
      return false;
    }
    oldCost = cost;
    oldJobCost = jobCost;
    oldSetupSum = setupSum;
    oldPlaceCost = placeCost;
    oldMakespan = makespan;
    oldLate = late;
    changed = 0;
    touched = 0;
    firstDirty = Integer.MAX_VALUE;
    lastDirty = -1;
    dirty(x);
    if (behind >= 0) {
      dirty(behind);
    }
    if (oldNext >= 0) {
      dirty(oldNext);
    }
    propagate();
    measure();
    return true;
  }

  private void take(int x) {
    int[] s = sequence[machine[x]];
    int last = --length[machine[x]];
    for (int i = index[x]; i < last; i++) {
      s[i] = s[i + 1];
      index[s[i]] = i;
    }
  }

  private void put(int x, int alt, int place) {
    int m = floor.altMachine[alt];
    if (length[m] == sequence[m].length) {
      sequence[m] = Arrays.copyOf(sequence[m], 2 * length[m]);
    }
    int[] s = sequence[m];
    for (int i = length[m]++; i > place; i--) {
      s[i] = s[i - 1];
      index[s[i]] = i;
    }
    s[place] = x;
    index[x] = place;
    alternative[x] = alt;
    machine[x] = m;
  }

  /** Restores the topological order around x with its new neighbours; false for a cycle. */
  private boolean reorder(int x, int before, int behind) {
    savedFrom = 0;
    savedTo = -1;
    if (before >= 0 && pos[before] > pos[x]) {
      return forward(x, before);
    }
    return behind < 0 || pos[behind] > pos[x] || backward(x, behind);
  }

  private void save(int from, int to) {
    savedFrom = from;
    savedTo = to;
    System.arraycopy(order, from, savedOrder, from, to - from + 1);
  }

  private boolean forward(int x, int before) {
    int from = pos[x];
    int to = pos[before];
    stamp++;
    mark[x] = stamp;
    for (int k = from + 1; k <= to; k++) {
      int y = order[k];
      if (follows(y)) {
        if (y == before) {
          return false;
        }
        mark[y] = stamp;
      }
    }
    save(from, to);
    int count = 0;
    int w = from;
    for (int k = from; k <= to; k++) {
      int y = order[k];
      if (mark[y] == stamp) {
        shifted[count++] = y;
      } else {
        order[w] = y;
        pos[y] = w++;
      }
    }
    for (int k = 0; k < count; k++, w++) {
      order[w] = shifted[k];
      pos[shifted[k]] = w;
    }
    return true;
  }

  private boolean follows(int y) {
    for (int b : floor.before[y]) {
      if (mark[b] == stamp) {
        return true;
      }
    }
    return index[y] > 0 && mark[sequence[machine[y]][index[y] - 1]] == stamp;
  }

  private boolean backward(int x, int behind) {
    int from = pos[behind];
    int to = pos[x];
    stamp++;
    mark[x] = stamp;
    for (int k = to - 1; k >= from; k--) {
      int y = order[k];
      if (precedes(y)) {
        if (y == behind) {
          return false;
        }
        mark[y] = stamp;
      }
    }
    save(from, to);
    int count = 0;
    int w = to;
    for (int k = to; k >= from; k--) {
      int y = order[k];
      if (mark[y] == stamp) {
        shifted[count++] = y;
      } else {
        order[w] = y;
        pos[y] = w--;
      }
    }
    for (int k = 0; k < count; k++, w--) {
      order[w] = shifted[k];
      pos[shifted[k]] = w;
    }
    return true;
  }

  private boolean precedes(int y) {
    for (int b : floor.behind[y]) {
      if (mark[b] == stamp) {
        return true;
      }
    }
    int m = machine[y];
    return index[y] + 1 < length[m] && mark[sequence[m][index[y] + 1]] == stamp;
  }

  private void dirty(int x) {
    int p = pos[x];
    dirty[p >> 6] |= 1L << p;
    firstDirty = Math.min(firstDirty, p);
    lastDirty = Math.max(lastDirty, p);
  }

  private void propagate() {
    for (int word = firstDirty >> 6; word <= lastDirty >> 6; word++) {
      while (dirty[word] != 0) {
        int p = (word << 6) + Long.numberOfTrailingZeros(dirty[word]);
        dirty[word] &= dirty[word] - 1;
        refresh(order[p]);
      }
    }
  }

  private void refresh(int x) {
    long s = start[x];
    long e = end[x];
    long u = setup[x];
    int c = carry[x];
    compute(x);
    if (x != movedOp && s == start[x] && e == end[x] && u == setup[x] && c == carry[x]) {
      return;
    }
    changedOp[changed] = x;
    oldStart[changed] = s;
    oldEnd[changed] = e;
    oldSetup[changed] = u;
    oldCarry[changed++] = c;
    setupSum += setup[x] - u;
    if (goal.keeps()) {
      int alt = x == movedOp ? movedFromAlt : alternative[x];
      placeCost += goal.ofPlace(x, start[x], alternative[x]) - goal.ofPlace(x, s, alt);
    }
    long fixed = floor.fixed[x];
    if (fixed >= 0) {
      late += (start[x] == fixed ? 0 : 1) - (s == fixed ? 0 : 1);
    }
    if (e == end[x] && c == carry[x]) {
      return;
    }
    int m = machine[x];
    if (index[x] + 1 < length[m]) {
      dirty(sequence[m][index[x] + 1]);
    }
    if (e == end[x]) {
      return;
    }
    int[] next = floor.behind[x];
    for (int y : next) {
      dirty(y);
    }
    if (next.length == 0 && jobMark[floor.jobOf[x]] != moves) {
      jobMark[floor.jobOf[x]] = moves;
      touchedJob[touched++] = floor.jobOf[x];
    }
  }

  private void measure() {
    boolean latest = false;
    long top = 0;
    for (int i = 0; i < touched; i++) {
      int j = touchedJob[i];
      long old = jobEnd[j];
      oldJobEnd[i] = old;
      jobEnd[j] = endOf(j);
      latest |= old == makespan;
      top = Math.max(top, jobEnd[j]);
      jobCost += goal.ofJob(floor, j, jobEnd[j]) - goal.ofJob(floor, j, old);
    }
    if (top >= makespan) {
      makespan = top;
    } else if (latest) {
      makespan = 0;
      for (long e : jobEnd) {
        makespan = Math.max(makespan, e);
      }
    }
    moves++;
    total();
  }

  /** Takes the last move back. Only once, and only when it was made. */
  void undo() {
    int x = movedOp;
    take(x);
    put(x, movedFromAlt, movedFromIndex);
    for (int k = savedFrom; k <= savedTo; k++) {
      order[k] = savedOrder[k];
      pos[order[k]] = k;
    }
    for (int i = 0; i < changed; i++) {
      int y = changedOp[i];
      start[y] = oldStart[i];
      end[y] = oldEnd[i];
      setup[y] = oldSetup[i];
      carry[y] = oldCarry[i];
    }
    for (int i = 0; i < touched; i++) {
      jobEnd[touchedJob[i]] = oldJobEnd[i];
    }
    cost = oldCost;
    jobCost = oldJobCost;
    setupSum = oldSetupSum;
    placeCost = oldPlaceCost;
    makespan = oldMakespan;
    late = oldLate;
  }
}
