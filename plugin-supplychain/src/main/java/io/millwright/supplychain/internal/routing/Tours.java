package io.millwright.supplychain.internal.routing;

import java.util.Arrays;

/**
 * The tours of all vehicles under search. Every tour is feasible at any time; what no tour holds is
 * absent. For each stop the segments before and after it are kept (duration, earliest and latest
 * start, loads; Vidal, Crainic, Gendreau and Prins 2013), so that an insertion is judged in
 * constant time.
 */
final class Tours {

  static final double NO = Double.POSITIVE_INFINITY;

  final Model m;
  final int[][] order;
  final int[] length;
  final int[] tour;
  final int[] place;

  /** How many visits at the beginning of each tour stay as they are. */
  final int[] fixedVisits;

  final double[] distance;
  final double[] duration;
  final double[] cost;

  /** The way from the visit before, by stop; and from the last visit to the end, by tour. */
  private final double[] leg;

  private final double[] lastLeg;

  private final double[] load;

  /** The vehicles on the road, and where each stands among them, or -1. */
  private final int[] road;

  private final int[] usedAt;

  /** By type: no vehicle below this one is idle. */
  private final int[] idleFrom;

  private double sum;
  private int usedTours;

  private final double[] beforeTime;
  private final double[] beforeEarliest;
  private final double[] beforeLatest;
  private final double[] afterTime;
  private final double[] afterEarliest;
  private final double[] afterLatest;
  private final double[] beforeBrought;
  private final double[] beforeTaken;
  private final double[] beforePeak;
  private final double[] afterBrought;
  private final double[] afterTaken;
  private final double[] afterPeak;

  private final int dims;
  private double found;

  Tours(Model model) {
    m = model;
    dims = m.dims;
    order = new int[m.vehicles][];
    for (int v = 0; v < m.vehicles; v++) {
      order[v] = new int[8];
    }
    length = new int[m.vehicles];
    fixedVisits = new int[m.vehicles];
    tour = new int[m.stops];
    place = new int[m.stops];
    Arrays.fill(tour, -1);
    distance = new double[m.vehicles];
    duration = new double[m.vehicles];
    cost = new double[m.vehicles];
    leg = new double[m.stops];
    lastLeg = new double[m.vehicles];
    load = new double[m.vehicles * dims];
    road = new int[m.vehicles];
    usedAt = new int[m.vehicles];
    Arrays.fill(usedAt, -1);
    idleFrom = m.firstOfType.clone();
    int t = m.timed ? m.stops : 0;
    beforeTime = new double[t];
    beforeEarliest = new double[t];
    beforeLatest = new double[t];
    afterTime = new double[t];
    afterEarliest = new double[t];
    afterLatest = new double[t];
    int l = m.mixed ? m.stops * dims : 0;
    beforeBrought = new double[l];
    beforeTaken = new double[l];
    beforePeak = new double[l];
    afterBrought = new double[l];
    afterTaken = new double[l];
    afterPeak = new double[l];
  }

  /** Whether the load of a stop could fit at all, whatever its place. */
  boolean fits(int stop, int v) {
    if (!m.may(v, stop)) {
      return false;
    }
    for (int d = 0; d < dims; d++) {
      double c = m.capacity[v * dims + d] + Model.EPSILON;
      double brought = m.brought[stop * dims + d];
      double taken = m.taken[stop * dims + d];
      if (m.mixed) {
        if (Math.max(brought, taken) > c) {
          return false;
        }
      } else if (load[v * dims + d] + brought > c) {
        return false;
      }
    }
    return true;
  }

  /**
   * The best place for a stop in one tour.
   *
   * @param limit what its cost has to stay below
   * @param from the first place to look at
   * @param to the last
   * @param blinks says which places are passed over
   * @return the place, or -1 where none is feasible and below the limit; its cost is {@link #found}
   */
  int best(int stop, int v, int from, int to, double limit, Blinks blinks) {
    int n = m.nodes;
    double[] out = m.distances;
    if (out.length == 0 || length[v] == 0) {
      return slowly(stop, v, from, to, limit, blinks);
    }
    double[] in = m.towards;
    int row = stop * n;
    int[] o = order[v];
    int len = length[v];
    double rate = m.perDistance[v];
    boolean plain = !m.timed && !m.mixed && !m.limitedDistance;
    boolean free = m.perTime[v] == 0;
    int place = -1;
    int p = from == 0 ? m.start[v] : o[from - 1];
    for (int k = from; k <= to; k++) {
      int q = k == len ? m.end[v] : o[k];
      double more = in[row + p] + out[row + q] - (k == len ? lastLeg[v] : leg[q]);
      p = q;
      double delta = rate * more;
      if (free && !(delta < limit)) {
        continue;
      }
      if (blinks.blink()) {
        continue;
      }
      if (!plain) {
        delta = insertion(stop, v, k, limit);
      }
      if (delta < limit) {
        limit = delta;
        place = k;
      }
    }
    found = limit;
    return place;
  }

