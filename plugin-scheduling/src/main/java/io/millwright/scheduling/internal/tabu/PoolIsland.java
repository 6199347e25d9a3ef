package io.millwright.scheduling.internal.tabu;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tabu search with path relinking over a small pool of good plans (after Peng, Lü and Cheng 2015).
 * Two plans are joined through their orders: where both agree on a pair of operations, so does
 * every order between them, hence all are feasible.
 */
public final class PoolIsland implements Island {

  private final Floor floor;
  private final Draws draws;
  private final Walk tabu;
  private final int target;
  private final Settings settings;
  private final String name;

  private final Plan[] pool;
  private int filled;
  private boolean running;

  private Plan best;
  private @Nullable Plan guest;

  private final int[] rankA;
  private final int[] rankB;
  private final long[] keys;
  private final int[] child;
  private final int[] childAlternative;

  /**
   * How the search spends its iterations.
   *
   * @param pool plans kept
   * @param patience iterations without a better plan that end a run
   */
  public record Settings(int pool, long patience) {

    public static Settings forJobShop() {
      return new Settings(8, 10_000);
    }

    public static Settings forFlexible(boolean exactly) {
      return new Settings(5, exactly ? 700 : 2_000);
    }
  }

  public PoolIsland(
      Floor floor, Walk tabu, Draws draws, int target, Settings settings, Plan first, String name) {
    this.floor = floor;
    this.draws = draws;
    this.target = target;
    this.settings = settings;
    this.tabu = tabu;
    this.name = name;
    pool = new Plan[settings.pool()];
    rankA = new int[floor.n];
    rankB = new int[floor.n];
    keys = new long[floor.n];
    child = new int[floor.n];
    childAlternative = new int[floor.n];
    tabu.start(first.order(), first.alternative());
    best = result();
    running = true;
  }

  @Override
  public long advance(long iterations, Stop stop) {
    long done = 0;
    while (done < iterations && best.cost() > target && !stop.now()) {
      if (!running) {
        begin();
        running = true;
      }
      // Even a run without a move counts, so that an unmovable plan cannot loop for ever.
      done += Math.max(1, tabu.advance(settings.patience(), iterations - done, target, stop));
      if (tabu.bestMakespan() < best.cost()) {
        best = result();
      }
      if (tabu.idle() >= settings.patience()) {
        keep();
        running = false;
      }
    }
    return done;
  }

  private Plan result() {
    return new Plan(
        tabu.bestMakespan(), tabu.bestOrder().clone(), tabu.bestAlternative().clone(), name);
  }

  private void begin() {
    if (filled < pool.length) {
      scrambled();
    } else {
      int a = draws.below(filled);
      int b = draws.below(Math.max(1, filled - 1));
      b = b >= a && filled > 1 ? b + 1 : b;
      Plan visitor = guest;
      between(pool[a], visitor != null && draws.below(4) == 0 ? visitor : pool[b]);
    }
    tabu.start(child, childAlternative);
  }

  /** A random start: operations dealt job by job in random turns, alternatives by lot. */
  private void scrambled() {
    int n = floor.n;
    int[] names = keysOfJobs();
    int[] next = Arrays.copyOf(floor.jobStart, floor.jobs);
    for (int i = 0; i < n; i++) {
      child[i] = next[names[i]]++;
      int x = child[i];
      childAlternative[x] = floor.altStart[x] + draws.below(floor.alternatives(x));
    }
  }

  private int[] keysOfJobs() {
    int[] names = floor.jobOf.clone();
    for (int i = names.length - 1; i > 0; i--) {
      int k = draws.below(i + 1);
      int t = names[i];
      names[i] = names[k];
      names[k] = t;
    }
    return names;
  }

  /** A plan between two, none too near to either end. */
  private void between(Plan a, Plan b) {
    rank(a.order(), rankA);
    rank(b.order(), rankB);
    int share = 30 + draws.below(41);
    mix(share);
    for (int x = 0; x < floor.n; x++) {
      childAlternative[x] = (draws.below(100) < share ? b : a).alternative()[x];
    }
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

  /** Puts the result of a run into the pool, in place of the worst, unless it has a twin there. */
  private void keep() {
    Plan plan = result();
    if (filled < pool.length) {
      pool[filled++] = plan;
      return;
    }
    rank(plan.order(), rankA);
    int worst = 0;
    for (int i = 0; i < filled; i++) {
      if (pool[i].cost() > pool[worst].cost()) {
        worst = i;
      }
      if (pool[i].cost() <= plan.cost() && near(pool[i], plan)) {
        return;
      }
    }
    if (plan.cost() <= pool[worst].cost()) {
      pool[worst] = plan;
    }
  }

  /** Whether nearly all neighbours on the machines are in the same order as in rankA. */
  private boolean near(Plan other, Plan plan) {
    int[] last = new int[floor.machines];
    Arrays.fill(last, -1);
    int differ = 0;
    for (int x : other.order()) {
      if (other.alternative()[x] != plan.alternative()[x]) {
        differ++;
      }
      int m = floor.altMachine[other.alternative()[x]];
      if (last[m] >= 0 && rankA[last[m]] > rankA[x]) {
        differ++;
      }
      last[m] = x;
    }
    return differ * 50 < floor.n;
  }

  @Override
  public Plan best() {
    return best;
  }

  @Override
  public void receive(Plan plan) {
    Plan visitor = guest;
    if (visitor == null || plan.cost() < visitor.cost()) {
      guest = plan;
    }
  }
}
