package io.millwright.production.internal.planning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What one work centre makes when it is known which item is set up in which period: the cheapest
 * flow of work from periods to demands, kept cheapest by cancelling negative cycles (Klein 1967).
 * Periods are the nodes: an arc moves work of the item for which that is cheapest, to an earlier
 * period for its holding cost, or to a later one as far as there is stock in between. Work is
 * counted in time, so that all items flow alike. What exceeds the capacity costs overtime, and
 * beyond that a penalty. Not thread-safe.
 */
final class SetupFlow {

  private static final double TINY = 1e-7;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  /**
   * One work centre and its items; demands and holding costs by time of work. Rows are items,
   * columns periods.
   */
  record Centre(
      double[] capacity,
      double overtime,
      double overtimeCost,
      double[][] demand,
      double[] holding,
      double[] setupTime,
      double[] setupCost) {}

  final int items;
  final int periods;
  private final Centre centre;

  /** What a unit of time beyond capacity and overtime costs. */
  private double penalty;

  /** Item by item, the periods of each. */
  private final boolean[] on;

  private final double[] made;
  private final double[] stock;

  /** Time of work and set-ups. */
  private final double[] load;

  private final double[][] cost;
  private final int[][] by;
  private final double[] distance;
  private final int[] from;
  private final int[] madeUse;
  private final int[] stockUse;
  private final int[] cycleItems;

  /** Items by holding cost, the least first: a bit of the sets below for each. */
  private final int[] ranked;

  private final int words;

  /** Period by period, which items are set up, made, and in stock at its end. */
  private final long[] onSet;

  private final long[] madeSet;
  private final long[] stockSet;

  /** Which items have stock in every period between two. */
  private final long[] passing;

  private final int[] seen;

  /** Nodes whose distance fell since their arcs were last looked at. */
  private final boolean[] fell;

