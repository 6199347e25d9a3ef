package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives every operation of an order its earliest time: the one place where a search's plan becomes
 * a schedule, and the full evaluation for shops with secondary resources. Reusable, not
 * thread-safe.
 */
public final class Timetable {

  private static final long[] AT_ONCE = {};

  private static final int[] NOTHING = {};

  private final Floor floor;
  private final boolean staffed;
  private final Goal goal;
  public final long[] start;
  public final long[] end;
  public final long[] setup;
  final int[] machine;
  final int[] last;
  final int[] family;
  final long[][] unitFree;
  private final @Nullable Meter meter;
  private final @Nullable ConditionedTimes conditioned;
  private double @Nullable [] setupRatio;
  private boolean feasible;
  private long makespan;
  private double overdue;
  private double costIfFeasible;

  public Timetable(Floor floor, Goal goal) {
    this(floor, goal, true);
  }

  /**
   * A timetable.
   *
   * @param staffed false to leave secondary resources out, but for their calendars
   */
  public Timetable(Floor floor, Goal goal, boolean staffed) {
    this.staffed = staffed;
    this.floor = floor;
    this.goal = goal;
    start = new long[floor.n];
    end = new long[floor.n];
    setup = new long[floor.n];
    machine = new int[floor.n];
    last = new int[floor.machines];
    family = new int[floor.machines];
    meter = goal.energy > 0 ? new Meter(floor) : null;
    conditioned = floor.conditions.any ? new ConditionedTimes(this, floor) : null;
    unitFree = new long[floor.capacity.length][];
    for (int r = 0; r < unitFree.length; r++) {
      unitFree[r] = new long[floor.capacity[r]];
    }
  }

  /** Lets the set-up before each operation take a multiple of its time. */
  public void stretchSetups(double[] ratioByOperation) {
    setupRatio = ratioByOperation;
  }

  /** The set-up of a machine before an operation. */
  long setupTime(int x, int m) {
    long usual = floor.setup(m, family[m], floor.family[x]);
    return setupRatio == null || usual == 0 ? usual : Math.round(usual * setupRatio[x]);
  }

  public boolean feasible() {
    return feasible;
  }

  public long makespan() {
    return makespan;
  }

  /** Sets all times and returns the cost; infinite when a pin cannot be kept or time runs out. */
  public double evaluate(int[] order, int[] alternative) {
    return evaluate(order, alternative, AT_ONCE);
  }

  /** The same for a plan, with the waits it has. */
  public double evaluate(Plan plan) {
    return evaluate(plan.order(), plan.alternative(), plan.notBefore());
  }

  /** The same, with ticks before which operations do not begin; empty for none. */
  public double evaluate(int[] order, int[] alternative, long[] wait) {
    Arrays.fill(last, -1);
    System.arraycopy(floor.firstFamily, 0, family, 0, floor.machines);
    for (long[] units : unitFree) {
      Arrays.fill(units, 0);
    }
    past();
    feasible = true;
    if (meter != null) {
      meter.clear();
    }
    double cost = 0;
    makespan = 0;
    overdue = 0;
    if (conditioned != null) {
      conditioned.run(order, alternative, wait);
      feasible = conditioned.violation() == 0;
    }
    for (int x : order) {
      if (alternative[x] < 0) {
        start[x] = 0;
        end[x] = 0;
        setup[x] = 0;
        continue;
      }
      if (conditioned == null) {
        place(x, alternative[x], wait.length == 0 ? 0 : wait[x]);
      }
      if (meter != null) {
        cost += goal.energy * meter.place(alternative[x], setup[x], start[x], end[x]);
      }
      cost += goal.setup * setup[x];
      if (goal.keeps()) {
        cost += goal.ofPlace(x, start[x], alternative[x]);
      }
      makespan = Math.max(makespan, end[x]);
    }
    for (int j = 0; j < floor.jobs; j++) {
      if (alternative[floor.jobStart[j]] < 0) {
        cost += goal.ofRejected(floor, j);
        continue;
      }
      long latest = 0;
      for (int x : floor.sinks[j]) {
        latest = Math.max(latest, end[x]);
      }
      cost += goal.ofJob(floor, j, latest);
      feasible &= latest <= floor.deadline[j];
      overdue += latest <= floor.deadline[j] ? 0 : 1 + (double) latest - floor.deadline[j];
    }
    if (meter != null) {
      cost += goal.energy * meter.rest(makespan);
    }
    feasible &= makespan < Shifts.NEVER;
    costIfFeasible = cost + goal.makespan * makespan;
    return feasible ? costIfFeasible : Double.POSITIVE_INFINITY;
  }

