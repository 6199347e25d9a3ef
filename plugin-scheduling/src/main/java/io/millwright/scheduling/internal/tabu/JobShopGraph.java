package io.millwright.scheduling.internal.tabu;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import java.util.Arrays;

/**
 * The disjunctive graph of a job shop with all machine sequences chosen: longest paths to and from
 * every operation, kept exact under insertion moves. A topological order is kept beside them and
 * repaired locally, which tests for cycles on the way. Operation {@code n} stands for "none" and
 * has zero length. Not thread-safe.
 */
public final class JobShopGraph {

  final int n;
  final int machines;
  final int[] p;
  final int[] jp;
  final int[] js;
  final int[] machine;

  /** Neighbours on the machine. */
  final int[] mp;

  public final int[] ms;

  /** Earliest end, and longest path from the start of the operation to the end of all. */
  public final int[] end;

  public final int[] tail;

  public final int[] order;
  final int[] pos;
  public int makespan;

  private final int[] lasts;
  private final int[] moved;
  private final int[] mark;
  private int stamp;
  private final boolean[] dirty;

  /**
   * A graph without sequences yet.
   *
   * @param p durations by operation
   * @param jp the operation before it in its job, or n
   * @param machine its machine
   */
  JobShopGraph(int[] p, int[] jp, int[] machine, int machines) {
    this.n = p.length;
    this.machines = machines;
    this.p = Arrays.copyOf(p, n + 1);
    this.jp = Arrays.copyOf(jp, n + 1);
    this.jp[n] = n;
    this.machine = machine;
    js = new int[n + 1];
    Arrays.fill(js, n);
    for (int x = 0; x < n; x++) {
      if (jp[x] != n) {
        js[jp[x]] = x;
      }
    }
    int count = 0;
    int[] last = new int[n];
    for (int x = 0; x < n; x++) {
      if (js[x] == n) {
        last[count++] = x;
      }
    }
    lasts = Arrays.copyOf(last, count);
    mp = new int[n + 1];
    ms = new int[n + 1];
    end = new int[n + 1];
    tail = new int[n + 1];
    order = new int[n];
    pos = new int[n + 1];
    moved = new int[n];
    mark = new int[n + 1];
    dirty = new boolean[n + 1];
  }

  /** The graph of a floor with one machine an operation and chains as jobs. */
  public static JobShopGraph of(Floor floor) {
    int[] p = new int[floor.n];
    int[] jp = new int[floor.n];
    for (int x = 0; x < floor.n; x++) {
      p[x] = (int) floor.altWork[x];
      jp[x] = floor.before[x].length == 0 ? floor.n : floor.before[x][0];
    }
    return new JobShopGraph(p, jp, floor.altMachine, floor.machines);
  }

  /** Takes the machine sequences from an order of all operations that respects the jobs. */
  public void load(int[] sequence) {
    int[] last = new int[machines];
    Arrays.fill(last, n);
    for (int i = 0; i < n; i++) {
      int x = sequence[i];
      order[i] = x;
      pos[x] = i;
      int before = last[machine[x]];
      mp[x] = before;
      if (before != n) {
        ms[before] = x;
      }
      ms[x] = n;
      last[machine[x]] = x;
      end[x] = Math.max(end[jp[x]], end[before]) + p[x];
    }
    mp[n] = n;
    ms[n] = n;
    end[n] = 0;
    tail[n] = 0;
    for (int i = n - 1; i >= 0; i--) {
      int x = order[i];
      tail[x] = Math.max(tail[js[x]], tail[ms[x]]) + p[x];
    }
    measure();
  }

  private void measure() {
    int longest = 0;
    for (int x : lasts) {
      longest = Math.max(longest, end[x]);
    }
    makespan = longest;
  }

  /** A last operation of a job that ends last of all, chosen among ties by the draw. */
  int critical(Draws draws) {
    int chosen = n;
    int ties = 0;
    for (int x : lasts) {
      if (end[x] == makespan && (ties++ == 0 || draws.below(ties) == 0)) {
        chosen = x;
      }
    }
    return chosen;
  }

