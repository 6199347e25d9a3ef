package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.Rule;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Units;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Simulates the floor from the start of planning: whenever a machine and an operation are both
 * free, a rule picks. Honours everything in the floor; room is kept on a machine for what is pinned
 * there at a later time. For one use.
 */
public final class Dispatch {

  private static final double LOOK_AHEAD = 5;

  /** How long a job is expected to wait before each later operation, in its durations. */
  private static final double WAITS = 2;

  /** So many operations of a long queue choose again at a time. */
  private static final int IN_TURN = 32;

  private final Floor floor;
  private final Rule rule;
  private final double scale;
  private final double noise;
  private final Draws draws;

  private final long[] free;
  private final int[] family;
  private final int[] waiting;
  private final long[] start;
  private final long[] end;
  private final int[] machine;

  /** Whether something stands on a machine already. */
  private final boolean[] used;

  private final double[] remaining;
  private final int[] open;
  private final double[] done;
  private final boolean[] urgent;
  private final int[][] pinned;
  private final int[] nextPinned;
  private final long[][] unitFree;
  private final double meanWork;
  private final double meanSetup;

  /** The ready operations by the machine they would choose, and the earliest key among them. */
  private final int[][] queue;

  private final int[] queued;

  /** Where in a long queue choosing again goes on. */
  private final int[] turn;

  private final long[] earliest;

  /** The choice for a ready operation: alternative, when machine and operation are free, end. */
  private final int[] alternative;

  /** By machine and family: when it is set up for it, while its version is the noted one. */
  private final long[] setAt;

  private final int[] setFor;
  private final int[] version;

  /** When everything but machines and resources lets an operation begin, once that is known. */
  private final long[] arrived;

  private final long[] key;
  private final long[] finish;

  /** The logarithm of weight by duration, which is dear to take again and again. */
  private final double[] worth;

  /** What goes first instead of what the rule says, by operation; null for the rule. */
  private double @Nullable [] rank;

  /** The alternative to prefer by operation, and how much later it may end than the best. */
  private int @Nullable [] usual;

  private double patience;

  /** By operation, a tick before which it does not begin; empty for none. */
  private long[] notBefore = {};

  private @Nullable Picker picker;

  /**
   * A simulation.
   *
   * @param scale the rule's look-ahead relative to the usual one
   * @param noise how far priorities are blurred, 0 for none
   */
  public Dispatch(Floor floor, Rule rule, double scale, double noise, Draws draws) {
    this.floor = floor;
    this.rule = rule;
    this.scale = scale;
    this.noise = noise;
    this.draws = draws;
    int n = floor.n;
    free = new long[floor.machines];
    Arrays.fill(free, floor.begin);
    family = floor.firstFamily.clone();
    waiting = new int[n];
    start = new long[n];
    end = new long[n];
    machine = new int[n];
    used = new boolean[floor.machines];
    remaining = new double[floor.jobs];
    done = new double[floor.jobs];
    open = new int[floor.jobs];
    urgent = new boolean[n];
    queue = new int[floor.machines][4];
    queued = new int[floor.machines];
    turn = new int[floor.machines];
    earliest = new long[floor.machines];
    Arrays.fill(earliest, Long.MAX_VALUE);
    alternative = new int[n];
    setAt = new long[floor.machines * (floor.families + 1)];
    setFor = new int[setAt.length];
    Arrays.fill(setFor, -1);
    version = new int[floor.machines];
    arrived = new long[n];
    key = new long[n];
    finish = new long[n];
    worth = new double[n];
    double work = 0;
    for (int x = 0; x < n; x++) {
      waiting[x] = floor.preds[x].length;
      double mean = floor.meanWork(x);
      work += mean;
      remaining[floor.jobOf[x]] += mean;
      open[floor.jobOf[x]]++;
    }
    meanWork = Math.max(1, work / n);
    double sum = 0;
    int pairs = 0;
    for (long[] table : floor.setups) {
      if (table != null) {
        for (long s : table) {
          sum += s;
          pairs++;
        }
      }
    }
    meanSetup = pairs == 0 ? 1 : Math.max(1, sum / pairs);
    unitFree = new long[floor.capacity.length][];
    for (int r = 0; r < unitFree.length; r++) {
      unitFree[r] = new long[floor.capacity[r]];
    }
    pinned = new int[floor.machines][];
    nextPinned = new int[floor.machines];
    pins();
  }

