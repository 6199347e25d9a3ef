package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;
import java.util.Arrays;

/**
 * Who holds what in which order in a {@link ShopNet}: every unit of a pool that can run short is a
 * line of its own, on which the operations that hold it stand in the topological order of the net.
 * What moves leaves its units and, when the order is repaired, takes those that fit it best at its
 * place there; so no line can close a cycle. Not thread-safe.
 */
final class NetStaff {

  /** So many units of a pool are looked at for one that fits. */
  private static final int LOOKS = 12;

  private static final int[] NOTHING = {};

  private final ShopNet net;
  private final Floor floor;

  /** The units of pool p are unitStart[p] to unitStart[p + 1] - 1. */
  private final int[] unitStart;

  private final int[][] line;
  private final int[] length;

  /**
   * The slots of operation x are x * slots to x * slots + held[x] - 1: its units and neighbours.
   */
  private final int slots;

  private final int[] held;
  private final int[] unit;
  private final int[] before;
  private final int[] behind;

  // What undo needs.
  private int moved = -1;
  private int oldHeld;
  private final int[] oldUnit;
  private final int[] oldIndex;
  private final int[] oldBehind;
  private final int[] newIndex;

  /** Who would stand right behind an operation that was tried. */
  private final int[] waits;

  private int waiting;

  private final long[] frees;
  private final long[] fit;
  private final int[] fitUnit;
  private final int[] fitIndex;

  NetStaff(ShopNet net, Floor floor) {
    this.net = net;
    this.floor = floor;
    unitStart = new int[floor.capacity.length + 1];
    int most = 0;
    for (int p = 0; p < floor.capacity.length; p++) {
      unitStart[p + 1] = unitStart[p] + floor.capacity[p];
      most = Math.max(most, floor.capacity[p]);
    }
    int units = unitStart[floor.capacity.length];
    line = new int[units][8];
    length = new int[units];
    int widest = 1;
    for (int[] needs : floor.altNeeds) {
      int sum = 0;
      for (int k = 1; k < needs.length; k += 2) {
        sum += needs[k];
      }
      widest = Math.max(widest, sum);
    }
    slots = widest;
    held = new int[floor.n];
    unit = new int[floor.n * slots];
    before = new int[floor.n * slots];
    behind = new int[floor.n * slots];
    oldUnit = new int[slots];
    oldIndex = new int[slots];
    oldBehind = new int[slots];
    newIndex = new int[slots];
    waits = new int[slots];
    frees = new long[most];
    fit = new long[most];
    fitUnit = new int[most];
    fitIndex = new int[most];
  }

  void clear() {
    Arrays.fill(length, 0);
    Arrays.fill(held, 0);
    moved = -1;
  }

