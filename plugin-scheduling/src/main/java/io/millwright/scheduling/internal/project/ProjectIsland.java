package io.millwright.scheduling.internal.project;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Orders;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A genetic algorithm over activity lists with two-point crossover (Hartmann 1998), every child
 * doubly justified; a population that has become alike gives way to a new one. One iteration is one
 * child.
 */
public final class ProjectIsland implements Island {

  private static final int POPULATION = 60;

  /** Children in a row that came to nothing before the population gives way, by its size. */
  private static final int PATIENCE = 10;

  private static final double SWAP = 0.05;

  /** New lists follow the tails only a little: what all of them share no crossover undoes. */
  private static final double CHANCE = 20;

  private final Floor floor;
  private final Draws draws;
  private final double target;
  private final ProjectTimes times;
  private final Timetable timetable;
  private final double priceOfEnd;

  private final int[][] lists = new int[POPULATION][];
  private final int[] ends = new int[POPULATION];
  private final long[] prints = new long[POPULATION];
  private int filled;
  private int barren;
  private int populations;

  private final int[] latest;
  private final boolean[] taken;
  private int[] bestList;
  private int bestEnd;
  private Plan best;

  /**
   * Whether a shop is such a project: machines nobody shares, one way to do each operation, no
   * calendar, and nothing that binds but precedence and pools.
   */
  public static boolean fits(Floor floor, Goal goal) {
    if (!goal.makespanOnly()
        || !floor.staffed
        || !floor.apart()
        || !floor.dedicated()
        || !floor.small()
        || floor.waits.any
        || floor.conditions.any
        || floor.deadlines
        || floor.shop.permutation()) {
      return false;
    }
    for (int m = 0; m < floor.machines; m++) {
      if (floor.setups[m] != null) {
        return false;
      }
    }
    return IntStream.range(0, floor.n)
        .allMatch(x -> floor.fixed[x] < 0 && floor.altShifts[floor.altStart[x]].always());
  }

  public ProjectIsland(Floor floor, Goal goal, Draws draws, double target, Plan first) {
    this.floor = floor;
    this.draws = draws;
    this.target = target;
    times = new ProjectTimes(floor);
    timetable = new Timetable(floor, goal);
    priceOfEnd = goal.makespan;
    taken = new boolean[floor.n];
    latest = latest();
    bestList = first.order().clone();
    bestEnd = times.justified(bestList);
    best = first;
    found(bestList, bestEnd);
  }

  /** By operation, how long its tail of followers is. */
  private int[] latest() {
    int[] tail = new int[floor.n];
    int[] order = topological();
    for (int i = floor.n - 1; i >= 0; i--) {
      int x = order[i];
      int longest = 0;
      for (int y : floor.behind[x]) {
        longest = Math.max(longest, tail[y]);
      }
      tail[x] = longest + times.work(x);
    }
    return tail;
  }

  private int[] topological() {
    long[] zero = new long[floor.n];
    return Orders.byTimes(floor, zero, zero);
  }

  private void found(int[] list, int end) {
    double cost = priceOfEnd * end;
    if (cost < best.cost()) {
      times.forward(list);
      long[] start = new long[floor.n];
      long[] stop = new long[floor.n];
      for (int x = 0; x < floor.n; x++) {
        start[x] = times.start[x];
        stop[x] = times.end(x);
      }
      int[] order = Orders.byTimes(floor, start, stop);
      int[] alternative = Arrays.copyOf(floor.altStart, floor.n);
      double real = timetable.evaluate(order, alternative);
      if (real < best.cost()) {
        best = new Plan(real, order, alternative, "genetic search of lists with justification");
      }
    }
    if (end <= bestEnd) {
      bestEnd = end;
      bestList = list.clone();
    }
  }

