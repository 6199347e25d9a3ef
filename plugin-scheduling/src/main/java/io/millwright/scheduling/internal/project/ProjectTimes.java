package io.millwright.scheduling.internal.project;

import io.millwright.scheduling.internal.model.Floor;
import java.util.Arrays;

/**
 * Gives the operations of a list their earliest times one by one, gaps included (serial schedule
 * generation scheme, Kolisch 1996), and pushes schedules to the right and to the left again (double
 * justification, Valls, Ballestin and Quintanilla 2005). Not thread-safe.
 */
final class ProjectTimes {

  final int n;
  private final int[] work;
  private final int[][] before;
  private final int[][] behind;
  private final int[] release;
  private final int pools;
  private final int[] capacity;

  /** By operation and pool. */
  private final int[][] need;

  /** What is free from each time to the next, all pools of a time in a row. */
  private final int[] times;

  private final int[] free;
  private int count;

  final int[] start;
  private final int[] mirrored;
  private final int[] sorted;
  private final long[] keys;
  private final int[] place;

  ProjectTimes(Floor floor) {
    n = floor.n;
    work = new int[n];
    release = new int[n];
    before = floor.before;
    behind = floor.behind;
    pools = floor.capacity.length;
    capacity = floor.capacity.clone();
    need = new int[n][pools];
    for (int x = 0; x < n; x++) {
      int a = floor.altStart[x];
      work[x] = (int) floor.altWork[a];
      release[x] = (int) floor.release[x];
      int[] pairs = floor.altNeeds[a];
      for (int k = 0; k < pairs.length; k += 2) {
        need[x][pairs[k]] = pairs[k + 1];
      }
    }
    times = new int[2 * n + 4];
    free = new int[(2 * n + 4) * pools];
    start = new int[n];
    mirrored = new int[n];
    sorted = new int[n];
    keys = new long[n];
    place = new int[n];
  }

  int end(int x) {
    return start[x] + work[x];
  }

  int work(int x) {
    return work[x];
  }

  /** Times a list, which must keep precedence; the makespan. */
  int forward(int[] list) {
    clear();
    int last = 0;
    for (int x : list) {
      int from = release[x];
      for (int y : before[x]) {
        from = Math.max(from, start[y] + work[y]);
      }
      start[x] = take(x, from);
      last = Math.max(last, start[x] + work[x]);
    }
    return last;
  }

  /** Times a list, then justifies to the right and to the left; the list becomes that of starts. */
  int justified(int[] list) {
    int end = forward(list);
    while (true) {
      int better = backAndForth(list, end);
      if (better >= end) {
        return better;
      }
      end = better;
    }
  }

  private int backAndForth(int[] list, int end) {
    for (int i = 0; i < n; i++) {
      int x = list[n - 1 - i];
      keys[i] = (long) (end - start[x] - work[x]) * n + i;
      sorted[i] = x;
    }
    sort();
    clear();
    int span = 0;
    for (int i = 0; i < n; i++) {
      int x = sorted[place[i]];
      int from = 0;
      for (int y : behind[x]) {
        from = Math.max(from, mirrored[y] + work[y]);
      }
      mirrored[x] = take(x, from);
      span = Math.max(span, mirrored[x] + work[x]);
    }
    for (int i = 0; i < n; i++) {
      int x = list[i];
      keys[i] = (long) (span - mirrored[x] - work[x]) * n + i;
      sorted[i] = x;
    }
    sort();
    for (int i = 0; i < n; i++) {
      list[i] = sorted[place[i]];
    }
    return forward(list);
  }

  /** The places of the keys in rising order. */
  private void sort() {
    Arrays.sort(keys);
    for (int i = 0; i < n; i++) {
      place[i] = (int) (keys[i] % n);
    }
  }

  private void clear() {
    times[0] = 0;
    System.arraycopy(capacity, 0, free, 0, pools);
    count = 1;
  }

  /** Takes what an operation needs at the first time from one on at which it is free throughout. */
  private int take(int x, int from) {
    int length = work[x];
    if (length == 0) {
      return from;
    }
    int[] own = need[x];
    int i = interval(from);
    int at = from;
    int k = i;
    while (k < count && times[k] < at + length) {
      if (fits(own, k)) {
        k++;
      } else {
        k++;
        // What is free behind the last time is everything.
        at = times[k];
        i = k;
      }
    }
    hold(own, at, at + length, i);
    return at;
  }

  private boolean fits(int[] own, int interval) {
    int base = interval * pools;
    for (int r = 0; r < pools; r++) {
      if (own[r] > free[base + r]) {
        return false;
      }
    }
    return true;
  }

  /** The interval that a time lies in. */
  private int interval(int time) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int mid = (low + high + 1) >>> 1;
      if (times[mid] <= time) {
        low = mid;
      } else {
        high = mid - 1;
      }
    }
    return low;
  }

  private void hold(int[] own, int from, int to, int near) {
    int first = cut(near, from);
    int k = first;
    while (k < count && times[k] < to) {
      k++;
    }
    int last = k < count && times[k] == to ? k : cut(k - 1, to);
    for (int i = first; i < last; i++) {
      int base = i * pools;
      for (int r = 0; r < pools; r++) {
        free[base + r] -= own[r];
      }
    }
  }

  /** Cuts an interval at a time in it; the interval that begins there. */
  private int cut(int interval, int time) {
    if (times[interval] == time) {
      return interval;
    }
    int at = interval + 1;
    System.arraycopy(times, at, times, at + 1, count - at);
    System.arraycopy(free, at * pools, free, (at + 1) * pools, (count - at) * pools);
    times[at] = time;
    System.arraycopy(free, interval * pools, free, at * pools, pools);
    count++;
    return at;
  }
}
