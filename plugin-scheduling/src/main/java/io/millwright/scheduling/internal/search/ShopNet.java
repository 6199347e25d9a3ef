package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Shifts;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A complete plan of any shop, kept exact under one move: take an operation out and put it on an
 * alternative at a place in its sequence, and behind whom it finds free of the staff it needs. A
 * topological order is repaired locally, which tests for cycles on the way; times are repaired
 * through a set of dirty positions in that order. A move may be given a limit: {@link NetWeights}
 * refuses most of those that cannot keep it before anything is changed, and the repair of times
 * stops as soon as the limit is passed. What was made is exact always, and can be undone. Not
 * thread-safe.
 */
public final class ShopNet {

  /** When a machine is free that has nothing to do before. */
  static final long NOTHING_BEFORE = Long.MIN_VALUE;

  /** The machine lets an operation begin no sooner. */
  static final int BY_MACHINE = 1;

  /** What comes before an operation, or its release, lets it begin no sooner. */
  static final int BY_JOB = 2;

  /** The staff that it needs lets an operation begin no sooner. */
  static final int BY_STAFF = 4;

  private static final int MANY = -2;

  final Floor floor;
  final Goal goal;
  final int n;

  private final NetLines lines;
  public final int[] alternative;
  public final int[] machine;
  final int[][] sequence;
  public final int[] length;

  /** The place of an operation in its machine's sequence. */
  final int[] index;

  private final int[] previous;
  private final int[] next;

  public final long[] start;
  public final long[] end;
  public final long[] setup;

  /** The family the machine is set for after the operation. */
  final int[] carry;

  /** What binds the start: {@link #BY_MACHINE}, {@link #BY_JOB} or both. */
  final byte[] binding;

  public final int[] order;

  /** The one operation that must come before, -1 for none, or {@link #MANY}: no array to follow. */
  private final int[] onlyBefore;

  private final NetOrder places;
  private final NetWeights weights;
  private final NetChanges changes;

  /** Who holds what in which order; null where nothing can run short. */
  private final @Nullable NetStaff staff;

  private final NetCost costs;

  /** When each job ends. */
  final long[] jobEnd;

  private final long[] dirty;
  private int firstDirty;
  private int lastDirty;

  /** The times of one operation, as {@link #time} leaves them. */
  long newStart;

  long newEnd;
  long newSetup;
  int newCarry;
  private int newBinding;

  // What undo needs.
  private int movedOp;
  private int movedFromAlt;
  private int movedFromIndex;

  public ShopNet(Floor floor, Goal goal) {
    this.floor = floor;
    this.goal = goal;
    n = floor.n;
    lines = new NetLines(floor);
    alternative = lines.alternative;
    machine = lines.machine;
    sequence = lines.sequence;
    length = lines.length;
    index = lines.index;
    previous = lines.previous;
    next = lines.next;
    start = new long[n];
    end = new long[n];
    setup = new long[n];
    carry = new int[n];
    binding = new byte[n];
    costs = new NetCost(this);
    jobEnd = costs.jobEnd;
    places = new NetOrder(this, floor);
    order = places.order;
    changes = new NetChanges(this);
    staff = floor.staffed ? new NetStaff(this, floor) : null;
    weights = new NetWeights(this, staff);
    onlyBefore = new int[n];
    for (int x = 0; x < n; x++) {
      int[] before = floor.before[x];
      onlyBefore[x] = before.length == 0 ? -1 : before.length == 1 ? before[0] : MANY;
    }
    dirty = new long[(n >> 6) + 1];
  }

  public double cost() {
    return costs.cost();
  }

  public boolean feasible() {
    return costs.feasible();
  }

  long makespan() {
    return costs.makespan();
  }

  NetWeights weights() {
    return weights;
  }

  public void load(int[] newOrder, int[] alternatives) {
    lines.clear();
    if (staff != null) {
      staff.clear();
    }
    for (int i = 0; i < n; i++) {
      int x = newOrder[i];
      order[i] = x;
      places.pos[x] = i;
      if (alternatives[x] < 0) {
        leaveOut(x, alternatives[x]);
        continue;
      }
      lines.append(x, alternatives[x]);
      if (staff != null) {
        staff.append(x, ready(x));
      }
      compute(x);
    }
    costs.load();
    weights.stale();
  }

  private void leaveOut(int x, int alt) {
    lines.leaveOut(x, alt);
    start[x] = 0;
    end[x] = 0;
    setup[x] = 0;
    carry[x] = -1;
    binding[x] = 0;
  }

  /** Whether a job is left out. */
  boolean leftOut(int job) {
    return alternative[floor.jobStart[job]] < 0;
  }

  /** The operation before x on its machine, or -1. */
  int machineBefore(int x) {
    return previous[x];
  }