  /** Every item is made when it is wanted, until {@link #settle} finds what is cheaper. */
  SetupFlow(Centre centre, double penalty) {
    this.centre = centre;
    this.penalty = penalty;
    items = centre.demand.length;
    periods = centre.capacity.length;
    on = new boolean[items * periods];
    made = new double[items * periods];
    stock = new double[items * periods];
    load = new double[periods];
    cost = new double[periods + 1][periods + 1];
    by = new int[periods + 1][periods + 1];
    distance = new double[periods + 1];
    from = new int[periods + 1];
    madeUse = new int[items * periods];
    stockUse = new int[items * periods];
    cycleItems = new int[periods + 1];
    ranked =
        IntStream.range(0, items)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> centre.holding[i]))
            .mapToInt(i -> i)
            .toArray();
    words = (items + Long.SIZE - 1) / Long.SIZE;
    onSet = new long[periods * words];
    madeSet = new long[periods * words];
    stockSet = new long[periods * words];
    passing = new long[words];
    seen = new int[periods + 1];
    fell = new boolean[periods + 1];
    for (int i = 0; i < items; i++) {
      for (int t = 0; t < periods; t++) {
        double work = centre.demand[i][t];
        if (work > 0) {
          on[i * periods + t] = true;
          made[i * periods + t] = work;
          load[t] += work + centre.setupTime[i];
        }
      }
    }
  }

  boolean on(int item, int period) {
    return on[item * periods + period];
  }

  void copy(SetupFlow other) {
    System.arraycopy(other.on, 0, on, 0, on.length);
    System.arraycopy(other.made, 0, made, 0, made.length);
    System.arraycopy(other.stock, 0, stock, 0, stock.length);
    System.arraycopy(other.load, 0, load, 0, load.length);
    System.arraycopy(other.distance, 0, distance, 0, distance.length);
  }

  /** A higher price of what is beyond capacity and overtime. */
  void penalty(double other) {
    penalty = other;
  }

  /** Set-ups, stock, overtime, and the penalty. */
  double cost() {
    double sum = 0;
    for (int i = 0; i < items; i++) {
      for (int k = i * periods; k < (i + 1) * periods; k++) {
        sum += on[k] ? centre.setupCost[i] : 0;
        sum += centre.holding[i] * stock[k];
      }
    }
    for (int t = 0; t < periods; t++) {
      double over = Math.max(0, load[t] - centre.capacity[t]);
      sum += centre.overtimeCost * Math.min(over, centre.overtime);
      sum += penalty * Math.max(0, over - centre.overtime);
    }
    return sum;
  }

  /** Whether no period is loaded beyond capacity and overtime. */
  boolean feasible() {
    for (int t = 0; t < periods; t++) {
      if (load[t] > centre.capacity[t] + centre.overtime + 1e-6) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sets an item up in a period, or no longer; what was made in it and is in stock until the next
   * set-up goes there, the rest to the set-up before. {@link #settle} makes the flow the cheapest
   * again.
   *
   * @return false when no other set-up can make it, and nothing changes
   */
  boolean flip(int item, int period) {
    int k = item * periods + period;
    if (!on[k]) {
      on[k] = true;
      load[period] += centre.setupTime[item];
      return true;
    }
    int first = item * periods;
    double work = made[k];
    int later = k + 1;
    double least = work;
    while (later < first + periods && !on[later]) {
      least = Math.min(least, stock[later - 1]);
      later++;
    }
    least = later < first + periods ? Math.min(least, stock[later - 1]) : 0;
    int earlier = k - 1;
    while (earlier >= first && !on[earlier]) {
      earlier--;
    }
    if (work - least > TINY && earlier < first) {
      return false;
    }
    move(k, later, first, least);
    move(k, earlier, first, work - least);
    on[k] = false;
    load[period] -= centre.setupTime[item];
    return true;
  }

  /** Moves work of an item from one of its places to another. */
  private void move(int from, int to, int first, double work) {
    if (work <= 0 || to < first) {
      return;
    }
    for (int t = to; t < from; t++) {
      stock[t] += work;
    }
    for (int t = from; t < to; t++) {
      stock[t] -= work;
    }
    made[from] -= work;
    made[to] += work;
    load[from - first] -= work;
    load[to - first] += work;
  }

  /** Cancels negative cycles until there is none. */
  void settle() {
    settle(50 * (items + periods));
  }

  /** Cancels so many negative cycles at most; whether there is none left. */
  boolean settle(int most) {
    for (int round = 0; round < most; round++) {
      arcs();
      int node = cycle();
      if (node < 0) {
        return true;
      }
      double amount = amount(node);
      if (!(amount > 1e-9)) {
        return true;
      }
      int u = node;
      do {
        push(from[u], u, amount);
        u = from[u];
      } while (u != node);
    }
    return false;
  }

  /**
   * The cheapest way to move work between two periods; the last node is idle time. To an earlier
   * period that is the item of least holding cost that is made in the one and set up in the other,
   * to a later one that of the highest which is in stock all the way.
   */
  private void arcs() {
    sets();
    for (int s = 0; s < periods; s++) {
      double[] row = cost[s];
      int[] way = by[s];
      for (int u = s - 1; u >= 0; u--) {
        int item = -1;
        for (int w = 0; w < words && item < 0; w++) {
          long all = madeSet[s * words + w] & onSet[u * words + w];
          item = all == 0 ? -1 : ranked[w * Long.SIZE + Long.numberOfTrailingZeros(all)];
        }
        row[u] = item < 0 ? INFINITE : centre.holding[item] * (s - u);
        way[u] = item;
      }
      System.arraycopy(madeSet, s * words, passing, 0, words);
      for (int u = s + 1; u < periods; u++) {
        int item = -1;
        for (int w = words - 1; w >= 0; w--) {
          passing[w] &= stockSet[(u - 1) * words + w];
          long all = passing[w] & onSet[u * words + w];
          if (all != 0 && item < 0) {
            item = ranked[(w + 1) * Long.SIZE - 1 - Long.numberOfLeadingZeros(all)];
          }
        }
        row[u] = item < 0 ? INFINITE : -centre.holding[item] * (u - s);
        way[u] = item;
      }
      row[s] = INFINITE;
      double room = centre.capacity[s] - load[s];
      double more = room + centre.overtime;
      row[periods] = room > TINY ? 0 : more > TINY ? centre.overtimeCost : penalty;
      cost[periods][s] = more < -TINY ? -penalty : room < -TINY ? -centre.overtimeCost : 0;
    }
    cost[periods][periods] = INFINITE;
  }

  private void sets() {
    Arrays.fill(onSet, 0);
    Arrays.fill(madeSet, 0);
    Arrays.fill(stockSet, 0);
    for (int r = 0; r < items; r++) {
      int first = ranked[r] * periods;
      int word = r / Long.SIZE;
      long bit = 1L << r;
      for (int t = 0; t < periods; t++) {
        int at = t * words + word;
        onSet[at] |= on[first + t] ? bit : 0;
        madeSet[at] |= made[first + t] > TINY ? bit : 0;
        stockSet[at] |= stock[first + t] > TINY ? bit : 0;
      }
    }
  }

  /**
   * A node of a negative cycle along {@link #from}, or -1 (Bellman and Ford). Begins at the
   * distances of the last flow, most of which still hold.
   */
  private int cycle() {
    double idle = distance[periods];
    for (int k = 0; k <= periods; k++) {
      distance[k] -= idle;
      from[k] = -1;
      fell[k] = true;
    }
    while (true) {
      boolean any = false;
      for (int s = 0; s <= periods; s++) {
        if (!fell[s]) {
          continue;
        }
        fell[s] = false;
        double at = distance[s] + TINY;
        double[] row = cost[s];
        for (int u = 0; u <= periods; u++) {
          if (at + row[u] < distance[u]) {
            distance[u] = at - TINY + row[u];
            from[u] = s;
            fell[u] = true;
            any = true;
          }
        }
      }
      if (!any) {
        return -1;
      }
      int node = closed();
      if (node >= 0) {
        return node;
      }
    }
  }

  /** A node of a cycle along {@link #from}, or -1. */
  private int closed() {
    Arrays.fill(seen, -1);
    for (int start = 0; start <= periods; start++) {
      int u = start;
      while (u >= 0 && seen[u] < 0) {
        seen[u] = start;
        u = from[u];
      }
      if (u >= 0 && seen[u] == start) {
        return u;
      }
    }
    return -1;
  }

  /**
   * How much work a cycle can carry. An item may pass a period more than once, so that what all
   * arcs take from it counts together.
   */
  private double amount(int node) {
    double most = INFINITE;
    int touched = 0;
    int u = node;
    do {
      int s = from[u];
      if (u == periods || s == periods) {
        most = Math.min(most, room(s, u));
      } else {
        int first = by[s][u] * periods;
        madeUse[first + s]--;
        madeUse[first + u]++;
        for (int t = u; t < s; t++) {
          stockUse[first + t]++;
        }
        for (int t = s; t < u; t++) {
          stockUse[first + t]--;
        }
        cycleItems[touched++] = by[s][u];
      }
      u = s;
    } while (u != node);
    for (int k = 0; k < touched; k++) {
      int first = cycleItems[k] * periods;
      for (int c = first; c < first + periods; c++) {
        most = madeUse[c] < 0 ? Math.min(most, made[c] / -madeUse[c]) : most;
        most = stockUse[c] < 0 ? Math.min(most, stock[c] / -stockUse[c]) : most;
        madeUse[c] = 0;
        stockUse[c] = 0;
      }
    }
    return most;
  }

  /** How much idle time, overtime or excess an arc can take before its price changes. */
  private double room(int s, int u) {
    int t = u == periods ? s : u;
    double room = centre.capacity[t] - load[t];
    room = u == periods ? room : -room;
    double more = u == periods ? room + centre.overtime : room - centre.overtime;
    double first = u == periods ? room : more;
    double second = u == periods ? more : room;
    return first > TINY ? first : second > TINY ? second : INFINITE;
  }

  private void push(int s, int u, double amount) {
    if (u == periods) {
      load[s] += amount;
    } else if (s == periods) {
      load[u] -= amount;
    } else {
      int first = by[s][u] * periods;
      move(first + s, first + u, first, amount);
      // What leaves a period on a cycle makes room for what comes: idle time has arcs of its own.
      load[s] += amount;
      load[u] -= amount;
    }
  }
}
