package io.millwright.scheduling.internal.dispatch;

import java.util.Arrays;

/**
 * The floor as a dispatcher sees it: jobs with what is left of their routes, machines with the work
 * that is still to come to them. Jobs lie in slots that are used again when a job is done. Not
 * thread-safe.
 */
final class FloorState {

  /** By slot: the machines of a route, and how long each step is expected to take. */
  int[][] route;

  double[][] work;

  /** By slot: the first step that has not begun; the length of the route when none is left. */
  int[] next;

  /** By slot: when the step before that one is done, or the job is released. */
  double[] ready;

  /** By slot: the expected work of the steps that have not begun, and of those that have. */
  double[] left;

  double[] done;

  /** By slot: when the job came in. */
  double[] release;

  double[] due;
  double[] weight;

  /** By slot: whether a machine is at the step before the next one. */
  boolean[] running;

  /** The slots in use, in no order; {@link #jobs} of them. */
  int[] active;

  private int[] place;
  private int[] spare;
  private int spares;
  int jobs;

  /** By machine: when it is expected to be free. */
  final double[] free;

  /** By machine: expected work, and number, of known steps that have not begun. */
  final double[] load;

  final int[] ahead;

  /** The mean expected duration over all steps that were ever known. */
  double mean = 1;

  private double known;
  private double sum;

  /** Steps that have begun, and those that were ever known. */
  long begun;

  FloorState(int machines, int room) {
    free = new double[machines];
    load = new double[machines];
    ahead = new int[machines];
    route = new int[room][];
    work = new double[room][];
    next = new int[room];
    ready = new double[room];
    left = new double[room];
    done = new double[room];
    release = new double[room];
    due = new double[room];
    running = new boolean[room];
    weight = new double[room];
    active = new int[room];
    place = new int[room];
    spare = new int[room];
  }

  int machines() {
    return free.length;
  }

  /** Forgets all jobs and lets all machines be free at a time. */
  void clear(double now) {
    jobs = 0;
    spares = 0;
    known = 0;
    sum = 0;
    begun = 0;
    mean = 1;
    Arrays.fill(free, now);
    Arrays.fill(load, 0);
    Arrays.fill(ahead, 0);
    Arrays.fill(route, null);
  }

  /**
   * Takes a job in.
   *
   * @return its slot
   */
  int add(int[] machines, double[] durations, double arrival, double dueDate, double value) {
    int slot = spares > 0 ? spare[--spares] : jobs;
    if (slot == route.length) {
      grow();
    }
    route[slot] = machines;
    work[slot] = durations;
    next[slot] = 0;
    ready[slot] = arrival;
    release[slot] = arrival;
    left[slot] = 0;
    done[slot] = 0;
    running[slot] = false;
    due[slot] = dueDate;
    weight[slot] = value;
    place[slot] = jobs;
    active[jobs++] = slot;
    for (int k = 0; k < machines.length; k++) {
      left[slot] += durations[k];
      load[machines[k]] += durations[k];
      ahead[machines[k]]++;
    }
    sum += left[slot];
    known += machines.length;
    mean = Math.max(1e-9, sum / known);
    return slot;
  }

  private void grow() {
    int room = 2 * route.length;
    route = Arrays.copyOf(route, room);
    work = Arrays.copyOf(work, room);
    next = Arrays.copyOf(next, room);
    ready = Arrays.copyOf(ready, room);
    left = Arrays.copyOf(left, room);
    done = Arrays.copyOf(done, room);
    release = Arrays.copyOf(release, room);
    due = Arrays.copyOf(due, room);
    running = Arrays.copyOf(running, room);
    weight = Arrays.copyOf(weight, room);
    active = Arrays.copyOf(active, room);
    place = Arrays.copyOf(place, room);
    spare = Arrays.copyOf(spare, room);
  }

  /** Lets the next step of a job be on another machine than was expected. */
  void reroute(int slot, int machine, double duration) {
    int k = next[slot];
    double change = duration - work[slot][k];
    load[route[slot][k]] -= work[slot][k];
    ahead[route[slot][k]]--;
    route[slot][k] = machine;
    work[slot][k] = duration;
    left[slot] += change;
    load[machine] += duration;
    ahead[machine]++;
  }

  /** Begins the next step of a job, which keeps its machine until then. */
  void begin(int slot, double until) {
    int k = next[slot]++;
    int m = route[slot][k];
    double p = work[slot][k];
    left[slot] -= p;
    done[slot] += p;
    load[m] -= p;
    ahead[m]--;
    begun++;
    running[slot] = true;
    ready[slot] = until;
    free[m] = until;
  }

  /** Takes a job out whose last step has begun or which nobody wants any more. */
  void remove(int slot) {
    for (int k = next[slot]; k < route[slot].length; k++) {
      load[route[slot][k]] -= work[slot][k];
      ahead[route[slot][k]]--;
    }
    int last = active[--jobs];
    active[place[slot]] = last;
    place[last] = place[slot];
    spare[spares++] = slot;
  }

  /** What should have ended by now is expected to end at once. */
  void catchUp(double now) {
    for (int m = 0; m < free.length; m++) {
      free[m] = Math.max(free[m], now);
    }
    for (int i = 0; i < jobs; i++) {
      int slot = active[i];
      // A job that waits has been ready for a while, which counts.
      if (next[slot] > 0 && running[slot] && ready[slot] < now) {
        ready[slot] = now;
      }
    }
  }

  /** The share of all known steps that have begun. */
  double progress() {
    return begun / Math.max(1, known);
  }

  boolean waits(int slot) {
    return next[slot] < route[slot].length;
  }
}