  /** The operation behind x on its machine, or -1. */
  int machineBehind(int x) {
    return next[x];
  }

  /** The one of the operations that must come before x that ends last, or -1. */
  int jobBefore(int x) {
    if (floor.waits.any) {
      return floor.waits.latest(floor, x, machine[x], machine, end);
    }
    if (onlyBefore[x] != MANY) {
      return onlyBefore[x];
    }
    int latest = -1;
    for (int y : floor.before[x]) {
      latest = latest < 0 || end[y] > end[latest] ? y : latest;
    }
    return latest;
  }

  /** When everything but machine and staff lets x begin on its machine. */
  long ready(int x) {
    return ready(x, machine[x]);
  }

  /** When everything but machine and staff lets x begin on a machine. */
  long ready(int x, int onto) {
    long ready = floor.release[x];
    if (floor.waits.any) {
      return Math.max(ready, floor.waits.ready(floor, x, onto, machine, start, end));
    }
    int only = onlyBefore[x];
    if (only != MANY) {
      return only < 0 ? ready : Math.max(ready, end[only]);
    }
    for (int y : floor.before[x]) {
      ready = Math.max(ready, end[y]);
    }
    return ready;
  }

  /** When its job and the staff it has let x begin. */
  long readyWithStaff(int x) {
    long ready = ready(x);
    return staff == null ? ready : Math.max(ready, staff.free(x));
  }

  private void compute(int x) {
    place(x);
    start[x] = newStart;
    end[x] = newEnd;
    setup[x] = newSetup;
    carry[x] = newCarry;
    binding[x] = (byte) newBinding;
  }

  /** When x could begin where it stands if all but its machine let it; also sets its end. */
  long startAt(int x, long ready) {
    int alt = alternative[x];
    int y = previous[x];
    int m = floor.altMachine[alt];
    time(x, alt, y < 0 ? NOTHING_BEFORE : end[y], y < 0 ? floor.firstFamily[m] : carry[y], ready);
    return newStart;
  }

  /** The place of an operation in the topological order. */
  int position(int x) {
    return places.pos[x];
  }

  /** The operation that holds a unit of x's until last, or -1. */
  int staffBinder(int x) {
    return staff == null ? -1 : staff.binder(x);
  }

  /** Whether who comes first at staff matters. */
  boolean staffed() {
    return staff != null;
  }

  boolean staffFollows(int x, int[] mark, int stamp) {
    return staff != null && staff.follows(x, mark, stamp);
  }

  boolean staffPrecedes(int x, int[] mark, int stamp) {
    return staff != null && staff.precedes(x, mark, stamp);
  }

  /** The operations by start, which no topological order of the plan contradicts. */
  public int[] byStart() {
    return Starts.byTime(start, order);
  }

  /** Finds the times of x where it stands. */
  private void place(int x) {
    long ready = ready(x);
    long staffed = staff == null ? Long.MIN_VALUE : staff.free(x);
    startAt(x, Math.max(ready, staffed));
    if (staffed > ready && newBinding != BY_MACHINE && newBinding != 0) {
      newBinding = BY_STAFF;
    }
  }

  /**
   * Finds the times of x on an alternative.
   *
   * @param free when its machine has done what comes before, or {@link #NOTHING_BEFORE}
   * @param set the family the machine is set for, or -1
   * @param ready when everything but the machine lets x begin
   */
  void time(int x, int alt, long free, int set, long ready) {
    int m = floor.altMachine[alt];
    int own = floor.family[x];
    newCarry = own < 0 ? set : own;
    Shifts shifts = floor.shifts[m];
    Shifts working = floor.altShifts[alt];
    boolean always = working.always();
    long fixed = floor.fixed[x];
    long begin;
    if (fixed >= 0 && fixed < floor.begin) {
      // The past is as it was: no set-up, and not bound by the start of planning.
      newSetup = 0;
      begin = Math.max(ready, free);
      newBinding = 0;
    } else {
      newSetup = floor.setup(m, set, own);
      long from = free >= floor.begin ? free : floor.setupFrom(m, free, own);
      from = always ? from + newSetup : shifts.finish(from, newSetup);
      begin = Math.max(ready, from);
      begin = always ? begin : floor.open(x, alt, begin);
      newBinding = from > ready ? BY_MACHINE : from == ready ? BY_MACHINE | BY_JOB : BY_JOB;
    }
    begin = Math.min(begin, Shifts.NEVER);
    newStart = begin;
    if (fixed >= 0 && begin <= fixed) {
      newStart = fixed;
      newBinding = 0;
    }
    long work = floor.altWork[alt];
    newEnd = Math.min(always ? newStart + work : working.finish(newStart, work), Shifts.NEVER);
  }

