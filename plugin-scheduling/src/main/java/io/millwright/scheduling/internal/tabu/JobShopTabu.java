package io.millwright.scheduling.internal.tabu;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Stop;
import java.util.Arrays;

/**
 * Tabu search for the makespan of a job shop. Neighbourhood N7 (Zhang, Li, Guan and Rao 2007) on
 * the blocks of one critical path: the operations of a block go to its ends, and its ends go
 * inside. Moves are judged by the head and tail estimate of Balas and Vazacopoulos (1998). Not
 * thread-safe.
 */
public final class JobShopTabu implements Walk {

  /** The largest number of pairs of operations that are told apart; a power of two. */
  private static final int TABLE = 1 << 23;

  final JobShopGraph graph;
  private final Draws draws;
  private final int tenure;
  private final int spread;

  /**
   * The iteration until which "a before b" is forbidden, by slot of a and index of b. A move is
   * forbidden when all that it would restore is.
   */
  private final int[] tabu;

  private final int[] slot;
  private final int mask;
  private final int[] index;
  private int clock;

  private final int[] path;
  private final int[] heads;
  private final int[] best;
  private final int[] alternative;
  private int bestMakespan;
  private long idle;
  private boolean stuck;

  private int moveA;
  private int moveB;
  private boolean moveForward;
  private int moveValue;
  private int ties;
  private int loose;
  private int looseA;
  private int looseB;
  private boolean looseForward;

  public JobShopTabu(Floor floor, Draws draws) {
    graph = JobShopGraph.of(floor);
    int jobs = floor.jobs;
    alternative = floor.altStart;
    this.draws = draws;
    int n = graph.n;
    int[] count = new int[graph.machines];
    index = new int[n];
    for (int x = 0; x < n; x++) {
      index[x] = count[graph.machine[x]]++;
    }
    slot = new int[n];
    long total = 0;
    for (int x = 0; x < n; x++) {
      total += count[graph.machine[x]];
    }
    // Large shops share a table of fixed size: pairs that fall together forbid a little too much.
    boolean exact = total <= TABLE;
    mask = exact ? Integer.MAX_VALUE : TABLE - 1;
    int next = 0;
    for (int x = 0; x < n; x++) {
      slot[x] = exact ? next : x * 0x9E3779B1;
      next += count[graph.machine[x]];
    }
    tabu = new int[exact ? (int) total : TABLE];
    int l = 10 + jobs / Math.max(1, graph.machines);
    tenure = l;
    spread = Math.max(1, (int) (jobs <= 2 * graph.machines ? 0.4 * l : 0.5 * l)) + 1;
    path = new int[n];
    heads = new int[n];
    best = new int[n];
  }

  @Override
  public int bestMakespan() {
    return bestMakespan;
  }

  @Override
  public int[] bestOrder() {
    return best;
  }

  @Override
  public int[] bestAlternative() {
    return alternative;
  }

  @Override
  public void start(int[] order, int[] alternatives) {
    graph.load(order);
    forget();
    System.arraycopy(graph.order, 0, best, 0, graph.n);
    bestMakespan = graph.makespan;
    idle = 0;
    stuck = false;
  }

  @Override
  public long idle() {
    return stuck ? Long.MAX_VALUE : idle;
  }

  @Override
  public long advance(long patience, long limit, int target, Stop stop) {
    long done = 0;
    while (done < limit && idle() < patience && bestMakespan > target) {
      if ((done & 31) == 0 && stop.now()) {
        break;
      }
      done++;
      clock++;
      idle++;
      stuck = !step();
      if (graph.makespan < bestMakespan) {
        bestMakespan = graph.makespan;
        System.arraycopy(graph.order, 0, best, 0, graph.n);
        idle = 0;
      }
    }
    return done;
  }

  /** What was forbidden in one run means nothing in the next. */
  private void forget() {
    clock += tenure + spread + 1;
    if (clock > 1 << 30) {
      Arrays.fill(tabu, 0);
      clock = 1;
    }
  }

  private boolean step() {
    moveValue = Integer.MAX_VALUE;
    ties = 0;
    loose = 0;
    int length = criticalPath();
    int from = 0;
    for (int i = 1; i <= length; i++) {
      if (i == length || graph.machine[path[i]] != graph.machine[path[from]]) {
        if (i - from > 1) {
          block(from, i - 1, from == 0, i == length);
        }
        from = i;
      }
    }
    if (moveValue == Integer.MAX_VALUE) {
      if (loose == 0) {
        return false;
      }
      moveA = looseA;
      moveB = looseB;
      moveForward = looseForward;
    }
    perform();
    return true;
  }