  private int slowly(int stop, int v, int from, int to, double limit, Blinks blinks) {
    int place = -1;
    for (int k = from; k <= to; k++) {
      if (!blinks.blink()) {
        double delta = insertion(stop, v, k, limit);
        if (delta < limit) {
          limit = delta;
          place = k;
        }
      }
    }
    found = limit;
    return place;
  }

  /** The cost of what {@link #best} found last. */
  double found() {
    return found;
  }

  /**
   * What the cost grows by when a stop goes to a place of a tour; infinite where that is not
   * feasible or not below the limit.
   */
  double insertion(int stop, int v, int k, double limit) {
    int[] o = order[v];
    int len = length[v];
    int p = k == 0 ? m.start[v] : o[k - 1];
    int q = k == len ? m.end[v] : o[k];
    double more = m.distance(p, stop) + m.distance(stop, q) - (len == 0 ? 0 : m.distance(p, q));
    double delta = m.perDistance[v] * more + (len == 0 ? m.fixed[v] : 0);
    if (!(delta < limit) && m.perTime[v] == 0) {
      return NO;
    }
    if (m.limitedDistance && distance[v] + more > m.longest[v] + Model.EPSILON) {
      return NO;
    }
    if (m.timed) {
      double time;
      double earliest;
      double latest;
      if (k == 0) {
        time = 0;
        earliest = m.shiftStart[v];
        latest = m.shiftEnd[v];
      } else {
        time = beforeTime[p];
        earliest = beforeEarliest[p];
        latest = beforeLatest[p];
      }
      double reach = time + m.time(p, stop);
      if (earliest + reach > m.due[stop] + Model.EPSILON) {
        return NO;
      }
      double wait = Math.max(m.ready[stop] - reach - latest, 0);
      earliest = Math.max(m.ready[stop] - reach, earliest) - wait;
      latest = Math.min(m.due[stop] - reach, latest);
      time = reach + wait + m.service[stop];
      reach = time + m.time(stop, q);
      double e2 = k == len ? m.shiftStart[v] : afterEarliest[q];
      double l2 = k == len ? m.shiftEnd[v] : afterLatest[q];
      if (earliest + reach > l2 + Model.EPSILON) {
        return NO;
      }
      wait = Math.max(e2 - reach - latest, 0);
      time = reach + wait + (k == len ? 0 : afterTime[q]);
      if (time > m.hours[v] + Model.EPSILON) {
        return NO;
      }
      delta += m.perTime[v] * (time - duration[v]);
    }
    if (m.mixed && !loadFits(stop, v, k)) {
      return NO;
    }
    return delta < limit ? delta : NO;
  }

  private boolean loadFits(int stop, int v, int k) {
    int p = k == 0 ? -1 : order[v][k - 1];
    int q = k == length[v] ? -1 : order[v][k];
    for (int d = 0; d < dims; d++) {
      double taken = p < 0 ? 0 : beforeTaken[p * dims + d];
      double peak = p < 0 ? 0 : beforePeak[p * dims + d];
      double own = m.brought[stop * dims + d];
      double ownTaken = m.taken[stop * dims + d];
      peak = Math.max(peak + own, taken + Math.max(own, ownTaken));
      taken += ownTaken;
      double broughtAfter = q < 0 ? 0 : afterBrought[q * dims + d];
      double peakAfter = q < 0 ? 0 : afterPeak[q * dims + d];
      if (Math.max(peak + broughtAfter, taken + peakAfter)
          > m.capacity[v * dims + d] + Model.EPSILON) {
        return false;
      }
    }
    return true;
  }

  /** What the cost falls by when a stop leaves its tour; prizes aside. */
  double removal(int stop) {
    int v = tour[stop];
    int k = place[stop];
    if (length[v] == 1) {
      return cost[v];
    }
    double before = cost[v];
    int[] kept = Arrays.copyOf(order[v], length[v]);
    int n = length[v];
    remove(stop);
    refresh(v);
    double saved = before - cost[v];
    System.arraycopy(kept, 0, order[v], 0, n);
    length[v] = n;
    tour[stop] = v;
    place[stop] = k;
    refresh(v);
    return saved;
  }

  void insert(int stop, int v, int k) {
    int[] o = order[v];
    int len = length[v];
    if (len == o.length) {
      o = Arrays.copyOf(o, 2 * len);
      order[v] = o;
    }
    System.arraycopy(o, k, o, k + 1, len - k);
    o[k] = stop;
    length[v] = len + 1;
    refresh(v);
  }

  /** Takes a stop out of its tour; {@link #refresh} has to follow. */
  void remove(int stop) {
    int v = tour[stop];
    int[] o = order[v];
    int k = place[stop];
    System.arraycopy(o, k + 1, o, k, length[v] - k - 1);
    length[v]--;
    for (int i = k; i < length[v]; i++) {
      place[o[i]] = i;
    }
    tour[stop] = -1;
  }

