package io.millwright.scheduling.internal.tabu;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import java.util.Arrays;

/**
 * The disjunctive graph of a flexible job shop of plain chains: like {@link JobShopGraph}, but an
 * operation can be taken out, its best place judged exactly, and put in elsewhere. Operation {@code
 * n} stands for "none". Not thread-safe.
 */
public final class FlexGraph {

  final Floor floor;
  final int n;
  final int[] alternative;
  final int[] machine;
  final int[] p;
  final int[] jp;
  final int[] js;
  final int[] mp;
  final int[] ms;

  /** The first operation of each machine, or n. */
  final int[] first;

  final int[] end;
  final int[] tail;
  final int[] order;
  final int[] pos;
  int makespan;

  private final int[] moved;
  private final int[] mark;
  private int stamp;
  private final boolean[] dirty;

  FlexGraph(Floor floor) {
    this.floor = floor;
    n = floor.n;
    alternative = new int[n];
    machine = new int[n];
    p = new int[n + 1];
    jp = new int[n + 1];
    js = new int[n + 1];
    Arrays.fill(jp, n);
    Arrays.fill(js, n);
    for (int x = 0; x < n; x++) {
      if (floor.before[x].length > 0) {
        jp[x] = floor.before[x][0];
        js[jp[x]] = x;
      }
    }
    mp = new int[n + 1];
    ms = new int[n + 1];
    first = new int[floor.machines];
    end = new int[n + 1];
    tail = new int[n + 1];
    order = new int[n];
    pos = new int[n + 1];
    moved = new int[n];
    mark = new int[n + 1];
    dirty = new boolean[n + 1];
  }

  void load(int[] sequence, int[] alternatives) {
    int[] last = new int[floor.machines];
    Arrays.fill(last, n);
    Arrays.fill(first, n);
    for (int i = 0; i < n; i++) {
      int x = sequence[i];
      order[i] = x;
      pos[x] = i;
      assign(x, alternatives[x]);
      int m = machine[x];
      int before = last[m];
      mp[x] = before;
      if (before == n) {
        first[m] = x;
      } else {
        ms[before] = x;
      }
      ms[x] = n;
      last[m] = x;
      end[x] = Math.max(end[jp[x]], end[before]) + p[x];
    }
    mp[n] = n;
    ms[n] = n;
    for (int i = n - 1; i >= 0; i--) {
      int x = order[i];
      tail[x] = Math.max(tail[js[x]], tail[ms[x]]) + p[x];
    }
    measure();
  }

  private void assign(int x, int alt) {
    alternative[x] = alt;
    machine[x] = floor.altMachine[alt];
    p[x] = (int) floor.altWork[alt];
  }

  private void measure() {
    makespan = 0;
    for (int j = 0; j < floor.jobs; j++) {
      makespan = Math.max(makespan, end[floor.jobStart[j + 1] - 1]);
    }
  }

  /** A last operation of a job that ends last of all, chosen among ties by the draw. */
  int critical(Draws draws) {
    int chosen = n;
    int ties = 0;
    for (int j = 0; j < floor.jobs; j++) {
      int x = floor.jobStart[j + 1] - 1;
      if (end[x] == makespan && (ties++ == 0 || draws.below(ties) == 0)) {
        chosen = x;
      }
    }
    return chosen;
  }

  /**
   * Takes x out of its machine's sequence: it then takes no time and waits for no machine. The
   * heads and tails of all others become those of the plan without it.
   */
  void take(int x) {
    int before = mp[x];
    int behind = ms[x];
    link(machine[x], before, behind);
    mp[x] = n;
    ms[x] = n;
    p[x] = 0;
    update(x, behind, before);
  }

