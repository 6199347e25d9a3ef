package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.LiveFloor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A live floor by names, over the state that the policy knows. */
final class DefaultLiveFloor implements LiveFloor {

  private static final double NO_DUE = 1e12;

  private final List<String> machines;
  private final Map<String, Integer> machineOf = new HashMap<>();
  private final Map<String, Integer> slotOf = new HashMap<>();
  private final FloorState state;
  private final Chooser chooser;
  private final String[] running;
  private final boolean[] down;
  private String[] names = new String[64];
  private int[] slots = new int[64];
  private double time;

  DefaultLiveFloor(List<String> machines, Chooser chooser) {
    this.machines = List.copyOf(machines);
    for (String machine : this.machines) {
      if (machineOf.put(machine, machineOf.size()) != null) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "machine " + machine + " is named twice\nMaybe give every machine a name of its own");
      }
    }
    if (this.machines.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "there are no machines\nMaybe name at least one");
    }
    this.chooser = chooser;
    state = new FloorState(this.machines.size(), 64);
    state.clear(0);
    running = new String[this.machines.size()];
    Arrays.fill(running, "");
    down = new boolean[this.machines.size()];
  }

  private static MillwrightException wrong(String what, String maybe) {
    return new MillwrightException(ErrorCode.BAD_VALUE, what + "\nMaybe " + maybe);
  }

  private void to(double now) {
    if (!(now >= time) || now == Double.POSITIVE_INFINITY) {
      throw wrong(
          "it is " + time + ", but the time is said to be " + now, "events are out of order");
    }
    time = now;
    state.catchUp(now);
  }

  private int machine(String name) {
    Integer machine = machineOf.get(name);
    if (machine == null) {
      throw wrong("there is no machine " + name, "it is one of " + machines);
    }
    return machine;
  }

  private int slot(String job) {
    Integer slot = slotOf.get(job);
    if (slot == null) {
      throw wrong("there is no job " + job + " on the floor", "it was not said to have arrived");
    }
    return slot;
  }

  @Override
  public void arrived(double now, String job, List<Step> steps, double due, double weight) {
    if (slotOf.containsKey(job)) {
      throw wrong("job " + job + " is on the floor already", "give every job a name of its own");
    }
    if (steps.isEmpty()) {
      throw wrong("job " + job + " has no steps", "give its route");
    }
    if (Double.isNaN(due) || !(weight > 0) || weight == Double.POSITIVE_INFINITY) {
      throw wrong(
          "job " + job + " is due at " + due + " and weighs " + weight,
          "leave the due date infinite and the weight 1 where they do not matter");
    }
    int[] route = new int[steps.size()];
    double[] work = new double[steps.size()];
    for (int k = 0; k < route.length; k++) {
      route[k] = machine(steps.get(k).machine());
      work[k] = steps.get(k).duration();
      if (!(work[k] > 0) || work[k] == Double.POSITIVE_INFINITY) {
        throw wrong(
            "step " + (k + 1) + " of job " + job + " takes " + work[k],
            "give its expected duration, above 0");
      }
    }
    to(now);
    int slot = state.add(route, work, now, Math.min(due, NO_DUE), weight);
    if (slot >= names.length) {
      names = Arrays.copyOf(names, 2 * names.length);
    }
    names[slot] = job;
    slotOf.put(job, slot);
  }

  @Override
  public void cancelled(double now, String job) {
    int slot = slot(job);
    if (state.running[slot]) {
      throw wrong("a machine is at job " + job, "say first that its step has ended");
    }
    to(now);
    off(slot);
  }

  private void off(int slot) {
    slotOf.remove(names[slot]);
    state.remove(slot);
  }

  @Override
  public void begun(double now, String machine, String job) {
    int m = machine(machine);
    int slot = slot(job);
    if (!running[m].isEmpty()) {
      throw wrong(
          "machine " + machine + " is at job " + running[m], "say first that its step has ended");
    }
    if (state.running[slot] || state.route[slot][state.next[slot]] != m) {
      throw wrong(
          "job " + job + " does not wait for machine " + machine,
          state.running[slot]
              ? "another machine is at it"
              : "it waits for " + machines.get(state.route[slot][state.next[slot]]));
    }
    to(now);
    state.begin(slot, now + state.work[slot][state.next[slot]]);
    running[m] = job;
  }

  @Override
  public void ended(double now, String machine) {
    int m = machine(machine);
    if (running[m].isEmpty()) {
      throw wrong("machine " + machine + " is at nothing", "its step was not said to have begun");
    }
    to(now);
    int slot = slot(running[m]);
    running[m] = "";
    state.running[slot] = false;
    state.ready[slot] = now;
    state.free[m] = now;
    if (!state.waits(slot)) {
      off(slot);
    }
  }

  @Override
  public void failed(double now, String machine, double back) {
    int m = machine(machine);
    if (!(back >= now) || back == Double.POSITIVE_INFINITY) {
      throw wrong(
          "machine " + machine + " failed at " + now + " and is expected back at " + back,
          "give a guess, such as the mean time of a repair from now");
    }
    to(now);
    down[m] = true;
    state.free[m] = back + Math.max(0, state.free[m] - now);
    if (!running[m].isEmpty()) {
      state.ready[slot(running[m])] = state.free[m];
    }
  }

  @Override
  public void repaired(double now, String machine) {
    int m = machine(machine);
    to(now);
    down[m] = false;
    if (running[m].isEmpty()) {
      state.free[m] = now;
    }
  }

  @Override
  public Optional<String> next(double now, String machine) {
    int m = machine(machine);
    to(now);
    if (down[m] || !running[m].isEmpty()) {
      return Optional.empty();
    }
    int count = 0;
    for (int i = 0; i < state.jobs; i++) {
      int slot = state.active[i];
      if (!state.running[slot] && state.route[slot][state.next[slot]] == m) {
        if (count == slots.length) {
          slots = Arrays.copyOf(slots, 2 * count);
        }
        slots[count++] = slot;
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(names[slots[count == 1 ? 0 : chooser.choose(state, m, now, slots, count)]]);
  }
}