  /**
   * Follows a plan in what goes first, in its machines, or in both.
   *
   * @param times by operation, smallest first; null to let the rule decide who goes first
   * @param alternatives by operation, what the plan has chosen
   * @param means by how many mean durations the plan's choice may end later than the best one
   */
  public Dispatch following(double @Nullable [] times, int[] alternatives, double means) {
    rank = times;
    usual = alternatives;
    patience = means * meanWork;
    return this;
  }

  /** Lets somebody else pick wherever nothing pinned presses. */
  public Dispatch pickedBy(Picker other) {
    picker = other;
    return this;
  }

  /** Lets no operation begin before its tick; what a plan made this way keeps. */
  public Dispatch holding(long[] ticks) {
    notBefore = ticks;
    return this;
  }

  private void pins() {
    long[][] starts = new long[floor.machines][];
    int[] count = new int[floor.machines];
    for (int x = 0; x < floor.n; x++) {
      if (floor.fixed[x] >= 0) {
        count[floor.altMachine[floor.pinnedAlt[x]]]++;
        hurry(x);
      }
    }
    for (int m = 0; m < floor.machines; m++) {
      starts[m] = new long[count[m]];
      pinned[m] = new int[count[m]];
      count[m] = 0;
    }
    for (int x = 0; x < floor.n; x++) {
      if (floor.fixed[x] >= 0) {
        int m = floor.altMachine[floor.pinnedAlt[x]];
        int i = count[m]++;
        for (; i > 0 && starts[m][i - 1] > floor.fixed[x]; i--) {
          starts[m][i] = starts[m][i - 1];
          pinned[m][i] = pinned[m][i - 1];
        }
        starts[m][i] = floor.fixed[x];
        pinned[m][i] = x;
      }
    }
    for (int m = 0; m < floor.machines; m++) {
      if (pinned[m].length > 0) {
        free[m] = Math.min(free[m], starts[m][0]);
      }
    }
  }

  /** What leads to a pinned operation must be done in time. */
  private void hurry(int x) {
    for (int y : floor.preds[x]) {
      if (!urgent[y] && floor.fixed[y] < 0) {
        urgent[y] = true;
        hurry(y);
      }
    }
  }

  /** The whole plan. */
  public Plan run() {
    return Objects.requireNonNull(run(() -> false));
  }

  /** The plan, or null when stopped before it was complete. */
  public @Nullable Plan run(Stop stop) {
    int n = floor.n;
    int[] order = new int[n];
    for (int x = 0; x < n; x++) {
      if (waiting[x] == 0) {
        arrive(x);
      }
    }
    for (int i = 0; i < n; i++) {
      if ((i & 63) == 0 && stop.now()) {
        return null;
      }
      int x = pick();
      order[i] = x;
      occupy(x);
      for (int y : floor.succs[x]) {
        if (--waiting[y] == 0) {
          arrive(y);
        }
      }
    }
    return new Plan(Double.POSITIVE_INFINITY, order, alternative, "dispatching " + rule, notBefore);
  }

  /** Puts an operation for which nothing of its job is missing into a queue. */
  private void arrive(int x) {
    arrived[x] = Math.max(floor.release[x], notBefore.length == 0 ? 0 : notBefore[x]);
    if (!floor.waits.any) {
      for (int y : floor.before[x]) {
        arrived[x] = Math.max(arrived[x], end[y]);
      }
    }
    admit(x);
  }

  private void admit(int x) {
    choose(x);
    int m = floor.altMachine[alternative[x]];
    if (queued[m] == queue[m].length) {
      queue[m] = Arrays.copyOf(queue[m], 2 * queued[m]);
    }
    queue[m][queued[m]++] = x;
    earliest[m] = Math.min(earliest[m], key[x]);
  }