  /** Fills the path with operations from first to last; block borders are machine changes. */
  private int criticalPath() {
    int n = graph.n;
    int x = graph.critical(draws);
    int at = n;
    while (x != n) {
      path[--at] = x;
      int start = graph.end[x] - graph.p[x];
      int j = graph.jp[x];
      int m = graph.mp[x];
      boolean viaJob = j != n && graph.end[j] == start;
      boolean viaMachine = m != n && graph.end[m] == start;
      if (viaJob && viaMachine) {
        viaJob = (draws.nextLong() & 1) == 0;
      }
      x = viaJob ? j : viaMachine ? m : n;
    }
    System.arraycopy(path, at, path, 0, n - at);
    return n - at;
  }

  private void block(int from, int to, boolean first, boolean last) {
    int head = path[from];
    int foot = path[to];
    if (to - from == 1) {
      after(head, foot);
      return;
    }
    for (int i = from; i < to; i++) {
      if (!last || i == from) {
        after(path[i], foot);
      }
    }
    for (int i = from + 1; i <= to; i++) {
      if (!first || i == to) {
        before(path[i], head);
      }
    }
    for (int i = from + 1; i < to; i++) {
      if (!first) {
        after(head, path[i]);
      }
      if (!last) {
        before(foot, path[i]);
      }
    }
  }

  /** Considers moving u right behind v. */
  private void after(int u, int v) {
    JobShopGraph g = graph;
    int afterU = g.js[u];
    if (afterU != g.n && (v == afterU || g.tail[v] < g.tail[afterU])) {
      return;
    }
    int count = 0;
    int free = g.end[g.mp[u]];
    boolean forbidden = true;
    int bound = moveValue;
    for (int x = g.ms[u]; ; x = g.ms[x]) {
      int start = Math.max(g.end[g.jp[x]], free);
      heads[count++] = start;
      free = start + g.p[x];
      forbidden &= tabu[(slot[x] + index[u]) & mask] > clock;
      if (x == v) {
        break;
      }
    }
    int start = Math.max(g.end[g.jp[u]], free);
    int rest = Math.max(g.tail[afterU], g.tail[g.ms[v]]) + g.p[u];
    int value = start + rest;
    for (int x = v; x != u; x = g.mp[x]) {
      rest = Math.max(g.tail[g.js[x]], rest) + g.p[x];
      value = Math.max(value, heads[--count] + rest);
      if (value > bound) {
        break;
      }
    }
    offer(u, v, true, value, forbidden);
  }

  /** Considers moving v right before u. */
  private void before(int v, int u) {
    JobShopGraph g = graph;
    int beforeV = g.jp[v];
    if (beforeV != g.n && (u == beforeV || g.end[u] < g.end[beforeV])) {
      return;
    }
    int count = 0;
    int rest = g.tail[g.ms[v]];
    boolean forbidden = true;
    int bound = moveValue;
    for (int x = g.mp[v]; ; x = g.mp[x]) {
      rest = Math.max(g.tail[g.js[x]], rest) + g.p[x];
      heads[count++] = rest;
      forbidden &= tabu[(slot[v] + index[x]) & mask] > clock;
      if (x == u) {
        break;
      }
    }
    int start = Math.max(g.end[beforeV], g.end[g.mp[u]]);
    int value = start + g.p[v] + Math.max(g.tail[g.js[v]], rest);
    int free = start + g.p[v];
    for (int x = u; x != v; x = g.ms[x]) {
      start = Math.max(g.end[g.jp[x]], free);
      value = Math.max(value, start + heads[--count]);
      free = start + g.p[x];
      if (value > bound) {
        break;
      }
    }
    offer(v, u, false, value, forbidden);
  }

  private void offer(int a, int b, boolean forward, int value, boolean forbidden) {
    if (forbidden && value >= bestMakespan) {
      if (draws.below(++loose) == 0) {
        looseA = a;
        looseB = b;
        looseForward = forward;
      }
      return;
    }
    if (value > moveValue) {
      return;
    }
    if (value < moveValue) {
      ties = 0;
    }
    if (draws.below(++ties) == 0) {
      moveA = a;
      moveB = b;
      moveForward = forward;
    }
    moveValue = value;
  }

  private void perform() {
    JobShopGraph g = graph;
    int until = clock + tenure + draws.below(spread);
    if (moveForward) {
      for (int x = g.ms[moveA]; ; x = g.ms[x]) {
        tabu[(slot[moveA] + index[x]) & mask] = until;
        if (x == moveB) {
          break;
        }
      }
      g.moveAfter(moveA, moveB);
    } else {
      for (int x = g.mp[moveA]; ; x = g.mp[x]) {
        tabu[(slot[x] + index[moveA]) & mask] = until;
        if (x == moveB) {
          break;
        }
      }
      g.moveBefore(moveA, moveB);
    }
  }
}