  /** Computes a tour's figures anew. */
  void refresh(int v) {
    int[] o = order[v];
    int len = length[v];
    for (int d = 0; d < dims; d++) {
      load[v * dims + d] = 0;
    }
    if (len > 0 != usedAt[v] >= 0) {
      road(v, len > 0);
    }
    sum -= cost[v];
    if (len == 0) {
      distance[v] = 0;
      duration[v] = 0;
      cost[v] = 0;
      return;
    }
    int p = m.start[v];
    double way = 0;
    for (int i = 0; i < len; i++) {
      int s = o[i];
      tour[s] = v;
      place[s] = i;
      double step = m.distance(p, s);
      leg[s] = step;
      way += step;
      for (int d = 0; d < dims; d++) {
        load[v * dims + d] += m.brought[s * dims + d];
      }
      p = s;
    }
    lastLeg[v] = m.distance(p, m.end[v]);
    way += lastLeg[v];
    distance[v] = way;
    if (m.timed) {
      clock(v, o, len);
    }
    if (m.mixed) {
      loads(o, len);
    }
    cost[v] = m.fixed[v] + m.perDistance[v] * way + m.perTime[v] * duration[v];
    if (m.recourse != null) {
      cost[v] += m.recourse.of(m.type[v], o, len).cost();
    }
    sum += cost[v];
  }

  private void clock(int v, int[] o, int len) {
    double time = 0;
    double earliest = m.shiftStart[v];
    double latest = m.shiftEnd[v];
    int p = m.start[v];
    for (int i = 0; i < len; i++) {
      int s = o[i];
      double reach = time + m.time(p, s);
      double wait = Math.max(m.ready[s] - reach - latest, 0);
      earliest = Math.max(m.ready[s] - reach, earliest) - wait;
      latest = Math.min(m.due[s] - reach, latest);
      time = reach + wait + m.service[s];
      beforeTime[s] = time;
      beforeEarliest[s] = earliest;
      beforeLatest[s] = latest;
      p = s;
    }
    double back = time + m.time(p, m.end[v]);
    duration[v] = back + Math.max(m.shiftStart[v] - back - latest, 0);
    time = 0;
    earliest = m.shiftStart[v];
    latest = m.shiftEnd[v];
    int q = m.end[v];
    for (int i = len - 1; i >= 0; i--) {
      int s = o[i];
      double reach = m.service[s] + m.time(s, q);
      double wait = Math.max(earliest - reach - m.due[s], 0);
      double e = Math.max(earliest - reach, m.ready[s]) - wait;
      double l = Math.min(latest - reach, m.due[s]);
      time = reach + wait + time;
      earliest = e;
      latest = l;
      afterTime[s] = time;
      afterEarliest[s] = e;
      afterLatest[s] = l;
      q = s;
    }
  }

  private void loads(int[] o, int len) {
    for (int d = 0; d < dims; d++) {
      double brought = 0;
      double taken = 0;
      double peak = 0;
      for (int i = 0; i < len; i++) {
        int s = o[i] * dims + d;
        double own = m.brought[s];
        peak = Math.max(peak + own, taken + Math.max(own, m.taken[s]));
        brought += own;
        taken += m.taken[s];
        beforeBrought[s] = brought;
        beforeTaken[s] = taken;
        beforePeak[s] = peak;
      }
      brought = 0;
      taken = 0;
      peak = 0;
      for (int i = len - 1; i >= 0; i--) {
        int s = o[i] * dims + d;
        double own = m.brought[s];
        peak = Math.max(Math.max(own, m.taken[s]) + brought, m.taken[s] + peak);
        brought += own;
        taken += m.taken[s];
        afterBrought[s] = brought;
        afterTaken[s] = taken;
        afterPeak[s] = peak;
      }
    }
  }

  private void road(int v, boolean goes) {
    if (goes) {
      usedAt[v] = usedTours;
      road[usedTours++] = v;
    } else {
      int last = road[--usedTours];
      road[usedAt[v]] = last;
      usedAt[last] = usedAt[v];
      usedAt[v] = -1;
      idleFrom[m.type[v]] = Math.min(idleFrom[m.type[v]], v);
    }
  }

  /** The i-th vehicle on the road, in no particular order. */
  int road(int i) {
    return road[i];
  }

  /** The first vehicle of a type that is idle, or -1. */
  int idle(int type) {
    int v = idleFrom[type];
    while (v < m.vehicles && m.type[v] == type && usedAt[v] >= 0) {
      v++;
    }
    idleFrom[type] = v;
    return v < m.vehicles && m.type[v] == type ? v : -1;
  }

  /** How many vehicles are on the road. */
  int used() {
    return usedTours;
  }

  /** The cost of all tours, kept up to date; {@link #settle} takes away what rounding left. */
  double totalCost() {
    return sum;
  }

  /** Adds all costs up anew. */
  void settle() {
    sum = 0;
    for (double c : cost) {
      sum += c;
    }
  }
}
