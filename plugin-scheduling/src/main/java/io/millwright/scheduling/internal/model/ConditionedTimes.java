package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.internal.model.Conditions.Most;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Times an order where {@link Conditions} bind, on the arrays of a {@link Timetable}. Operations
 * are placed one by one at their earliest time. Where one comes too late for a lag's most, or joins
 * a load that began before it could, the operation it hangs on is held back, and placing goes on
 * from there: holds only rise, so that the end is the earliest plan of the order, or none. What
 * cannot be kept is added up as the violation, by which a search finds its way back. Not
 * thread-safe.
 */
final class ConditionedTimes {

  /** An order is given up after so many placings for each of its operations. */
  private static final int PLACINGS = 40;

  private final Timetable times;
  private final Floor floor;
  private final Conditions conditions;
  private final double tick;

  /** Before which no operation begins, as the placing has found. */
  private final long[] hold;

  /** The work of the load that an operation opens, at least. */
  private final long[] loadWork;

  /** The opener of an operation's load, itself on machines without loads. */
  private final int[] opener;

  private final int[] pos;
  private final int[] sequence;

  /** What stood on the machine before each place of the order, so that placing can go back. */
  private final int[] lastBefore;

  private final int[] familyBefore;
  private final int[] openerBefore;
  private final long[] fillBefore;
  private final long[][][] unitsBefore;

  private final int[] openerOn;
  private final long[] fillOn;
  private final StockLevels[] stocks;

  /** The first place of the order that has to be placed again. */
  private int again;

  private boolean patient;
  private double violation;

  ConditionedTimes(Timetable times, Floor floor) {
    this.times = times;
    this.floor = floor;
    conditions = floor.conditions;
    int n = floor.n;
    hold = new long[n];
    loadWork = new long[n];
    opener = new int[n];
    pos = new int[n];
    sequence = new int[n];
    lastBefore = new int[n];
    familyBefore = new int[n];
    openerBefore = new int[n];
    fillBefore = new long[n];
    unitsBefore = new long[n][][];
    openerOn = new int[floor.machines];
    fillOn = new long[floor.machines];
    stocks = conditions.stocks.stream().map(StockLevels::new).toArray(StockLevels[]::new);
    double work = 1;
    for (long w : floor.altWork) {
      work += (double) w / floor.altWork.length;
    }
    tick = 1 / work;
  }

  /** How far the plan last timed breaks its conditions, dates and pins; 0 when it keeps them. */
  double violation() {
    return violation;
  }

  /** Places all operations. */
  void run(int[] order, int[] alternative, long[] wait) {
    Arrays.fill(openerOn, -1);
    Arrays.fill(fillOn, 0);
    Arrays.fill(hold, 0);
    Arrays.fill(loadWork, 0);
    violation = 0;
    patient = true;
    for (StockLevels s : stocks) {
      s.clear();
    }
    long left = (long) PLACINGS * floor.n;
    for (int i = 0; i < floor.n; i++) {
      int x = order[i];
      pos[x] = i;
      opener[x] = x;
      if (alternative[x] < 0) {
        times.start[x] = 0;
        times.end[x] = 0;
        times.setup[x] = 0;
        continue;
      }
      remember(x, alternative[x]);
      again = i + 1;
      place(x, alternative[x], wait.length == 0 ? 0 : wait[x]);
      if (again <= i) {
        for (int k = i; k >= again; k--) {
          if (alternative[order[k]] >= 0) {
            forget(order[k], alternative[order[k]]);
          }
        }
        left -= i - again + 1;
        patient = left > 0;
        i = again - 1;
      }
    }
    measure(order, alternative);
  }

  private void remember(int x, int a) {
    int m = floor.altMachine[a];
    lastBefore[x] = times.last[m];
    familyBefore[x] = times.family[m];
    openerBefore[x] = openerOn[m];
    fillBefore[x] = fillOn[m];
    int[] needs = times.needs(a);
    Conditions.@Nullable Crew crew = crew(x, m);
    int own = needs.length / 2;
    int more = crew == null ? 0 : crew.needs().length / 2;
    if (own + more == 0) {
      return;
    }
    long[][] units = new long[own + more][];
    for (int k = 0; k < own; k++) {
      units[k] = times.unitFree[needs[2 * k]].clone();
    }
    for (int k = 0; k < more && crew != null; k++) {
      units[own + k] = times.unitFree[crew.needs()[2 * k]].clone();
    }
    unitsBefore[x] = units;
  }

  private void forget(int x, int a) {
    int m = floor.altMachine[a];
    times.last[m] = lastBefore[x];
    times.family[m] = familyBefore[x];
    openerOn[m] = openerBefore[x];
    fillOn[m] = fillBefore[x];
    int[] needs = times.needs(a);
    Conditions.@Nullable Crew crew = crew(x, m);
    int own = needs.length / 2;
    int more = crew == null ? 0 : crew.needs().length / 2;
    for (int k = 0; k < own; k++) {
      times.unitFree[needs[2 * k]] = unitsBefore[x][k];
    }
    for (int k = 0; k < more && crew != null; k++) {
      times.unitFree[crew.needs()[2 * k]] = unitsBefore[x][own + k];
    }
    int[] flows = conditions.flowStock[x];
    for (int k = 0; k < flows.length; k++) {
      if (flows(x, k)) {
        stocks[flows[k]].remove(flowTick(x, k), conditions.flowAmount[x][k]);
      }
    }
  }