  /**
   * Lets the operations of a machine's queue choose again, which may lead them elsewhere: of a long
   * queue some in turn, while the others only hear when the machine is free.
   */
  private void reconsider(int m) {
    int count = queued[m];
    int[] line = queue[m];
    boolean some = count > 2 * IN_TURN && !floor.staffed && pinned[m].length == 0;
    int chosen = some ? IN_TURN : count;
    int from = some ? turn[m] % (count - chosen) : 0;
    turn[m] = from + chosen;
    int[] again = Arrays.copyOfRange(line, from, from + chosen);
    System.arraycopy(line, from + chosen, line, from, count - chosen - from);
    queued[m] = count - chosen;
    earliest[m] = Long.MAX_VALUE;
    for (int i = 0; i < queued[m]; i++) {
      key[line[i]] = Math.max(key[line[i]], free[m]);
      earliest[m] = Math.min(earliest[m], key[line[i]]);
    }
    for (int x : again) {
      admit(x);
    }
  }

  /** When all but the machine lets an operation begin on an alternative. */
  private long arrival(int x, int a) {
    long at = arrived[x];
    if (floor.waits.any) {
      at = Math.max(at, floor.waits.ready(floor, x, floor.altMachine[a], machine, start, end));
    }
    int[] needs = floor.altNeeds[a];
    for (int k = 0; k < needs.length; k += 2) {
      at = Math.max(at, unitFree[needs[k]][needs[k + 1] - 1]);
    }
    return at;
  }

  /** Chooses the alternative that ends first, and notes when machine and operation are free. */
  private void choose(int x) {
    boolean decided = floor.pinnedAlt[x] >= 0;
    int first = decided ? floor.pinnedAlt[x] : floor.altStart[x];
    int last = decided ? first : floor.altStart[x + 1] - 1;
    finish[x] = Long.MAX_VALUE;
    for (int a = first; a <= last; a++) {
      int m = floor.altMachine[a];
      long arrival = arrival(x, a);
      long at = Math.max(arrival, free[m]);
      long begin = begin(x, a, arrival);
      long stop = floor.altShifts[a].finish(begin, floor.altWork[a]);
      if (floor.fixed[x] >= 0) {
        at = floor.fixed[x];
      } else if (nextPinned[m] < pinned[m].length) {
        int f = pinned[m][nextPinned[m]];
        if (Math.max(at, stop + floor.setup(m, floor.family[x], floor.family[f]))
            > floor.fixed[f]) {
          // No room before what is pinned: it has to go first.
          int pin = floor.pinnedAlt[f];
          long behind = floor.altShifts[pin].finish(floor.fixed[f], floor.altWork[pin]);
          at = Math.max(at, Math.max(behind, floor.fixed[f] + 1));
          stop = floor.altShifts[a].finish(at, floor.altWork[a]);
        }
      }
      boolean better = stop < finish[x];
      if (usual != null && a != first && (a == usual[x] || alternative[x] == usual[x])) {
        boolean now = a == usual[x];
        better = now ? stop < finish[x] + patience : stop < finish[x] - patience;
      }
      if (better) {
        finish[x] = stop;
        alternative[x] = a;
        key[x] = at;
      }
    }
    if (rule == Rule.ATC) {
      double p = Math.max(1, floor.altWork[alternative[x]]);
      worth[x] = Math.log(Math.max(1e-9, floor.feeding.weight[floor.jobOf[x]]) / p);
    }
  }

  private long begin(int x, int a, long arrival) {
    int m = floor.altMachine[a];
    if (floor.fixed[x] >= 0) {
      return floor.fixed[x];
    }
    // All of one family are set up for at one time on a machine, until its next one is chosen.
    int slot = m * (floor.families + 1) + floor.family[x] + 1;
    if (setFor[slot] != version[m]) {
      setFor[slot] = version[m];
      long from = free[m] > floor.begin ? free[m] : setupFrom(m, floor.family[x]);
      setAt[slot] = floor.shifts[m].finish(from, floor.setup(m, family[m], floor.family[x]));
    }
    return floor.open(x, a, Math.max(arrival, setAt[slot]));
  }

