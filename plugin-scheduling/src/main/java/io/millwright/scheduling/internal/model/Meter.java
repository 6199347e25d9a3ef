package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Power;
import io.millwright.scheduling.Tariff;
import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * What electricity costs, added up operation by operation while a timetable is filled. Prices and
 * closed windows are kept as sums from tick 0 on, so that a span of any length takes two binary
 * searches. For one timetable; not thread-safe.
 */
public final class Meter {

  private final Floor floor;
  private final Prices prices;

  /** Kilowatts by machine; 0 where nobody counts. */
  private final double[] working;

  private final double[] setup;
  private final double[] idle;
  private final double[] off;
  private final long[] offAfter;

  /** The closed windows of machines and of alternatives. */
  private final Closed[] resting;

  private final Closed[] pausing;

  /** Until when a machine is paid for, and whether it is on. */
  private final long[] at;

  private final boolean[] on;

  public Meter(Floor floor) {
    this.floor = floor;
    prices = new Prices(floor.shop.tariff().orElseThrow());
    working = new double[floor.machines];
    setup = new double[floor.machines];
    idle = new double[floor.machines];
    off = new double[floor.machines];
    offAfter = new long[floor.machines];
    at = new long[floor.machines];
    on = new boolean[floor.machines];
    IdentityHashMap<Shifts, Closed> closed = new IdentityHashMap<>();
    resting = new Closed[floor.machines];
    for (int m = 0; m < floor.machines; m++) {
      resting[m] = closed.computeIfAbsent(floor.shifts[m], s -> new Closed(s, prices));
      offAfter[m] = Long.MAX_VALUE;
      if (floor.shop.machines().get(m).power().isPresent()) {
        Power power = floor.shop.machines().get(m).power().get();
        working[m] = power.working();
        setup[m] = power.setup();
        idle[m] = power.idle();
        off[m] = power.off();
        offAfter[m] = power.offAfter().orElse(Long.MAX_VALUE);
      }
    }
    pausing = new Closed[floor.altMachine.length];
    for (int a = 0; a < pausing.length; a++) {
      pausing[a] = closed.computeIfAbsent(floor.altShifts[a], s -> new Closed(s, prices));
    }
  }

  /** Begins a new timetable. */
  void clear() {
    Arrays.fill(at, floor.begin);
    Arrays.fill(on, false);
  }

  /** What an operation costs, with the set-up and the wait before it. */
  double place(int alternative, long preparing, long start, long end) {
    int m = floor.altMachine[alternative];
    double cost = 0;
    long t = at[m];
    if (preparing > 0) {
      long ready = Math.min(floor.shifts[m].finish(t, preparing), Math.max(t, start));
      cost += open(m, setup[m], t, ready);
      t = ready;
      on[m] = true;
    }
    long begin = Math.max(t, start);
    if (begin > t) {
      boolean down = !on[m];
      if (!down && offAfter[m] != Long.MAX_VALUE) {
        down = floor.shifts[m].between(t, begin) >= offAfter[m];
      }
      cost += open(m, down ? off[m] : idle[m], t, begin);
    }
    long until = Math.max(begin, end);
    double all = prices.upTo(until) - prices.upTo(begin);
    double rests = resting[m].upTo(until) - resting[m].upTo(begin);
    double pauses = pausing[alternative].upTo(until) - pausing[alternative].upTo(begin);
    cost += working[m] * (all - pauses) + idle[m] * (pauses - rests) + off[m] * rests;
    at[m] = until;
    on[m] = true;
    return cost / prices.ticksPerHour;
  }

  /** What machines draw that are done before the plan is. */
  double rest(long makespan) {
    double cost = 0;
    for (int m = 0; m < floor.machines; m++) {
      if (off[m] > 0 && makespan > at[m]) {
        cost += off[m] * (prices.upTo(makespan) - prices.upTo(at[m]));
      }
    }
    return cost / prices.ticksPerHour;
  }

  private double open(int m, double kilowatts, long from, long to) {
    double all = prices.upTo(to) - prices.upTo(from);
    double rests = resting[m].upTo(to) - resting[m].upTo(from);
    return kilowatts * (all - rests) + off[m] * rests;
  }

  /** What no plan can save: all work at the lowest price. */
  double atLeast() {
    double cost = 0;
    for (int x = 0; x < floor.n; x++) {
      if (floor.fixed[x] >= 0 && floor.fixed[x] < floor.begin) {
        continue;
      }
      double least = Double.POSITIVE_INFINITY;
      for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
        least = Math.min(least, working[floor.altMachine[a]] * floor.altWork[a]);
      }
      cost += least;
    }
    return cost * prices.lowest / prices.ticksPerHour;
  }

  /** More than what any plan of a length costs. */
  double atMost(double ticks) {
    double all = 0;
    for (int m = 0; m < floor.machines; m++) {
      all += Math.max(Math.max(working[m], setup[m]), Math.max(idle[m], off[m]));
    }
    return all * ticks * prices.highest / prices.ticksPerHour;
  }

  /**
   * The first tick after a time at which the price changes, or the time itself when it never does.
   */
  public long nextChange(long time) {
    return prices.nextChange(time);
  }

  /** The sum of the prices of all ticks before a time. */
  private static final class Prices {
    final double ticksPerHour;
    final double lowest;
    final double highest;
    private final long period;
    private final long[] from;
    private final double[] price;
    private final double[] before;
    private final double whole;

    Prices(Tariff tariff) {
      ticksPerHour = tariff.ticksPerHour();
      period = tariff.period();
      from = tariff.steps().stream().mapToLong(Tariff.Step::from).toArray();
      price = tariff.steps().stream().mapToDouble(Tariff.Step::perKwh).toArray();
      before = new double[from.length];
      for (int i = 1; i < from.length; i++) {
        before[i] = before[i - 1] + price[i - 1] * (from[i] - from[i - 1]);
      }
      whole = period == 0 ? 0 : within(period);
      lowest = Arrays.stream(price).min().orElse(0);
      highest = Arrays.stream(price).max().orElse(0);
    }

    double upTo(long time) {
      if (period == 0) {
        return within(time);
      }
      long periods = time / period;
      return periods * whole + within(time % period);
    }

    private double within(long time) {
      int i = step(time);
      return before[i] + price[i] * (time - from[i]);
    }

    private int step(long time) {
      int i = Arrays.binarySearch(from, time);
      return i >= 0 ? i : -i - 2;
    }

    long nextChange(long time) {
      long base = period == 0 ? 0 : time / period * period;
      int i = step(time - base) + 1;
      if (i < from.length) {
        return base + from[i];
      }
      return period == 0 ? time : base + period;
    }
  }

  /** The sum of the prices of all ticks before a time at which something rests. */
  private static final class Closed {
    private final Shifts shifts;
    private final Prices prices;
    private final double[] before;

    Closed(Shifts shifts, Prices prices) {
      this.shifts = shifts;
      this.prices = prices;
      before = new double[shifts.windows() + 1];
      for (int i = 0; i < shifts.windows(); i++) {
        before[i + 1] = before[i] + prices.upTo(shifts.to(i)) - prices.upTo(shifts.from(i));
      }
    }

    double upTo(long time) {
      int i = shifts.endingAfter(time);
      double sum = before[i];
      return i < shifts.windows() && shifts.from(i) < time
          ? sum + prices.upTo(time) - prices.upTo(shifts.from(i))
          : sum;
    }
  }
}
