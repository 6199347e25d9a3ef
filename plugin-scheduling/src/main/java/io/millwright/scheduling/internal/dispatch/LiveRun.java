package io.millwright.scheduling.internal.dispatch;

import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.simulation.EventCalendar;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.scheduling.StochasticShop;
import java.util.Arrays;

/**
 * Simulates a stochastic job shop, event by event. What is drawn belongs to a job or a machine, so
 * that every way of dispatching meets the same luck. A step that is interrupted by a failure goes
 * on after the repair. Not thread-safe.
 */
final class LiveRun {

  private static final int GAP = 0;
  private static final int JOB = 1;
  private static final int ACTUAL = 2;
  private static final int FAILURE = 3;
  private static final double MEAN_STEP = 50;

  /**
   * What a run came to.
   *
   * @param tardiness mean weighted tardiness of a job
   * @param flow mean time of a job on the floor
   * @param late the share of jobs that were late
   */
  record Outcome(double tardiness, double flow, double late) {}

  private final StochasticShop shop;
  private final CommonRandom random;
  private final FloorState state;
  private final EventCalendar calendar = new EventCalendar();
  private final int machines;
  private final int[][] queue;
  private final int[] queued;
  private final int[] running;
  private final double[] finish;
  private final double[] paused;
  private final boolean[] down;
  private final KeyedRandom[] failures;
  private final Runnable surprised;
  private int[] number = new int[64];
  private int arrived;
  private int done;
  private int counted;
  private double tardiness;
  private double flow;
  private double late;
  private double now;

  LiveRun(StochasticShop shop, CommonRandom random) {
    this(shop, random, () -> {});
  }

  /**
   * A run.
   *
   * @param surprised told of every arrival, failure and repair
   */
  LiveRun(StochasticShop shop, CommonRandom random, Runnable surprised) {
    this.shop = shop;
    this.random = random;
    this.surprised = surprised;
    machines = shop.machines();
    state = new FloorState(machines, 64);
    queue = new int[machines][16];
    queued = new int[machines];
    running = new int[machines];
    finish = new double[machines];
    paused = new double[machines];
    down = new boolean[machines];
    failures = new KeyedRandom[machines];
  }

  /** Runs from an empty floor until all jobs are done. */
  Outcome run(Chooser chooser) {
    begin();
    for (int i = 0; i < shop.backlog(); i++) {
      arrive();
    }
    calendar.schedule(gap(), 0);
    for (int k = 0; k < machines; k++) {
      dispatch(k, chooser);
    }
    while (done < shop.jobs() && calendar.advance()) {
      now = calendar.now();
      int event = calendar.event();
      int k = (event - 1) % machines;
      if (event == 0) {
        int slot = arrive();
        if (arrived < shop.jobs()) {
          calendar.schedule(now + gap(), 0);
        }
        surprised.run();
        dispatch(state.route[slot][0], chooser);
      } else if (event <= machines) {
        if (finish[k] == now) {
          finished(k, chooser);
        }
      } else if (event <= 2 * machines) {
        fail(k);
        surprised.run();
      } else {
        repaired(k);
        surprised.run();
        dispatch(k, chooser);
      }
    }
    int n = Math.max(1, counted);
    return new Outcome(tardiness / n, flow / n, late / n);
  }

  FloorState state() {
    return state;
  }

  double now() {
    return now;
  }

  private void begin() {
    state.clear(0);
    calendar.clear();
    Arrays.fill(queued, 0);
    Arrays.fill(running, -1);
    Arrays.fill(down, false);
    Arrays.fill(finish, Double.NaN);
    arrived = 0;
    done = 0;
    counted = 0;
    tardiness = 0;
    flow = 0;
    late = 0;
    now = 0;
    for (int k = 0; k < machines; k++) {
      failures[k] = random.stream(FAILURE, k);
      if (shop.repairTime() > 0 && shop.upTime() < Double.POSITIVE_INFINITY) {
        calendar.schedule(exponential(failures[k], shop.upTime()), 1 + machines + k);
      }
    }
  }

  private static double exponential(KeyedRandom by, double mean) {
    return -mean * Math.log(1 - by.nextDouble());
  }