  private Conditions.@Nullable Crew crew(int x, int m) {
    return conditions.crew(m, times.family[m], floor.family[x], floor.families);
  }

  private long flowTick(int x, int k) {
    return conditions.flowAmount[x][k] < 0 ? times.start[x] : times.end[x];
  }

  /** What has flowed before planning begins is in the level already. */
  private boolean flows(int x, int k) {
    return !past(x) || conditions.flowAmount[x][k] > 0 && times.end[x] > floor.begin;
  }

  private boolean past(int x) {
    return floor.fixed[x] >= 0 && floor.fixed[x] < floor.begin;
  }

  private void place(int x, int a, long wait) {
    int m = floor.altMachine[a];
    times.machine[x] = m;
    long fixed = floor.fixed[x];
    long ready = Math.max(floor.release[x], hold[x]);
    ready = Math.max(ready, floor.waits.ready(floor, x, m, times.machine, times.start, times.end));
    ready = fixed >= 0 ? ready : Math.max(ready, wait);
    int[] needs = times.needs(a);
    if (!past(x)) {
      for (int k = 0; k < needs.length; k += 2) {
        ready = Math.max(ready, times.unitFree[needs[k]][needs[k + 1] - 1]);
      }
    }
    int load = conditions.oven(m) ? load(x, a, m) : -1;
    if (load >= 0) {
      join(x, a, load, ready);
    } else {
      open(x, a, m, ready);
    }
    times.last[m] = x;
    fillOn[m] += conditions.pieces[x];
    if (floor.family[x] >= 0) {
      times.family[m] = floor.family[x];
    }
    if (fixed < 0 || fixed >= floor.begin) {
      times.hold(needs, times.start[x], times.end[x]);
    }
    int[] flows = conditions.flowStock[x];
    for (int k = 0; k < flows.length; k++) {
      if (flows(x, k)) {
        stocks[flows[k]].add(flowTick(x, k), conditions.flowAmount[x][k]);
      }
    }
    for (Most most : conditions.mosts[x]) {
      int y = most.from();
      long late = times.start[x] - most.ticks() - (most.end() ? times.end[y] : times.start[y]);
      if (late > 0) {
        raise(y, times.start[y] + late);
      }
    }
  }

  /** The opener of the load that an operation becomes a part of, or -1. */
  private int load(int x, int a, int m) {
    int first = openerOn[m];
    if (first < 0 || floor.family[first] != floor.family[x]) {
      return -1;
    }
    boolean begun = floor.fixed[first] >= 0 || floor.fixed[x] >= 0;
    if (begun && (floor.fixed[x] >= 0 || past(first))) {
      return floor.fixed[x] == floor.fixed[first] ? first : -1;
    }
    return conditions.joins(a)
            && floor.jobOf[first] != floor.jobOf[x]
            && fillOn[m] + conditions.pieces[x] <= conditions.ovenMost[m]
        ? first
        : -1;
  }

  private void join(int x, int a, int load, long ready) {
    opener[x] = load;
    times.setup[x] = 0;
    times.start[x] = times.start[load];
    times.end[x] = times.end[load];
    // A load that ran before the start may have paused: its span says nothing of its work.
    long span = past(x) ? 0 : times.end[load] - times.start[load];
    if (floor.altWork[a] > Math.max(loadWork[load], span)) {
      loadWork[load] = floor.altWork[a];
      again = Math.min(again, pos[load]);
    }
    if (past(x)) {
      return;
    }
    long stocked = stocked(x, a, Math.max(ready, times.start[load]));
    // The load waits for the shift of whom the operation needs.
    long open = floor.altShifts[a].fit(stocked, times.end[load] - times.start[load]);
    if (open > times.start[load]) {
      raise(load, open);
    }
  }

  private void open(int x, int a, int m, long ready) {
    long fixed = floor.fixed[x];
    long free = times.last[m] < 0 ? Long.MIN_VALUE : times.end[times.last[m]];
    long begin = ready;
    times.setup[x] = 0;
    Conditions.@Nullable Crew crew = null;
    long from = free;
    if (past(x)) {
      begin = Math.max(begin, free);
    } else {
      from = free >= floor.begin ? free : floor.setupFrom(m, free, floor.family[x]);
      long setup = times.setupTime(x, m);
      times.setup[x] = setup;
      Shifts shifts = floor.shifts[m];
      crew = crew(x, m);
      if (crew != null) {
        shifts = crew.shifts();
        for (int k = 0; k < crew.needs().length; k += 2) {
          from = Math.max(from, times.unitFree[crew.needs()[k]][crew.needs()[k + 1] - 1]);
        }
      }
      begin = stocked(x, a, Math.max(begin, shifts.finish(from, setup)));
    }
    openerOn[m] = x;
    fillOn[m] = 0;
    begin = Math.min(begin, Shifts.NEVER);
    if (fixed >= 0) {
      violation += begin > fixed ? 1 + tick * (begin - fixed) : 0;
      begin = Math.max(begin, fixed);
    }
    times.start[x] = begin;
    times.end[x] = end(x, a, begin);
    if (crew != null && begin < Shifts.NEVER) {
      times.hold(crew.needs(), lastBegin(crew.shifts(), from, begin, times.setup[x]), begin);
    }
  }