  private long setupFrom(int m, int to) {
    return floor.setupFrom(m, used[m] ? free[m] : Long.MIN_VALUE, to);
  }

  /** Takes the next operation out of its queue: of those that are free first, the rule's choice. */
  private int pick() {
    int m = next();
    if (floor.staffed) { // Resources may have gone since the keys were set.
      for (boolean settled = false; !settled; ) {
        long before = earliest[m];
        reconsider(m);
        settled = earliest[m] == before && next() == m;
        m = next();
      }
    }
    long now = earliest[m];
    int chosen = -1;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < queued[m]; i++) {
      int x = queue[m][i];
      if (key[x] > now) {
        continue;
      }
      double p = urgent[x] || floor.fixed[x] >= 0 ? -1e300 : priority(x, now);
      if (noise > 0) {
        p += noise * Math.abs(p) * (draws.unit() - 0.5);
      }
      if (p < best || chosen < 0) {
        best = p;
        chosen = i;
      }
    }
    if (picker != null && best > -1e300) {
      chosen = picked(picker, m, now);
    }
    int x = queue[m][chosen];
    queue[m][chosen] = queue[m][--queued[m]];
    return x;
  }

  private int picked(Picker by, int m, long now) {
    int[] waiting = new int[queued[m]];
    int[] place = new int[queued[m]];
    int count = 0;
    for (int i = 0; i < queued[m]; i++) {
      if (key[queue[m][i]] <= now) {
        waiting[count] = queue[m][i];
        place[count++] = i;
      }
    }
    return place[count == 1 ? 0 : by.pick(m, now, waiting, count, alternative)];
  }

  private int next() {
    int first = 0;
    for (int m = 1; m < floor.machines; m++) {
      first = earliest[m] < earliest[first] ? m : first;
    }
    return first;
  }

  /** The smaller, the sooner. */
  private double priority(int x, long now) {
    if (rank != null) {
      return rank[x];
    }
    int job = floor.jobOf[x];
    double p = Math.max(1, floor.altWork[alternative[x]]);
    double left = Math.max(1, remaining[job]);
    long date = floor.feeding.due[job];
    double due = date == Long.MAX_VALUE ? 1e15 : date;
    return switch (rule) {
      case SPT -> p;
      case LPT -> -p;
      case MWKR -> -left;
      case MOPNR -> -open[job];
      case FDD_MWKR -> (floor.jobRelease[job] + done[job] + p) / left;
      case EDD -> due;
      case WSPT -> left / Math.max(1e-9, floor.feeding.weight[job]);
      case WEIGHTED_DUE -> (due - now) / Math.max(1e-9, floor.feeding.weight[job]);
      case CR -> (due - now) / left;
      case FIFO -> arrival(x, alternative[x]);
      case ATC -> {
        int m = floor.altMachine[alternative[x]];
        double slack = Math.max(0, due - now - left - WAITS * (left - p));
        double set = floor.setup(m, family[m], floor.family[x]);
        yield -worth[x] + slack / (LOOK_AHEAD * scale * meanWork) + set / (scale * meanSetup) + 100;
      }
    };
  }

  private void occupy(int x) {
    int m = floor.altMachine[alternative[x]];
    long at = begin(x, alternative[x], arrival(x, alternative[x]));
    start[x] = at;
    machine[x] = m;
    used[m] = true;
    end[x] = floor.altShifts[alternative[x]].finish(at, floor.altWork[alternative[x]]);
    free[m] = Math.max(free[m], end[x]);
    if (floor.family[x] >= 0) {
      family[m] = floor.family[x];
    }
    version[m]++;
    if (floor.fixed[x] >= 0) {
      nextPinned[m]++;
    }
    int job = floor.jobOf[x];
    remaining[job] -= floor.meanWork(x);
    done[job] += floor.altWork[alternative[x]];
    open[job]--;
    int[] needs = floor.altNeeds[alternative[x]];
    for (int k = 0; k < needs.length; k += 2) {
      Units.hold(unitFree[needs[k]], needs[k + 1], at, end[x]);
    }
    if (picker != null) {
      picker.begun(x, alternative[x], end[x]);
    }
    reconsider(m);
  }
}
