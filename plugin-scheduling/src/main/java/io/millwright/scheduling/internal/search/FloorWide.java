package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Shifts;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Units;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Simulates the floor from the start of planning under one {@link Urgency} for all of it: whenever
 * machines and staff are free, the most urgent operation of the whole floor begins. A dispatching
 * rule decides machine by machine, and staff then goes to whoever's machine asks first; where staff
 * is scarce, who gets it decides most of what a plan costs. Operations stand in the queues of all
 * their machines, in the order of their urgency, and each decision looks at the heads of the
 * queues, so that a run takes little more than linear time. Reusable, not thread-safe.
 */
final class FloorWide {

  /** So many of a queue are looked at for one that can begin. */
  private static final int LOOKS = 8;

  /** A queue of so many is put in order anew after each mean duration, a longer one less often. */
  private static final int SHORT = 32;

  private static final double LAST = 1e9;

  private final Floor floor;
  private final boolean longestFirst;
  private final boolean tardy;
  private final int[] operationOf;
  private final double[] least;
  private final double meanWork;

  private final int[] waiting;
  private final boolean[] begun;
  private final long[] start;
  private final long[] end;
  private final int[] machine;
  private final int[] alternative;
  private final double[] remaining;
  private final long[] free;
  private final int[] family;
  private final boolean[] used;
  private final long[][] unitFree;

  /** The alternatives that wait for each machine, by urgency, the most urgent first. */
  private final int[][] queue;

  private final double[][] place;
  private final int[] queued;
  private final long[] sorted;

  /** By machine, the latest tick at which it is to be looked at again since it was closed. */
  private final long[] woken;

  private final Agenda agenda = new Agenda();

  private int[] otherOwn = {};
  private double[] otherPlaces = {};

  private Urgency urgency = Urgency.BY_WORK;
  private long now;

  // The choice of a look at the floor.
  private int chosen;
  private long chosenBegin;
  private double chosenPlace;

  FloorWide(Floor floor, Goal goal) {
    this.floor = floor;
    tardy = goal.tardiness > 0;
    longestFirst = !tardy && goal.flow == 0;
    int n = floor.n;
    waiting = new int[n];
    begun = new boolean[n];
    start = new long[n];
    end = new long[n];
    machine = new int[n];
    alternative = new int[n];
    remaining = new double[floor.jobs];
    free = new long[floor.machines];
    family = new int[floor.machines];
    used = new boolean[floor.machines];
    queue = new int[floor.machines][8];
    place = new double[floor.machines][8];
    queued = new int[floor.machines];
    sorted = new long[floor.machines];
    woken = new long[floor.machines];
    unitFree = new long[floor.capacity.length][];
    for (int r = 0; r < unitFree.length; r++) {
      unitFree[r] = new long[floor.capacity[r]];
    }
    operationOf = new int[floor.altMachine.length];
    least = new double[n];
    double work = 0;
    for (int x = 0; x < n; x++) {
      long shortest = Long.MAX_VALUE;
      for (int a = first(x); a <= last(x); a++) {
        operationOf[a] = x;
        shortest = Math.min(shortest, floor.altWork[a]);
      }
      least[x] = Math.max(1, shortest);
      work += least[x];
    }
    meanWork = Math.max(1, work / n);
  }

  /** Whether it knows all that binds a shop before a plan is timed. */
  static boolean fits(Floor floor) {
    return !floor.conditions.any
        && !floor.shop.permutation()
        && Arrays.stream(floor.fixed).allMatch(at -> at < 0);
  }

  private int first(int x) {
    return floor.pinnedAlt[x] >= 0 ? floor.pinnedAlt[x] : floor.altStart[x];
  }

  private int last(int x) {
    return floor.pinnedAlt[x] >= 0 ? floor.pinnedAlt[x] : floor.altStart[x + 1] - 1;
  }

  /** The whole plan, or null when stopped before it was complete. */
  @Nullable Plan run(Urgency by, Stop stop) {
    clear(by);
    int[] order = new int[floor.n];
    for (int x = 0; x < floor.n; x++) {
      if (waiting[x] == 0) {
        arrive(x);
      }
    }
    for (int done = 0; done < floor.n; done++) {
      if ((done & 63) == 0 && stop.now()) {
        return null;
      }
      while (!look()) {
        if (agenda.isEmpty()) {
          force();
          break;
        }
        advance();
      }
      order[done] = operationOf[chosen];
      occupy(chosen, chosenBegin);
    }
    return new Plan(
        Double.POSITIVE_INFINITY, order, alternative.clone(), "dispatching over the whole floor");
  }