  /** When the last of the units that x holds is free for it. */
  long free(int x) {
    if (held[x] == 0 || (floor.fixed[x] >= 0 && floor.fixed[x] < floor.begin)) {
      return Long.MIN_VALUE;
    }
    long free = Long.MIN_VALUE;
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      if (before[s] >= 0) {
        free = Math.max(free, net.end[before[s] / slots]);
      }
    }
    return free;
  }

  /** The operation that holds a unit of x's until last, or -1. */
  int binder(int x) {
    int binder = -1;
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      int y = before[s] < 0 ? -1 : before[s] / slots;
      binder = y >= 0 && (binder < 0 || net.end[y] > net.end[binder]) ? y : binder;
    }
    return binder;
  }

  /** Whether one of the operations before x on its units carries a mark. */
  boolean follows(int x, int[] mark, int stamp) {
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      if (before[s] >= 0 && mark[before[s] / slots] == stamp) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the operations behind x on its units carries a mark. */
  boolean precedes(int x, int[] mark, int stamp) {
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      if (behind[s] >= 0 && mark[behind[s] / slots] == stamp) {
        return true;
      }
    }
    return false;
  }

  /** Marks the operations behind x on its units as to be timed again. */
  void follow(int x) {
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      if (behind[s] >= 0) {
        net.dirty(behind[s] / slots);
      }
    }
  }

  /** What it costs those who would wait for the staff of x, if x ends later than now. */
  double pushed(int x, long end, double[] price) {
    double cost = 0;
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      int y = behind[s] < 0 ? -1 : behind[s] / slots;
      // Who waits for staff alone has handed the price on.
      if (y >= 0 && end > net.start[y] && net.binding[y] != ShopNet.BY_STAFF) {
        cost += (end - net.start[y]) * price[y];
      }
    }
    return cost;
  }

  /** Marks what stood behind the moved operation, and what stands there now. */
  void dirty() {
    for (int k = 0; k < oldHeld; k++) {
      if (oldBehind[k] >= 0) {
        net.dirty(oldBehind[k] / slots);
      }
    }
    follow(moved);
  }

  /** Takes units for an operation behind all others, as a timetable would. */
  void append(int x, long ready) {
    int[] needs = needs(net.alternative[x]);
    if (needs.length == 0) {
      return;
    }
    long free = ready;
    for (int k = 0; k < needs.length; k += 2) {
      int p = needs[k];
      free = Math.max(free, needs[k + 1] == 1 ? soonest(p) : soonest(p, needs[k + 1]));
    }
    long start = net.startAt(x, free);
    for (int k = 0; k < needs.length; k += 2) {
      for (int taken = 0; taken < needs[k + 1]; taken++) {
        int chosen = -1;
        for (int u = unitStart[needs[k]]; u < unitStart[needs[k] + 1]; u++) {
          if (holds(x, u) || last(u) > start) {
            continue;
          }
          chosen = chosen < 0 || last(u) > last(chosen) ? u : chosen;
        }
        link(x, chosen < 0 ? any(x, needs[k]) : chosen, -1);
      }
    }
  }

  /** When one unit of a pool is free. */
  private long soonest(int pool) {
    long least = Long.MAX_VALUE;
    for (int u = unitStart[pool]; u < unitStart[pool + 1]; u++) {
      least = Math.min(least, last(u));
    }
    return least;
  }

  /** When some units of a pool are free. */
  private long soonest(int pool, int amount) {
    int count = floor.capacity[pool];
    for (int u = 0; u < count; u++) {
      frees[u] = last(unitStart[pool] + u);
    }
    Arrays.sort(frees, 0, count);
    return frees[amount - 1];
  }

  /** A unit that is free first, for what begun with more than there are. */
  private int any(int x, int pool) {
    int chosen = -1;
    for (int u = unitStart[pool]; u < unitStart[pool + 1]; u++) {
      if (!holds(x, u) && (chosen < 0 || last(u) < last(chosen))) {
        chosen = u;
      }
    }
    return chosen;
  }

  private boolean holds(int x, int u) {
    for (int s = x * slots, to = s + held[x]; s < to; s++) {
      if (unit[s] == u) {
        return true;
      }
    }
    return false;
  }

  private long last(int u) {
    return length[u] == 0 ? Long.MIN_VALUE : net.end[line[u][length[u] - 1] / slots];
  }

  private int[] needs(int alternative) {
    // What takes no time holds nothing.
    return floor.altWork[alternative] == 0 ? NOTHING : floor.altNeeds[alternative];
  }

  /** Puts a new slot of x onto a unit at an index, or at its end for -1. */
  private void link(int x, int u, int index) {
    int s = x * slots + held[x]++;
    unit[s] = u;
    put(s, u, index < 0 ? length[u] : index);
  }

  private void put(int s, int u, int at) {
    if (length[u] == line[u].length) {
      line[u] = Arrays.copyOf(line[u], 2 * length[u]);
    }
    int[] own = line[u];
    System.arraycopy(own, at, own, at + 1, length[u]++ - at);
    own[at] = s;
    join(at == 0 ? -1 : own[at - 1], s);
    join(s, at + 1 == length[u] ? -1 : own[at + 1]);
  }

  private void take(int u, int at) {
    int[] own = line[u];
    System.arraycopy(own, at + 1, own, at, --length[u] - at);
    join(at == 0 ? -1 : own[at - 1], at == length[u] ? -1 : own[at]);
  }

  private void join(int a, int b) {
    if (a >= 0) {
      behind[a] = b;
    }
    if (b >= 0) {
      before[b] = a;
    }
  }

  /** The first place on a unit whose operation does not stand before a position of the order. */
  private int place(int u, int position) {
    int[] own = line[u];
    int low = 0;
    int high = length[u];
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (net.position(own[mid] / slots) < position) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  /** Takes an operation off its units, before the order changes. */
  void remove(int x) {
    moved = x;
    oldHeld = held[x];
    for (int k = 0; k < oldHeld; k++) {
      int s = x * slots + k;
      oldUnit[k] = unit[s];
      oldBehind[k] = behind[s];
      oldIndex[k] = place(unit[s], net.position(x));
      take(unit[s], oldIndex[k]);
    }
    held[x] = 0;
  }

  /** Gives the units back that were just taken away; the order is as it was. */
  void back() {
    int x = moved;
    held[x] = oldHeld;
    for (int k = oldHeld - 1; k >= 0; k--) {
      unit[x * slots + k] = oldUnit[k];
      put(x * slots + k, oldUnit[k], oldIndex[k]);
    }
  }

  /** Takes the last insertion back. */
  void undo() {
    int x = moved;
    for (int k = held[x] - 1; k >= 0; k--) {
      take(unit[x * slots + k], newIndex[k]);
    }
    back();
  }

  /** Takes the units that fit an operation best at its place in the order. */
  void insert(int x) {
    int[] needs = needs(net.alternative[x]);
    if (needs.length == 0) {
      return;
    }
    long start = net.startAt(x, net.ready(x));
    long end = net.newEnd;
    int position = net.position(x);
    for (int k = 0; k < needs.length; k += 2) {
      choose(x, needs[k], needs[k + 1], position, start, end);
    }
  }

  private void choose(int x, int pool, int amount, int position, long start, long end) {
    int kept = fits(x, pool, amount, position, start, end);
    for (int w = 0; w < kept; w++) {
      newIndex[held[x]] = fitIndex[w];
      link(x, fitUnit[w], fitIndex[w]);
    }
  }

  /**
   * Finds the units that would fit an operation best at a place in the order, its own left out.
   *
   * @return how many there are
   */
  private int fits(int x, int pool, int amount, int position, long start, long end) {
    int first = unitStart[pool];
    int count = unitStart[pool + 1] - first;
    int looks = Math.min(count, Math.max(LOOKS, 2 * amount));
    int offset = looks == count ? 0 : (int) ((x * 2654435761L + position) & 0x7fffffff) % count;
    int kept = 0;
    for (int i = 0; i < looks; i++) {
      int u = first + (offset + i) % count;
      int at = place(u, position);
      long free = freeBefore(u, at, x);
      int behind = nextAt(u, at, x);
      long next = behind < 0 ? Long.MAX_VALUE : net.start[behind];
      long delay = Math.max(0, free - start);
      long push = next == Long.MAX_VALUE ? 0 : Math.max(0, end + delay - next);
      // Who waits least and makes others wait least; then who was busy last.
      long idle = free == Long.MIN_VALUE ? start : Math.max(0, start - free);
      long score = ((delay + push) << 20) + Math.min(idle, (1 << 20) - 1);
      int w = Math.min(kept, amount - 1);
      if (kept == amount && score >= fit[w]) {
        continue;
      }
      while (w > 0 && fit[w - 1] > score) {
        fit[w] = fit[w - 1];
        fitUnit[w] = fitUnit[w - 1];
        fitIndex[w] = fitIndex[w - 1];
        w--;
      }
      fit[w] = score;
      fitUnit[w] = u;
      fitIndex[w] = at;
      kept = Math.min(amount, kept + 1);
    }
    return kept;
  }

  /** When a unit is done with what stands before an index, an operation left out. */
  private long freeBefore(int u, int at, int x) {
    int i = at - 1;
    if (i >= 0 && line[u][i] / slots == x) {
      i--;
    }
    return i < 0 ? Long.MIN_VALUE : net.end[line[u][i] / slots];
  }

  /** The operation at an index of a unit, another one left out; -1 for none. */
  private int nextAt(int u, int at, int x) {
    int i = at < length[u] && line[u][at] / slots == x ? at + 1 : at;
    return i < length[u] ? line[u][i] / slots : -1;
  }

  /**
   * Tries which units an operation would take on an alternative at a place in the order, and who
   * would wait for them.
   *
   * @return when the last of them is free for it
   */
  long tryOn(int x, int alternative, int position, long start, long end) {
    int[] needs = needs(alternative);
    long free = Long.MIN_VALUE;
    waiting = 0;
    for (int k = 0; k < needs.length; k += 2) {
      int kept = fits(x, needs[k], needs[k + 1], position, start, end);
      for (int w = 0; w < kept; w++) {
        free = Math.max(free, freeBefore(fitUnit[w], fitIndex[w], x));
        int next = nextAt(fitUnit[w], fitIndex[w], x);
        if (next >= 0) {
          waits[waiting++] = next;
        }
      }
    }
    return free;
  }

  /** The number of operations that would stand right behind the last one tried. */
  int waiting() {
    return waiting;
  }

  /** One of the operations that would stand right behind the last one tried. */
  int waits(int i) {
    return waits[i];
  }
}
