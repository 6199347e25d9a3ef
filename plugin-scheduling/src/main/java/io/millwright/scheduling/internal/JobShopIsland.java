package io.millwright.scheduling.internal;

import java.util.Arrays;

/**
 * Tabu search with path relinking over a small pool of good plans (after Peng, Lü and Cheng 2015).
 * Two plans are joined through their orders: where both agree on a pair of operations, so does
 * every order between them, hence all are feasible.
 */
final class JobShopIsland implements Island {

  private final Floor floor;
  private final Draws draws;
  private final JobShopTabu tabu;
  private final JobShopGraph graph;
  private final int target;
  private final Settings settings;

  private final int[][] pool;
  private final int[] values;
  private int filled;
  private boolean running;

  private int[] best;
  private int bestValue = Integer.MAX_VALUE;
  private int[] guest = new int[0];
  private int guestValue = Integer.MAX_VALUE;

  private final int[] rankA;
  private final int[] rankB;
  private final long[] keys;
  private final int[] child;

  /**
   * How the search spends its iterations.
   *
   * @param pool plans kept
   * @param patience iterations without a better plan that end a run
   */
  record Settings(int pool, long patience) {}

  JobShopIsland(Floor floor, Draws draws, int target, Settings settings, int[] first) {
    this.floor = floor;
    this.draws = draws;
    this.target = target;
    this.settings = settings;
    graph = graph(floor);
    tabu = new JobShopTabu(graph, floor.jobs, draws);
    pool = new int[settings.pool()][];
    values = new int[settings.pool()];
    rankA = new int[floor.n];
    rankB = new int[floor.n];
    keys = new long[floor.n];
    child = new int[floor.n];
    best = first.clone();
    tabu.start(first);
    bestValue = tabu.bestMakespan();
    running = true;
  }

  static JobShopGraph graph(Floor floor) {
    int[] p = new int[floor.n];
    int[] jp = new int[floor.n];
    for (int x = 0; x < floor.n; x++) {
      p[x] = (int) floor.altWork[x];
      jp[x] = floor.before[x].length == 0 ? floor.n : floor.before[x][0];
    }
    return new JobShopGraph(p, jp, floor.altMachine, floor.machines);
  }

  @Override
  public long advance(long iterations, Stop stop) {
    long done = 0;
    while (done < iterations && bestValue > target && !stop.now()) {
      if (!running) {
        begin();
        running = true;
      }
      // Even a run without a move counts, so that an unmovable plan cannot loop for ever.
      done += Math.max(1, tabu.advance(settings.patience(), iterations - done, target, stop));
      if (tabu.bestMakespan() < bestValue) {
        bestValue = tabu.bestMakespan();
        best = tabu.best().clone();
      }
      if (tabu.idle() >= settings.patience()) {
        keep();
        running = false;
      }
    }
    return done;
  }

  private void begin() {
    if (filled < pool.length) {
      tabu.start(scrambled());
      return;
    }
    int a = draws.below(filled);
    int b = draws.below(filled - 1);
    b = b >= a ? b + 1 : b;
    int[] other = pool[b];
    if (guestValue < Integer.MAX_VALUE && draws.below(4) == 0) {
      other = guest;
    }
    tabu.start(between(pool[a], other));
  }

  /** A new start far from the others: a random walk away from the best plan's order. */
  private int[] scrambled() {
    int n = floor.n;
    for (int i = 0; i < n; i++) {
      keys[i] = draws.nextLong();
    }
    // A random topological order of the jobs: shuffle their names, then deal operations in turn.
    int[] names = new int[n];
    for (int x = 0; x < n; x++) {
      names[x] = floor.jobOf[x];
    }
    for (int i = n - 1; i > 0; i--) {
      int k = draws.below(i + 1);
      int t = names[i];
      names[i] = names[k];
      names[k] = t;
    }
    int[] next = Arrays.copyOf(floor.jobStart, floor.jobs);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = next[names[i]]++;
    }
    return order;
  }

  /** An order between two: the better of a few mixtures, none too near to either end. */
  private int[] between(int[] a, int[] b) {
    rank(a, rankA);
    rank(b, rankB);
    int chosen = 0;
    int value = Integer.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      int share = 30 + draws.below(41);
      mix(share);
      graph.load(child);
      if (graph.makespan < value) {
        value = graph.makespan;
        chosen = share;
      }
    }
    mix(chosen);
    return child;
  }

  private static void rank(int[] order, int[] rank) {
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
  }

  private void mix(int share) {
    int n = floor.n;
    for (int x = 0; x < n; x++) {
      long place = (100L - share) * rankA[x] + (long) share * rankB[x];
      keys[x] = place * n + x;
    }
    Arrays.sort(keys);
    // Ties fall to the smaller number, which within a job is the earlier operation.
    for (int i = 0; i < n; i++) {
      child[i] = (int) (keys[i] % n);
    }
  }

  /** Puts the result of a run into the pool, in place of its twin or of the worst. */
  private void keep() {
    int value = tabu.bestMakespan();
    int[] order = tabu.best();
    if (filled < pool.length) {
      values[filled] = value;
      pool[filled++] = order.clone();
      return;
    }
    rank(order, rankA);
    int worst = 0;
    for (int i = 0; i < filled; i++) {
      if (values[i] > values[worst]) {
        worst = i;
      }
      if (values[i] <= value && near(pool[i])) {
        return;
      }
    }
    if (value <= values[worst]) {
      values[worst] = value;
      pool[worst] = order.clone();
    }
  }

  /** Whether nearly all neighbours on the machines are in the same order as in rankA. */
  private boolean near(int[] order) {
    int[] last = new int[floor.machines];
    Arrays.fill(last, -1);
    int differ = 0;
    for (int x : order) {
      int m = floor.altMachine[x];
      if (last[m] >= 0 && rankA[last[m]] > rankA[x]) {
        differ++;
      }
      last[m] = x;
    }
    return differ * 50 < floor.n;
  }

  @Override
  public Plan best() {
    return new Plan(bestValue, best, floor.altStart, "tabu search with path relinking");
  }

  @Override
  public void receive(Plan plan) {
    if (plan.cost() < guestValue) {
      guestValue = (int) plan.cost();
      guest = plan.order();
    }
  }
}