  /**
   * Moves u right behind v, which follows it on the machine.
   *
   * @return false, with nothing changed, when that would close a cycle
   */
  public boolean moveAfter(int u, int v) {
    int from = pos[u];
    int to = pos[v];
    int first = ms[u];
    // What u leads to through its job, within the stretch, has to move behind v with it.
    stamp++;
    mark[u] = stamp;
    mark[n] = 0;
    int count = 0;
    for (int k = from + 1; k <= to; k++) {
      int x = order[k];
      if (mark[jp[x]] == stamp || (mp[x] != u && mark[mp[x]] == stamp)) {
        if (x == v) {
          return false;
        }
        mark[x] = stamp;
      }
    }
    moved[count++] = u;
    int w = from;
    for (int k = from + 1; k <= to; k++) {
      int x = order[k];
      if (mark[x] == stamp) {
        moved[count++] = x;
      } else {
        order[w] = x;
        pos[x] = w++;
      }
    }
    for (int k = 0; k < count; k++, w++) {
      order[w] = moved[k];
      pos[moved[k]] = w;
    }
    int before = mp[u];
    int behind = ms[v];
    link(before, first);
    link(v, u);
    link(u, behind);
    heads(from, first, u, behind);
    tails(to, v, u, before);
    measure();
    return true;
  }

  /**
   * Moves v right before u, which precedes it on the machine.
   *
   * @return false, with nothing changed, when that would close a cycle
   */
  public boolean moveBefore(int v, int u) {
    int from = pos[u];
    int to = pos[v];
    int last = mp[v];
    stamp++;
    mark[v] = stamp;
    mark[n] = 0;
    for (int k = to - 1; k >= from; k--) {
      int x = order[k];
      if (mark[js[x]] == stamp || (ms[x] != v && mark[ms[x]] == stamp)) {
        if (x == u) {
          return false;
        }
        mark[x] = stamp;
      }
    }
    int count = 0;
    moved[count++] = v;
    int w = to;
    for (int k = to - 1; k >= from; k--) {
      int x = order[k];
      if (mark[x] == stamp) {
        moved[count++] = x;
      } else {
        order[w] = x;
        pos[x] = w--;
      }
    }
    for (int k = 0; k < count; k++, w--) {
      order[w] = moved[k];
      pos[moved[k]] = w;
    }
    int before = mp[u];
    int behind = ms[v];
    link(last, behind);
    link(before, v);
    link(v, u);
    heads(from, v, u, behind);
    tails(to, last, v, before);
    measure();
    return true;
  }

  private void link(int a, int b) {
    ms[a] = b;
    mp[b] = a;
    // Operation n is a neighbour of many; it must stay neutral.
    mp[n] = n;
    ms[n] = n;
  }

  private void heads(int from, int a, int b, int c) {
    dirty[a] = true;
    dirty[b] = true;
    int until = Math.max(pos[a], pos[b]);
    if (c != n) {
      dirty[c] = true;
      until = Math.max(until, pos[c]);
    }
    for (int k = from; k <= until; k++) {
      int x = order[k];
      if (dirty[x]) {
        dirty[x] = false;
        int e = Math.max(end[jp[x]], end[mp[x]]) + p[x];
        if (e != end[x]) {
          end[x] = e;
          int y = js[x];
          int z = ms[x];
          if (y != n) {
            dirty[y] = true;
            until = Math.max(until, pos[y]);
          }
          if (z != n) {
            dirty[z] = true;
            until = Math.max(until, pos[z]);
          }
        }
      }
    }
  }

  private void tails(int from, int a, int b, int c) {
    dirty[a] = true;
    dirty[b] = true;
    int until = Math.min(pos[a], pos[b]);
    if (c != n) {
      dirty[c] = true;
      until = Math.min(until, pos[c]);
    }
    for (int k = from; k >= until; k--) {
      int x = order[k];
      if (dirty[x]) {
        dirty[x] = false;
        int t = Math.max(tail[js[x]], tail[ms[x]]) + p[x];
        if (t != tail[x]) {
          tail[x] = t;
          int y = jp[x];
          int z = mp[x];
          if (y != n) {
            dirty[y] = true;
            until = Math.min(until, pos[y]);
          }
          if (z != n) {
            dirty[z] = true;
            until = Math.min(until, pos[z]);
          }
        }
      }
    }
  }
}