  /**
   * Moves x to an alternative and a place in that machine's sequence, counted without x.
   *
   * @return false, with nothing changed, when that would close a cycle or changes nothing
   */
  public boolean move(int x, int alt, int place) {
    return move(x, alt, place, -1);
  }

  /** The same, and with an operation that x comes before at the staff both need; -1 for none. */
  boolean move(int x, int alt, int place, int ahead) {
    costs.limit(Double.POSITIVE_INFINITY);
    return make(x, alt, place, ahead);
  }

  /**
   * Makes a move if the plan then costs no more than a limit.
   *
   * @return false, with nothing changed, when it would cost more, close a cycle or change nothing
   */
  public boolean attempt(int x, int alt, int place, int ahead, double limit) {
    double room = Double.POSITIVE_INFINITY;
    if (costs.onTime() && weights.judges()) {
      double least = weights.least(x, alt, place, ahead);
      if (costs.cost() + least > limit) {
        return false;
      }
      room = limit - costs.cost() + weights.gain();
    }
    costs.limit(room);
    if (!make(x, alt, place, ahead)) {
      return false;
    }
    if (costs.cost() > limit) {
      undo();
      return false;
    }
    weights.changed();
    return true;
  }

  private boolean make(int x, int alt, int place, int ahead) {
    int from = machine[x];
    int to = floor.altMachine[alt];
    boolean stays = alt == alternative[x] && place == index[x];
    if (stays && (ahead < 0 || places.pos[ahead] > places.pos[x])) {
      return false;
    }
    movedOp = x;
    movedFromAlt = alternative[x];
    movedFromIndex = index[x];
    int oldNext = next[x];
    lines.relink(x, alt, place);
    int behind = next[x];
    if (staff != null) {
      staff.remove(x);
    }
    if (!places.repair(x, stays ? -1 : previous[x], stays ? ahead : behind)) {
      lines.relink(x, movedFromAlt, movedFromIndex);
      if (staff != null) {
        staff.back();
      }
      return false;
    }
    if (staff != null) {
      staff.insert(x);
    }
    changes.clear();
    costs.begin();
    firstDirty = Integer.MAX_VALUE;
    lastDirty = -1;
    dirty(x);
    if (staff != null) {
      staff.dirty();
    }
    if (from != to && floor.waits.ways()) {
      for (int y : floor.behind[x]) {
        dirty(y);
      }
    }
    if (behind >= 0) {
      dirty(behind);
    }
    if (oldNext >= 0 && (from != to || oldNext != behind)) {
      dirty(oldNext);
    }
    if (!propagate()) {
      costs.forget();
      undo();
      return false;
    }
    costs.measure();
    return true;
  }

  void dirty(int x) {
    int p = places.pos[x];
    dirty[p >> 6] |= 1L << p;
    firstDirty = Math.min(firstDirty, p);
    lastDirty = Math.max(lastDirty, p);
  }

  /** Repairs all times; false, with the repair cut short, when the increases pass the room. */
  private boolean propagate() {
    for (int word = firstDirty >> 6; word <= lastDirty >> 6; word++) {
      while (dirty[word] != 0) {
        int p = (word << 6) + Long.numberOfTrailingZeros(dirty[word]);
        dirty[word] &= dirty[word] - 1;
        refresh(order[p]);
        if (costs.exceeded()) {
          Arrays.fill(dirty, word, (lastDirty >> 6) + 1, 0);
          return false;
        }
      }
    }
    return true;
  }

  private void refresh(int x) {
    place(x);
    long s = start[x];
    long e = end[x];
    long u = setup[x];
    int c = carry[x];
    if (x != movedOp
        && s == newStart
        && e == newEnd
        && u == newSetup
        && c == newCarry
        && newBinding == binding[x]) {
      return;
    }
    changes.note(x);
    start[x] = newStart;
    end[x] = newEnd;
    setup[x] = newSetup;
    carry[x] = newCarry;
    binding[x] = (byte) newBinding;
    costs.timed(x, x == movedOp ? movedFromAlt : alternative[x], s, u);
    if (s != newStart && floor.waits.any) {
      for (int y : floor.waits.started[x]) {
        dirty(y);
      }
    }
    if (e == newEnd && c == newCarry) {
      return;
    }
    if (next[x] >= 0) {
      dirty(next[x]);
    }
    if (e == newEnd) {
      return;
    }
    for (int y : floor.behind[x]) {
      dirty(y);
    }
    if (staff != null) {
      staff.follow(x);
    }
    if (floor.sink[x]) {
      costs.ended(floor.jobOf[x], e);
    }
  }

  /** Takes the last move back. Only once, and only when it was made. */
  public void undo() {
    lines.relink(movedOp, movedFromAlt, movedFromIndex);
    places.undo();
    if (staff != null) {
      staff.undo();
    }
    changes.undo();
    costs.undo();
  }
}
