package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Lower bounds for weighted tardiness and flow time where work queues for machines or staff: one
 * server as fast as all of them together, which may be interrupted and takes the shortest duration
 * of everything. What a job is late costs at least its weight for each tick of its completion
 * behind its due date. Its completion lies at least half of its own work behind the mean time at
 * which that is done (mean busy time), and the sum of weighted mean busy times is least when the
 * server takes the available job of the highest weight for its work (Goemans 1997). Jobs that such
 * a server has early are left out and the others are asked again. For one use, not thread-safe.
 */
final class FastServer {

  private static final int ROUNDS = 4;

  /** Beyond so many changes of capacity for each operation nothing is said. */
  private static final int CHANGES = 40;

  private final Floor floor;
  private final Goal goal;
  private final long[] head;
  private final long[] tail;
  private final long[] shortest;
  private final Stop stop;

  /** Whether the operations of a job follow each other one by one. */
  private final boolean[] chain;

  // What a server has to do of each job, from when on, and what is left behind it.
  private final double[] work;
  private final long[] ready;
  private final long[] behind;

  /** How much of the server a job can have at once, at most. */
  private final double[] most;

  private final double[] slope;
  private final double[] left;
  private final double[] busy;

  /**
   * A server.
   *
   * @param head the earliest start of each operation
   * @param tail the least time from its end to the end of its own job
   * @param shortest its shortest duration
   * @param stop ends the work without a bound
   */
  FastServer(Floor floor, Goal goal, long[] head, long[] tail, long[] shortest, Stop stop) {
    this.stop = stop;
    this.floor = floor;
    this.goal = goal;
    this.head = head;
    this.tail = tail;
    this.shortest = shortest;
    work = new double[floor.jobs];
    ready = new long[floor.jobs];
    behind = new long[floor.jobs];
    most = new double[floor.jobs];
    chain = new boolean[floor.jobs];
    Arrays.fill(chain, true);
    for (int x = 0; x < floor.n; x++) {
      int j = floor.jobOf[x];
      chain[j] &= x == floor.jobStart[j] || contains(floor.before[x], x - 1);
    }
    slope = new double[floor.jobs];
    left = new double[floor.jobs];
    busy = new double[floor.jobs];
  }

  private static boolean contains(int[] all, int one) {
    for (int x : all) {
      if (x == one) {
        return true;
      }
    }
    return false;
  }

  /** Somebody who works by a calendar: so much at a time. */
  private record Source(Calendar calendar, long amount) {}