  private long work(int x, int a) {
    return Math.max(loadWork[x], floor.altWork[a]);
  }

  private long end(int x, int a, long begin) {
    Shifts working = floor.altShifts[a];
    return Math.min(Shifts.NEVER, working.finish(begin, work(x, a)));
  }

  /** When calendars and stocks let an operation begin. */
  private long stocked(int x, int a, long from) {
    Shifts working = floor.altShifts[a];
    boolean whole = floor.unbroken[x] || conditions.oven(floor.altMachine[a]);
    int[] flows = conditions.flowStock[x];
    long at = from;
    while (true) {
      if (floor.fixed[x] < 0 || floor.fixed[x] >= floor.begin) {
        at = whole ? working.fit(at, work(x, a)) : working.nextOpen(at);
      }
      long next = at;
      for (int k = 0; k < flows.length && at < Shifts.NEVER; k++) {
        long amount = conditions.flowAmount[x][k];
        long event = amount < 0 ? at : end(x, a, at);
        next = Math.max(next, at + stocks[flows[k]].fit(event, amount) - event);
      }
      if (next == at || at >= Shifts.NEVER) {
        return at;
      }
      at = next;
    }
  }

  /** The last tick at which a set-up can begin that is done by another. */
  static long lastBegin(Shifts shifts, long from, long by, long work) {
    long low = from;
    long high = Math.max(from, by - work);
    while (low < high) {
      long mid = low + (high - low + 1) / 2;
      if (shifts.finish(mid, work) <= by) {
        low = mid;
      } else {
        high = mid - 1;
      }
    }
    return low;
  }

  /** Holds an operation back, with its load and with all that may not be too far before it. */
  private void raise(int y, long to) {
    int x = opener[y];
    if (!patient || floor.fixed[x] >= 0 || to >= Shifts.NEVER) {
      violation += tick * (Math.min(to, Shifts.NEVER) - times.start[x]) + 1;
      return;
    }
    if (to <= hold[x]) {
      return;
    }
    hold[x] = to;
    again = Math.min(again, pos[x]);
    long by = to - times.start[x];
    for (Most most : conditions.mosts[x]) {
      int z = most.from();
      long late = times.start[x] + by - most.ticks() - (most.end() ? times.end[z] : times.start[z]);
      if (late > 0) {
        raise(z, times.start[z] + late);
      }
    }
  }

  /** Adds up what the sequences of machines and the stocks break. */
  private void measure(int[] order, int[] alternative) {
    for (StockLevels s : stocks) {
      violation += s.excess();
    }
    for (int m = 0; m < floor.machines; m++) {
      boolean oven = conditions.ovenLeast[m] > 0;
      if (oven || conditions.campaign[m] > 0 || conditions.mixes[m].length > 0) {
        int count = 0;
        for (int x : order) {
          if (alternative[x] >= 0 && floor.altMachine[alternative[x]] == m) {
            sequence[count++] = x;
          }
        }
        loads(m, count);
        campaigns(m, count);
        for (Conditions.Carried mix : conditions.mixes[m]) {
          mix(mix, count);
        }
      }
    }
  }

  private void loads(int m, int count) {
    long least = conditions.ovenLeast[m];
    for (int i = 0; i < count && least > 0; ) {
      int first = sequence[i];
      long pieces = 0;
      for (; i < count && opener[sequence[i]] == first; i++) {
        pieces += conditions.pieces[sequence[i]];
      }
      violation += past(first) ? 0 : Math.max(0, (double) (least - pieces) / least);
    }
  }

  private void campaigns(int m, int count) {
    long least = conditions.campaign[m];
    int family = floor.firstFamily[m];
    boolean counts = false;
    long pieces = 0;
    for (int i = 0; i < count && least > 0; i++) {
      int x = sequence[i];
      int own = floor.family[x];
      if (own < 0) {
        continue;
      }
      if (own != family) {
        if (counts && !past(x)) {
          violation += Math.max(0, (double) (least - pieces) / least);
        }
        counts = true;
        family = own;
        pieces = 0;
      }
      pieces += conditions.pieces[x];
    }
  }

  private void mix(Conditions.Carried mix, int count) {
    int of = mix.mix().of();
    int carried = 0;
    for (int i = 0; i < count; i++) {
      carried += mix.carried()[sequence[i]] ? 1 : 0;
      if (i >= of) {
        carried -= mix.carried()[sequence[i - of]] ? 1 : 0;
      }
      violation += past(sequence[i]) ? 0 : Math.max(0, carried - mix.mix().most());
    }
  }
}