  /** Puts x, which was taken out, behind an operation of the alternative's machine, or first. */
  boolean put(int x, int alt, int before) {
    int m = floor.altMachine[alt];
    int behind = before == n ? first[m] : ms[before];
    assign(x, alt);
    link(m, before, x);
    link(m, x, behind);
    if (!reorder(x, before, behind)) {
      link(m, before, behind);
      mp[x] = n;
      ms[x] = n;
      p[x] = 0;
      return false;
    }
    update(x, behind, before);
    return true;
  }

  /** The makespan after changes; not kept current by take and put. */
  void settle() {
    measure();
  }

  private void link(int m, int a, int b) {
    if (a == n) {
      first[m] = b;
    } else {
      ms[a] = b;
    }
    if (b != n) {
      mp[b] = a;
    }
  }

  private boolean reorder(int x, int before, int behind) {
    if (before != n && pos[before] > pos[x]) {
      return forward(x, before);
    }
    return behind == n || pos[behind] > pos[x] || backward(x, behind);
  }

  private boolean forward(int x, int before) {
    int from = pos[x];
    int to = pos[before];
    mark[x] = ++stamp;
    for (int k = from + 1; k <= to; k++) {
      int y = order[k];
      if (mark[jp[y]] == stamp || mark[mp[y]] == stamp) {
        if (y == before) {
          return false;
        }
        mark[y] = stamp;
      }
    }
    int count = 0;
    int w = from;
    for (int k = from; k <= to; k++) {
      int y = order[k];
      if (mark[y] == stamp) {
        moved[count++] = y;
      } else {
        order[w] = y;
        pos[y] = w++;
      }
    }
    for (int k = 0; k < count; k++, w++) {
      order[w] = moved[k];
      pos[moved[k]] = w;
    }
    return true;
  }

  private boolean backward(int x, int behind) {
    int from = pos[behind];
    int to = pos[x];
    mark[x] = ++stamp;
    for (int k = to - 1; k >= from; k--) {
      int y = order[k];
      if (mark[js[y]] == stamp || mark[ms[y]] == stamp) {
        if (y == behind) {
          return false;
        }
        mark[y] = stamp;
      }
    }
    int count = 0;
    int w = to;
    for (int k = to; k >= from; k--) {
      int y = order[k];
      if (mark[y] == stamp) {
        moved[count++] = y;
      } else {
        order[w] = y;
        pos[y] = w--;
      }
    }
    for (int k = 0; k < count; k++, w--) {
      order[w] = moved[k];
      pos[moved[k]] = w;
    }
    return true;
  }

  private void update(int x, int behind, int before) {
    int from = pos[x];
    int until = from;
    dirty[x] = true;
    if (behind != n) {
      dirty[behind] = true;
      from = Math.min(from, pos[behind]);
      until = Math.max(until, pos[behind]);
    }
    for (int k = from; k <= until; k++) {
      int y = order[k];
      if (dirty[y]) {
        dirty[y] = false;
        int e = Math.max(end[jp[y]], end[mp[y]]) + p[y];
        if (e != end[y]) {
          end[y] = e;
          int a = js[y];
          int b = ms[y];
          if (a != n) {
            dirty[a] = true;
            until = Math.max(until, pos[a]);
          }
          if (b != n) {
            dirty[b] = true;
            until = Math.max(until, pos[b]);
          }
        }
      }
    }
    from = pos[x];
    until = from;
    dirty[x] = true;
    if (before != n) {
      dirty[before] = true;
      from = Math.max(from, pos[before]);
      until = Math.min(until, pos[before]);
    }
    for (int k = from; k >= until; k--) {
      int y = order[k];
      if (dirty[y]) {
        dirty[y] = false;
        int t = Math.max(tail[js[y]], tail[ms[y]]) + p[y];
        if (t != tail[y]) {
          tail[y] = t;
          int a = jp[y];
          int b = mp[y];
          if (a != n) {
            dirty[a] = true;
            until = Math.min(until, pos[a]);
          }
          if (b != n) {
            dirty[b] = true;
            until = Math.min(until, pos[b]);
          }
        }
      }
    }
  }
}
