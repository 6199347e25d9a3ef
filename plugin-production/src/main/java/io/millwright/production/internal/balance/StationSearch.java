package io.millwright.production.internal.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills stations one after the other: from each kept set of assigned tasks all maximal station
 * loads are tried, up to a number; of the sets that they lead to, the best are kept. When nothing
 * was cut away, an empty end proves that there is no such line (bounded dynamic programming,
 * Bautista and Pereira 2009; branch, bound and remember, Sewell and Jacobson 2012).
 */
final class StationSearch {

  /** What a search found. */
  record Found(int @Nullable [] stationOf, boolean complete) {}

  private static final class State {
    final long[] done;
    final long assigned;
    final @Nullable State parent;
    final double score;

    State(long[] done, long assigned, @Nullable State parent, double score) {
      this.done = done;
      this.assigned = assigned;
      this.parent = parent;
      this.score = score;
    }
  }

  private record Key(long[] bits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key k && Arrays.equals(bits, k.bits);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bits);
    }
  }

  private final Line line;
  private final long cycle;
  private final int stations;
  private final int width;
  private final int loads;
  private final BooleanSupplier stopped;
  private final int words;
  private final Integer[] order;
  private final long[] latest;

  private boolean complete = true;
  private int tried;
  private long steps;
  private final int[] open;
  private long[] load;
  private long slackAllowed;
  private Map<Key, State> next = new HashMap<>();

  StationSearch(
      Line line, long cycle, int stations, int width, int loads, BooleanSupplier stopped) {
    this.line = line;
    this.cycle = cycle;
    this.stations = stations;
    this.width = width;
    this.loads = loads;
    this.stopped = stopped;
    words = (line.n + 63) / 64;
    load = new long[words];
    open = new int[line.n];
    order = new Integer[line.n];
    latest = new long[line.n];
    for (int i = 0; i < line.n; i++) {
      order[i] = i;
      latest[i] = stations + 1 - (line.weight[i] + cycle - 1) / cycle;
    }
    Arrays.sort(
        order,
        Comparator.<Integer>comparingLong(i -> -line.weight[i])
            .thenComparingLong(i -> -line.time[i]));
  }

  /** Looks for a line of at most so many stations. */
  Found run() {
    List<State> level = List.of(new State(new long[words], 0, null, 0));
    for (int s = 1; s <= stations; s++) {
      next = new HashMap<>();
      for (State state : level) {
        if (stopped.getAsBoolean()) {
          return new Found(null, false);
        }
        expand(state, s);
      }
      for (State state : next.values()) {
        if (state.assigned == line.total && full(state.done)) {
          return new Found(stationsOf(state, s), complete);
        }
      }
      level = best(new ArrayList<>(next.values()));
      if (level.isEmpty()) {
        return new Found(null, complete);
      }
    }
    return new Found(null, complete);
  }

  private boolean full(long[] done) {
    int count = 0;
    for (long w : done) {
      count += Long.bitCount(w);
    }
    return count == line.n;
  }

  private List<State> best(List<State> all) {
    if (all.size() <= width) {
      return all;
    }
    complete = false;
    all.sort(
        Comparator.<State>comparingDouble(s -> -s.score)
            .thenComparing((a, b) -> Arrays.compare(a.done, b.done)));
    return all.subList(0, width);
  }

  private void expand(State state, int s) {
    int[] candidates = new int[line.n];
    int count = 0;
    for (int k = 0; k < line.n; k++) {
      int i = order[k];
      if (!has(state.done, i)) {
        open[i] = 0;
        for (int b : line.before[i]) {
          open[i] += has(state.done, b) ? 0 : 1;
        }
        if (open[i] == 0) {
          candidates[count++] = i;
        }
      }
    }
    tried = 0;
    Arrays.fill(load, 0);
    // All idle time that the stations may have, less what the stations before took.
    slackAllowed = stations * cycle - line.total - ((s - 1) * cycle - state.assigned);
    fill(state, s, candidates, count, 0, cycle);
  }

  private boolean has(long[] set, int i) {
    return (set[i >> 6] >>> (i & 63) & 1) != 0;
  }

  /** Chooses among candidates from a place on; tasks freed on the way join at the end. */
  private void fill(State state, int s, int[] candidates, int count, int from, long room) {
    if (tried >= loads) {
      complete = false;
      return;
    }
    if ((++steps & 0x3FF) == 0 && stopped.getAsBoolean()) {
      complete = false;
      tried = loads;
      return;
    }
    boolean maximal = true;
    for (int k = 0; k < count && maximal; k++) {
      int i = candidates[k];
      maximal = k >= from ? line.time[i] > room : has(load, i) || line.time[i] > room;
    }
    if (maximal) {
      if (room <= slackAllowed) {
        keep(state, s, room);
      }
      return;
    }
    for (int k = from; k < count; k++) {
      int i = candidates[k];
      if (line.time[i] > room) {
        continue;
      }
      load[i >> 6] |= 1L << (i & 63);
      int more = count;
      for (int j : line.after[i]) {
        if (--open[j] == 0) {
          candidates[more++] = j;
        }
      }
      // Tasks before k that were passed over may still fit: such loads are not maximal.
      fill(state, s, candidates, more, k + 1, room - line.time[i]);
      for (int j : line.after[i]) {
        open[j]++;
      }
      load[i >> 6] &= ~(1L << (i & 63));
      if (tried >= loads) {
        return;
      }
    }
  }

  private void keep(State state, int s, long room) {
    tried++;
    long[] done = state.done.clone();
    for (int w = 0; w < words; w++) {
      done[w] |= load[w];
    }
    long rest = line.total - (state.assigned + cycle - room);
    if ((rest + cycle - 1) / cycle > stations - s) {
      return;
    }
    double weights = 0;
    int free = 0;
    for (int i = 0; i < line.n; i++) {
      if (!has(done, i)) {
        if (latest[i] <= s) {
          return;
        }
        boolean ready = true;
        for (int b : line.before[i]) {
          ready &= has(done, b);
        }
        free += ready ? 1 : 0;
        weights += (double) line.weight[i] * line.time[i];
      }
    }
    double score =
        (double) (state.assigned + cycle - room) / cycle
            + 0.02 * free
            - 0.05 * weights / ((double) cycle * Math.max(1, line.total / cycle) * cycle);
    Key key = new Key(done);
    State known = next.get(key);
    if (known == null) {
      next.put(key, new State(done, state.assigned + cycle - room, state, score));
    }
  }

  private int[] stationsOf(State end, int s) {
    int[] of = new int[line.n];
    State state = end;
    for (int at = s; at >= 1; at--) {
      State parent = state.parent;
      if (parent == null) {
        break;
      }
      for (int i = 0; i < line.n; i++) {
        if (has(state.done, i) && !has(parent.done, i)) {
          of[i] = at - 1;
        }
      }
      state = parent;
    }
    return of;
  }
}