  /** A list by the lengths of tails, with as much chance as asked for. */
  private int[] drawn(double chance) {
    int[] waiting = new int[floor.n];
    int[] ready = new int[floor.n];
    int count = 0;
    for (int x = 0; x < floor.n; x++) {
      waiting[x] = floor.preds[x].length;
      if (waiting[x] == 0) {
        ready[count++] = x;
      }
    }
    int[] list = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      int chosen = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < count; k++) {
        double worth = latest[ready[k]] * (1 + chance * (draws.unit() - 0.5));
        if (worth > most) {
          most = worth;
          chosen = k;
        }
      }
      int x = ready[chosen];
      ready[chosen] = ready[--count];
      list[i] = x;
      for (int y : floor.succs[x]) {
        if (--waiting[y] == 0) {
          ready[count++] = y;
        }
      }
    }
    return list;
  }

  @Override
  public long advance(long iterations, Stop stop) {
    long i = 0;
    for (; i < iterations && best.cost() > target; i++) {
      if ((i & 7) == 0 && stop.now()) {
        break;
      }
      if (filled < POPULATION) {
        begin();
      } else if (barren > PATIENCE * POPULATION) {
        filled = 0;
        barren = 0;
        populations++;
      } else {
        child();
      }
    }
    return i;
  }

  /** One more of a new population; every second one begins with the best of all. */
  private void begin() {
    int[] list =
        filled == 0 && (populations & 1) == 1 ? bestList.clone() : drawn(CHANCE * draws.unit());
    int end = times.justified(list);
    if (end < bestEnd) {
      found(list, end);
    }
    lists[filled] = list;
    ends[filled] = end;
    prints[filled] = print();
    filled++;
  }

  /** A number of the starts last timed. */
  private long print() {
    long sum = 0;
    for (int x = 0; x < floor.n; x++) {
      sum = 31 * sum + times.start[x];
    }
    return sum;
  }

  private int parent() {
    int a = draws.below(POPULATION);
    int b = draws.below(POPULATION);
    return ends[a] <= ends[b] ? a : b;
  }

  private void child() {
    int[] mother = lists[parent()];
    int[] father = lists[parent()];
    int[] list = crossed(mother, father);
    for (int i = 0; i + 1 < floor.n; i++) {
      if (draws.unit() < SWAP && !follows(list[i + 1], list[i])) {
        int t = list[i];
        list[i] = list[i + 1];
        list[i + 1] = t;
      }
    }
    int end = times.justified(list);
    long print = print();
    if (end < bestEnd) {
      found(list, end);
    }
    int worst = 0;
    for (int k = 0; k < POPULATION; k++) {
      if (prints[k] == print && ends[k] == end) {
        barren++;
        return;
      }
      worst = ends[k] > ends[worst] ? k : worst;
    }
    if (end > ends[worst]) {
      barren++;
      return;
    }
    barren = end < ends[worst] ? 0 : barren + 1;
    lists[worst] = list;
    ends[worst] = end;
    prints[worst] = print;
  }

  private boolean follows(int x, int y) {
    for (int p : floor.preds[x]) {
      if (p == y) {
        return true;
      }
    }
    return false;
  }

  /** The mother's list with a stretch in the order of the father. */
  private int[] crossed(int[] mother, int[] father) {
    int n = floor.n;
    int a = draws.below(n + 1);
    int b = draws.below(n + 1);
    int from = Math.min(a, b);
    int to = Math.max(a, b);
    Arrays.fill(taken, false);
    int[] list = new int[n];
    int k = 0;
    for (; k < from; k++) {
      list[k] = mother[k];
      taken[list[k]] = true;
    }
    for (int i = 0; k < to; i++) {
      if (!taken[father[i]]) {
        list[k] = father[i];
        taken[list[k++]] = true;
      }
    }
    for (int i = from; k < n; i++) {
      if (!taken[mother[i]]) {
        list[k++] = mother[i];
      }
    }
    return list;
  }

  @Override
  public Plan best() {
    return best;
  }

  @Override
  public void receive(Plan plan) {
    if (plan.cost() < best.cost() && filled == POPULATION) {
      int[] list = plan.order().clone();
      int end = times.justified(list);
      int k = draws.below(POPULATION);
      lists[k] = list;
      ends[k] = end;
      prints[k] = print();
      if (end < bestEnd) {
        found(list, end);
      }
    }
  }
}