  /** What the order last timed would cost if it kept its conditions and dates. */
  public double costIfFeasible() {
    return costIfFeasible;
  }

  /** How far the order last timed breaks its conditions and dates; 0 when it keeps them. */
  public double violation() {
    return conditioned == null ? 0 : conditioned.violation() + overdue;
  }

  /** What an alternative holds, where staff counts: pairs of pool and amount. */
  int[] needs(int alternative) {
    return staffed ? floor.altNeeds[alternative] : NOTHING;
  }

  private void place(int x, int alternative, long wait) {
    int m = floor.altMachine[alternative];
    Shifts shifts = floor.shifts[m];
    Shifts working = floor.altShifts[alternative];
    machine[x] = m;
    long fixed = floor.fixed[x];
    long begin = floor.release[x];
    if (floor.waits.any) {
      begin = Math.max(begin, floor.waits.ready(floor, x, m, machine, start, end));
    } else {
      for (int y : floor.before[x]) {
        begin = Math.max(begin, end[y]);
      }
    }
    int[] needs = needs(alternative);
    long free = last[m] < 0 ? Long.MIN_VALUE : end[last[m]];
    if (fixed >= 0 && fixed < floor.begin) {
      // The past is as it was: no set-up is replayed, no resource missed.
      setup[x] = 0;
      begin = Math.max(begin, free);
    } else {
      for (int k = 0; k < needs.length; k += 2) {
        begin = Math.max(begin, unitFree[needs[k]][needs[k + 1] - 1]);
      }
      long from = free >= floor.begin ? free : floor.setupFrom(m, free, floor.family[x]);
      setup[x] = setupTime(x, m);
      begin = Math.max(begin, shifts.finish(from, setup[x]));
      begin = floor.open(x, alternative, fixed >= 0 ? begin : Math.max(begin, wait));
    }
    begin = Math.min(begin, Shifts.NEVER);
    if (fixed >= 0) {
      feasible &= begin <= fixed;
      begin = Math.max(begin, fixed);
    }
    start[x] = begin;
    end[x] = Math.min(Shifts.NEVER, working.finish(begin, floor.altWork[alternative]));
    last[m] = x;
    if (floor.family[x] >= 0) {
      family[m] = floor.family[x];
    }
    if (fixed < 0 || fixed >= floor.begin) {
      hold(needs, start[x], end[x]);
    }
  }

  /** What has begun holds its resources first, wherever it stands in the order. */
  private void past() {
    for (int x : floor.begun) {
      long from = floor.fixed[x];
      int a = floor.pinnedAlt[x];
      long to = Math.min(Shifts.NEVER, floor.altShifts[a].finish(from, floor.altWork[a]));
      hold(staffed ? floor.altNeeds[a] : NOTHING, from, to);
    }
  }

  void hold(int[] needs, long from, long to) {
    for (int k = 0; k < needs.length; k += 2) {
      Units.hold(unitFree[needs[k]], needs[k + 1], from, to);
    }
  }

  /** The plan as the facade shows it; evaluates it first. */
  public Schedule schedule(Plan plan) {
    evaluate(plan);
    List<Assignment> assignments = new ArrayList<>(floor.n);
    Staff staff = floor.pools.named ? new Staff(floor) : null;
    for (int x : byStart(plan.order())) {
      if (plan.alternative()[x] < 0) {
        continue;
      }
      ShopJob job = floor.shop.jobs().get(floor.jobOf[x]);
      assignments.add(
          new Assignment(
              job.id(),
              job.operations().get(x - floor.jobStart[floor.jobOf[x]]).id(),
              floor.shop.machines().get(floor.altMachine[plan.alternative()[x]]).id(),
              setup[x],
              start[x],
              end[x],
              staff == null ? List.of() : staff.held(x, plan.alternative()[x], start[x], end[x])));
    }
    return new Schedule(assignments);
  }

  /** The operations by start: a schedule sorts what is almost sorted in no time. */
  private int[] byStart(int[] order) {
    if (makespan > Long.MAX_VALUE / 2 / floor.n) {
      return order;
    }
    long[] keys = new long[floor.n];
    for (int x = 0; x < floor.n; x++) {
      keys[x] = start[x] * floor.n + x;
    }
    Arrays.sort(keys);
    int[] sorted = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      sorted[i] = (int) (keys[i] % floor.n);
    }
    return sorted;
  }
}