  /**
   * The best bound of all jobs together.
   *
   * @param alone what each job costs at least by itself
   * @param ends when each job ends at the earliest by itself
   */
  double bound(double[] alone, long[] ends) {
    Shop shop = floor.shop;
    double best = 0;
    double[] units = new double[floor.n];
    int[] only = only();
    boolean[] shared = new boolean[floor.machines];
    for (int m : only) {
      if (m >= 0) {
        shared[m] = true;
      }
    }
    for (int m = 0; m < floor.machines; m++) {
      if (shared[m] && !floor.conditions.oven(m)) {
        for (int x = 0; x < floor.n; x++) {
          units[x] = only[x] == m ? shortest[x] : 0;
        }
        best = Math.max(best, bound(alone, ends, units, List.of(source(m, 1)), List.of()));
      }
    }
    List<Source> machines = new ArrayList<>();
    for (int m = 0; m < floor.machines; m++) {
      if (!floor.conditions.oven(m)) {
        machines.add(source(m, 1));
      }
    }
    for (int x = 0; x < floor.n; x++) {
      boolean oven = false;
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        oven |= floor.conditions.oven(floor.altMachine[a]);
      }
      units[x] = oven ? 0 : shortest[x];
    }
    best = Math.max(best, bound(alone, ends, units, machines, List.of()));
    for (String need : needs()) {
      List<Source> staff = new ArrayList<>();
      for (Resource r : shop.resources()) {
        if (r.serves(need)) {
          staff.add(new Source(r.calendar(), r.capacity()));
        }
      }
      best = Math.max(best, bound(alone, ends, units, staff, held(need, units)));
    }
    return best;
  }

  private Source source(int m, long amount) {
    return new Source(floor.shop.machines().get(m).calendar(), amount);
  }

  /** The machine that alone can do an operation, or -1. */
  private int[] only() {
    int[] only = new int[floor.n];
    for (int x = 0; x < floor.n; x++) {
      only[x] = floor.altMachine[floor.altStart[x]];
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        only[x] = floor.altMachine[a] == only[x] ? only[x] : -1;
      }
    }
    return only;
  }

  private Iterable<String> needs() {
    Map<String, Boolean> names = new LinkedHashMap<>();
    for (ShopJob j : floor.shop.jobs()) {
      for (Operation o : j.operations()) {
        o.needs().forEach(n -> names.put(n.resource(), true));
        o.alternatives().forEach(a -> a.needs().forEach(n -> names.put(n.resource(), true)));
      }
    }
    return names.keySet();
  }

  /**
   * What operations hold of those who meet a need, times their work, at least.
   *
   * @return the machines on which they are held, each with the most that one operation holds there
   */
  private List<Source> held(String need, double[] units) {
    Map<String, Long> most = new HashMap<>();
    int x = 0;
    for (ShopJob j : floor.shop.jobs()) {
      for (Operation o : j.operations()) {
        long common = amount(o.needs(), need);
        long least = Long.MAX_VALUE;
        for (Alternative a : o.alternatives()) {
          long amount = common + amount(a.needs(), need);
          least = Math.min(least, amount);
          most.merge(a.machine(), amount, Math::max);
        }
        units[x] = (double) least * shortest[x];
        x++;
      }
    }
    List<Source> machines = new ArrayList<>();
    for (int m = 0; m < floor.machines; m++) {
      Machine machine = floor.shop.machines().get(m);
      // Many work on an oven at once.
      long amount = floor.conditions.oven(m) ? floor.n : 1;
      machines.add(source(m, amount * most.getOrDefault(machine.id(), 0L)));
    }
    return machines;
  }

  private static long amount(List<Need> needs, String name) {
    long amount = 0;
    for (Need n : needs) {
      amount += n.resource().equals(name) ? n.amount() : 0;
    }
    return amount;
  }

  /** The bound of one server: as fast as those who work, and as the machines they work on. */
  private double bound(
      double[] alone, long[] ends, double[] units, List<Source> workers, List<Source> places) {
    Arrays.fill(work, 0);
    Arrays.fill(ready, Long.MAX_VALUE);
    Arrays.fill(behind, Long.MAX_VALUE);
    Arrays.fill(most, 0);
    double all = 0;
    for (int x = 0; x < floor.n; x++) {
      boolean past = floor.fixed[x] >= 0 && floor.fixed[x] < floor.begin;
      int j = floor.jobOf[x];
      // What may be left out, and what has begun, is no work for certain.
      if (units[x] > 0 && !past && (goal.rejection == 0 || !rejectable(j))) {
        work[j] += units[x];
        ready[j] = Math.min(ready[j], Math.max(floor.begin, head[x]));
        behind[j] = Math.min(behind[j], tail[x]);
        most[j] = Math.max(most[j], units[x] / shortest[x]);
        all += units[x];
      }
    }
    if (all == 0) {
      return 0;
    }
    boolean[] late = new boolean[floor.jobs];
    for (int j = 0; j < floor.jobs; j++) {
      late[j] = goal.tardiness > 0 && floor.due[j] < Long.MAX_VALUE;
    }
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int j = 0; j < floor.jobs; j++) {
        slope[j] =
            work[j] == 0 ? 0 : (goal.flow + (late[j] ? goal.tardiness : 0)) * floor.weight[j];
      }
      double speed = serve(new Capacity(workers, places));
      if (speed == 0) {
        return best;
      }
      double sum = 0;
      boolean changed = false;
      for (int j = 0; j < floor.jobs; j++) {
        if (slope[j] == 0) {
          sum += alone[j];
          continue;
        }
        double rate = chain[j] ? Math.min(speed, most[j]) : speed;
        // Only the sum of what the server does is a bound, so that no end counts by itself.
        double own = busy[j] / work[j] + work[j] / 2 / rate + behind[j];
        double single = Math.max(0, (double) ends[j] - floor.due[j]);
        sum += goal.flow * floor.weight[j] * (own - floor.jobRelease[j]);
        if (late[j]) {
          sum += goal.tardiness * floor.weight[j] * (own - floor.due[j]);
          boolean early = own - floor.due[j] < single - 1e-6;
          late[j] = !early;
          changed |= early;
        } else {
          sum += goal.tardiness * floor.weight[j] * single;
        }
      }
      best = Math.max(best, sum);
      if (!changed) {
        break;
      }
    }
    return best;
  }

  private boolean rejectable(int j) {
    return floor.rejection[j] < Double.POSITIVE_INFINITY;
  }

  /**
   * Lets the server work, and sums up for each job when its work is done, weighed by the work.
   *
   * @return how fast the server was at most; 0 where it could not do it all
   */
  private double serve(Capacity capacity) {
    int[] byReady =
        IntStream.range(0, floor.jobs)
            .filter(j -> slope[j] > 0)
            .boxed()
            .sorted(Comparator.comparingLong(j -> ready[j]))
            .mapToInt(j -> j)
            .toArray();
    PriorityQueue<Integer> queue =
        new PriorityQueue<>(
            Comparator.<Integer>comparingDouble(j -> -slope[j] / work[j]).thenComparingInt(j -> j));
    System.arraycopy(work, 0, left, 0, work.length);
    Arrays.fill(busy, 0);
    int next = 0;
    int done = 0;
    double now = floor.begin;
    for (int steps = 1; done < byReady.length; steps++) {
      if ((steps & 255) == 0 && stop.now()) {
        return 0;
      }
      while (next < byReady.length && ready[byReady[next]] <= now) {
        queue.add(byReady[next++]);
      }
      double until = next < byReady.length ? ready[byReady[next]] : Double.POSITIVE_INFINITY;
      if (queue.isEmpty()) {
        now = until;
        continue;
      }
      if (!capacity.at(now)) {
        return 0;
      }
      until = Math.min(until, capacity.changes());
      double speed = capacity.speed();
      if (speed == 0) {
        if (until == Double.POSITIVE_INFINITY) {
          return 0;
        }
        now = until;
        continue;
      }
      int j = queue.element();
      double end = Math.min(until, now + left[j] / speed);
      double some = end < until ? left[j] : Math.min(left[j], (end - now) * speed);
      busy[j] += some * (now + end) / 2;
      left[j] -= some;
      now = end;
      if (left[j] <= 1e-9 * work[j]) {
        queue.remove();
        done++;
      }
    }
    return capacity.most();
  }

  /** How much can be done at a time, from then to then. */
  private final class Capacity {
    private final long[] open = new long[2];
    private final long[] all = new long[2];
    private final boolean placed;
    private final PriorityQueue<Change> changes =
        new PriorityQueue<>(Comparator.comparingLong(Change::at));
    private long room = 1000 + (long) CHANGES * floor.n;

    /** A source that comes or goes. */
    private record Change(long at, Source source, int side, boolean opens) {}

    Capacity(List<Source> workers, List<Source> places) {
      placed = !places.isEmpty();
      workers.forEach(s -> begin(s, 0));
      places.forEach(s -> begin(s, 1));
    }

    private void begin(Source s, int side) {
      all[side] += s.amount();
      if (s.calendar().isAlways()) {
        open[side] += s.amount();
      } else if (s.amount() > 0) {
        changes.add(new Change(s.calendar().nextOpen(floor.begin), s, side, true));
      }
    }

    /** Goes on to a time; false when it changes too often. */
    boolean at(double now) {
      while (!changes.isEmpty() && changes.element().at() <= now) {
        Change c = changes.remove();
        if (--room < 0) {
          return false;
        }
        Calendar calendar = c.source().calendar();
        open[c.side()] += c.opens() ? c.source().amount() : -c.source().amount();
        long at = c.opens() ? calendar.rest(c.at()) : calendar.nextOpen(c.at());
        if (at < Calendar.FOREVER) {
          changes.add(new Change(at, c.source(), c.side(), !c.opens()));
        }
      }
      return true;
    }

    double changes() {
      return changes.isEmpty() ? Double.POSITIVE_INFINITY : changes.element().at();
    }

    double speed() {
      return placed ? Math.min(open[0], open[1]) : open[0];
    }

    double most() {
      return placed ? Math.min(all[0], all[1]) : all[0];
    }
  }
}