  private void clear(Urgency by) {
    urgency = by;
    now = floor.begin;
    Arrays.fill(begun, false);
    Arrays.fill(free, floor.begin);
    System.arraycopy(floor.firstFamily, 0, family, 0, floor.machines);
    Arrays.fill(used, false);
    Arrays.fill(queued, 0);
    Arrays.fill(sorted, floor.begin);
    Arrays.fill(woken, Long.MIN_VALUE);
    Arrays.fill(remaining, 0);
    for (long[] units : unitFree) {
      Arrays.fill(units, 0);
    }
    for (int x = 0; x < floor.n; x++) {
      waiting[x] = floor.preds[x].length;
      remaining[floor.jobOf[x]] += least[x];
    }
    agenda.clear();
  }

  /** Notes when an operation that nothing of its job holds back is at each of its machines. */
  private void arrive(int x) {
    long at = floor.release[x];
    if (!floor.waits.any) {
      for (int y : floor.before[x]) {
        at = Math.max(at, end[y]);
      }
    }
    for (int a = first(x); a <= last(x); a++) {
      long there = at;
      if (floor.waits.any) {
        there = Math.max(at, floor.waits.ready(floor, x, floor.altMachine[a], machine, start, end));
      }
      if (there <= now) {
        enqueue(a);
      } else {
        agenda.add(there, a);
      }
    }
  }

  /** Goes on to the next tick at which something happens. */
  private void advance() {
    now = agenda.time();
    while (!agenda.isEmpty() && agenda.time() <= now) {
      int a = agenda.take();
      if (a >= 0) {
        enqueue(a);
      }
    }
  }

  private void enqueue(int a) {
    int m = floor.altMachine[a];
    if (queued[m] == queue[m].length) {
      queue[m] = Arrays.copyOf(queue[m], 2 * queued[m]);
      place[m] = Arrays.copyOf(place[m], 2 * queued[m]);
    }
    double p = place(a);
    double[] places = place[m];
    int low = 0;
    int high = queued[m];
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (places[mid] <= p) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    System.arraycopy(queue[m], low, queue[m], low + 1, queued[m] - low);
    System.arraycopy(places, low, places, low + 1, queued[m] - low);
    queue[m][low] = a;
    places[low] = p;
    queued[m]++;
  }

  /** The smaller, the sooner. */
  private double place(int a) {
    int x = operationOf[a];
    int job = floor.jobOf[x];
    double p = Math.max(1, floor.altWork[a]);
    double left = Math.max(1, remaining[job] + p - least[x]);
    double longer = urgency.longer() * Math.log(p / least[x]);
    if (longestFirst) {
      return longer - Math.log(left);
    }
    double size = urgency.own() * Math.log(p) + (1 - urgency.own()) * Math.log(left);
    double value = size - Math.log(Math.max(1e-9, floor.feeding.weight[job])) + longer;
    if (tardy && floor.feeding.due[job] == Long.MAX_VALUE) {
      return LAST + value;
    }
    if (!tardy || urgency.ahead() == Double.POSITIVE_INFINITY) {
      return value;
    }
    double slack = floor.feeding.due[job] - now - left - urgency.waits() * (left - p);
    return value + Math.max(0, slack) / (urgency.ahead() * meanWork);
  }

  /** Puts a queue in order again where urgencies have changed with time. */
  private void sort(int m) {
    double interval = meanWork * Math.max(1, (double) queued[m] / SHORT);
    if (!tardy || urgency.ahead() == Double.POSITIVE_INFINITY || now - sorted[m] < interval) {
      return;
    }
    sorted[m] = now;
    int[] own = queue[m];
    double[] places = place[m];
    int count = queued[m];
    for (int i = 0; i < count; i++) {
      places[i] = place(own[i]);
    }
    long left = (long) SHORT * count;
    for (int i = 1; i < count; i++) {
      int a = own[i];
      double p = places[i];
      int at = i;
      for (; at > 0 && places[at - 1] > p; at--) {
        places[at] = places[at - 1];
        own[at] = own[at - 1];
      }
      places[at] = p;
      own[at] = a;
      left -= i - at;
      if (left < 0) {
        // What has hardly changed is put right in passing; this has, and the queue is long.
        merge(own, places, count);
        return;
      }
    }
  }

  /** Sorts by place, and keeps the order of equals. */
  private void merge(int[] own, double[] places, int count) {
    if (otherOwn.length < count) {
      otherOwn = new int[2 * count];
      otherPlaces = new double[2 * count];
    }
    for (int width = 1; width < count; width *= 2) {
      for (int from = 0; from < count; from += 2 * width) {
        int middle = Math.min(from + width, count);
        int to = Math.min(from + 2 * width, count);
        int low = from;
        int high = middle;
        for (int i = from; i < to; i++) {
          boolean first = high == to || low < middle && places[low] <= places[high];
          int next = first ? low++ : high++;
          otherOwn[i] = own[next];
          otherPlaces[i] = places[next];
        }
      }
      System.arraycopy(otherOwn, 0, own, 0, count);
      System.arraycopy(otherPlaces, 0, places, 0, count);
    }
  }