  private double gap() {
    double steps = (shop.leastSteps() + shop.mostSteps()) / 2.0;
    double up =
        shop.upTime() < Double.POSITIVE_INFINITY
            ? shop.upTime() / (shop.upTime() + shop.repairTime())
            : 1;
    double mean = steps * MEAN_STEP / (machines * shop.utilisation() * up);
    return exponential(random.stream(GAP, arrived), mean);
  }

  private int arrive() {
    KeyedRandom drawn = random.stream(JOB, arrived);
    int steps = shop.leastSteps() + drawn.nextInt(shop.mostSteps() - shop.leastSteps() + 1);
    int[] route = Arrays.copyOf(drawn.permutation(machines), steps);
    double[] work = new double[steps];
    double total = 0;
    for (int k = 0; k < steps; k++) {
      work[k] = 1 + drawn.nextInt(99);
      total += work[k];
    }
    double allowance =
        shop.leastAllowance() + (shop.mostAllowance() - shop.leastAllowance()) * drawn.nextDouble();
    double luck = drawn.nextDouble();
    double weight = luck < 0.2 ? 1 : luck < 0.8 ? 2 : 4;
    int slot = state.add(route, work, now, now + allowance * total, weight);
    if (slot >= number.length) {
      number = Arrays.copyOf(number, 2 * number.length);
    }
    number[slot] = arrived++;
    enter(slot);
    return slot;
  }

  private void enter(int slot) {
    int k = state.route[slot][state.next[slot]];
    if (queued[k] == queue[k].length) {
      queue[k] = Arrays.copyOf(queue[k], 2 * queued[k]);
    }
    queue[k][queued[k]++] = slot;
  }

  private void fail(int k) {
    down[k] = true;
    double expected = now + shop.repairTime();
    if (running[k] >= 0) {
      paused[k] = finish[k] - now;
      finish[k] = Double.NaN;
      expected += Math.max(0, state.free[k] - now);
      state.ready[running[k]] = expected;
    }
    state.free[k] = expected;
    double repair = exponential(failures[k], shop.repairTime());
    calendar.schedule(now + repair, 1 + 2 * machines + k);
  }

  private void repaired(int k) {
    down[k] = false;
    state.free[k] = now;
    if (running[k] >= 0) {
      finish[k] = now + paused[k];
      state.free[k] = finish[k];
      state.ready[running[k]] = finish[k];
      calendar.schedule(finish[k], 1 + k);
    }
    calendar.schedule(now + exponential(failures[k], shop.upTime()), 1 + machines + k);
  }

  private void finished(int k, Chooser chooser) {
    int slot = running[k];
    running[k] = -1;
    finish[k] = Double.NaN;
    state.free[k] = now;
    state.ready[slot] = now;
    state.running[slot] = false;
    if (state.waits(slot)) {
      enter(slot);
      int next = state.route[slot][state.next[slot]];
      dispatch(k, chooser);
      dispatch(next, chooser);
    } else {
      if (number[slot] >= shop.warmUp()) {
        double over = Math.max(0, now - state.due[slot]);
        counted++;
        tardiness += state.weight[slot] * over;
        flow += now - state.release[slot];
        late += over > 0 ? 1 : 0;
      }
      done++;
      state.remove(slot);
      dispatch(k, chooser);
    }
  }

  private void dispatch(int k, Chooser chooser) {
    if (down[k] || running[k] >= 0 || queued[k] == 0) {
      return;
    }
    state.catchUp(now);
    int at = queued[k] == 1 ? 0 : chooser.choose(state, k, now, queue[k], queued[k]);
    int slot = queue[k][at];
    queue[k][at] = queue[k][--queued[k]];
    int step = state.next[slot];
    double expected = state.work[slot][step];
    double actual = expected;
    if (shop.spread() > 0) {
      double luck = random.stream(ACTUAL, number[slot], step).nextGaussian();
      actual *= Math.exp(shop.spread() * (luck - shop.spread() / 2));
    }
    running[k] = slot;
    finish[k] = now + actual;
    state.begin(slot, now + expected);
    calendar.schedule(finish[k], 1 + k);
  }
}