  /** Chooses the most urgent operation that can begin now; false when there is none. */
  private boolean look() {
    chosen = -1;
    chosenPlace = Double.POSITIVE_INFINITY;
    for (int m = 0; m < floor.machines; m++) {
      if (free[m] <= now && queued[m] > 0) {
        sort(m);
        look(m);
      }
    }
    return chosen >= 0;
  }

  private void look(int m) {
    int[] own = queue[m];
    long opens = Long.MAX_VALUE;
    for (int i = 0, looks = 0; i < queued[m] && looks < LOOKS; i++) {
      int a = own[i];
      int x = operationOf[a];
      if (begun[x]) {
        drop(m, i--);
        continue;
      }
      looks++;
      if (place[m][i] >= chosenPlace) {
        break;
      }
      long at = Math.max(now, ready(m, x));
      if (staffed(a) > now) {
        continue;
      }
      long opened = floor.open(x, a, at);
      if (opened > at) {
        opens = Math.min(opens, opened);
        continue;
      }
      long over = floor.altShifts[a].finish(opened, floor.altWork[a]);
      long pause = over - floor.shifts[m].finish(opened, floor.altWork[a]);
      if (pause > 0) {
        long other = sooner(x, over);
        if (other != Long.MAX_VALUE) {
          opens = other > now ? Math.min(opens, other) : opens;
          continue;
        }
      }
      double p = place[m][i] + urgency.idle() * (opened - now + pause) / meanWork;
      if (p < chosenPlace) {
        chosenPlace = p;
        chosen = a;
        chosenBegin = opened;
      }
    }
    if (opens < Shifts.NEVER && woken[m] != opens) {
      woken[m] = opens;
      agenda.add(opens, -1);
    }
  }

  /**
   * When an operation that would pause for its staff could begin with others, on a machine that is
   * free, and end sooner than a tick; {@link Long#MAX_VALUE} when it could not.
   */
  private long sooner(int x, long over) {
    long best = over;
    long begin = Long.MAX_VALUE;
    for (int a = first(x); a <= last(x); a++) {
      int m = floor.altMachine[a];
      if (free[m] <= now && staffed(a) < best) {
        long at = floor.open(x, a, Math.max(Math.max(now, ready(m, x)), staffed(a)));
        long end = floor.altShifts[a].finish(at, floor.altWork[a]);
        if (end < best) {
          best = end;
          begin = at;
        }
      }
    }
    return begin;
  }

  private void drop(int m, int i) {
    queued[m]--;
    System.arraycopy(queue[m], i + 1, queue[m], i, queued[m] - i);
    System.arraycopy(place[m], i + 1, place[m], i, queued[m] - i);
  }

  /** When a machine is set up for an operation. */
  private long ready(int m, int x) {
    long set = floor.setup(m, family[m], floor.family[x]);
    if (set == 0) {
      return free[m];
    }
    long from =
        free[m] > floor.begin
            ? free[m]
            : floor.setupFrom(m, used[m] ? free[m] : Long.MIN_VALUE, floor.family[x]);
    return floor.shifts[m].finish(from, set);
  }

  /** When all staff of an alternative is free. */
  private long staffed(int a) {
    long at = Long.MIN_VALUE;
    int[] needs = floor.altNeeds[a];
    for (int k = 0; k < needs.length; k += 2) {
      at = Math.max(at, unitFree[needs[k]][needs[k + 1] - 1]);
    }
    return at;
  }

  /** Chooses what can begin first where nothing is to happen any more. */
  private void force() {
    chosen = -1;
    chosenBegin = Long.MAX_VALUE;
    for (int m = 0; m < floor.machines; m++) {
      for (int i = 0; i < queued[m]; i++) {
        int a = queue[m][i];
        int x = operationOf[a];
        if (begun[x]) {
          continue;
        }
        long at = floor.open(x, a, Math.max(Math.max(now, ready(m, x)), staffed(a)));
        if (chosen < 0 || at < chosenBegin) {
          chosen = a;
          chosenBegin = at;
        }
      }
    }
    if (chosen < 0) {
      throw new IllegalStateException("no operation is left to begin");
    }
  }

  private void occupy(int a, long at) {
    int x = operationOf[a];
    int m = floor.altMachine[a];
    begun[x] = true;
    alternative[x] = a;
    machine[x] = m;
    start[x] = at;
    end[x] = floor.altShifts[a].finish(at, floor.altWork[a]);
    free[m] = Math.max(free[m], end[x]);
    used[m] = true;
    if (floor.family[x] >= 0) {
      family[m] = floor.family[x];
    }
    remaining[floor.jobOf[x]] -= least[x];
    int[] needs = floor.altNeeds[a];
    for (int k = 0; k < needs.length; k += 2) {
      Units.hold(unitFree[needs[k]], needs[k + 1], at, end[x]);
    }
    if (end[x] > now) {
      agenda.add(end[x], -1);
    }
    for (int y : floor.succs[x]) {
      if (--waiting[y] == 0) {
        arrive(y);
      }
    }
  }
}
