package io.millwright.scheduling.internal.dispatch;

import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.search.Picker;

/**
 * Lets a chooser pick in a simulation of any shop of chains: what is left of each job is kept as a
 * route over the machines on which its operations take the least work, and the candidates stand on
 * the machines that they would take. Not thread-safe.
 */
final class FloorPicks implements Picker {

  private final Floor floor;
  private final Chooser chooser;
  private final FloorState state;
  private int[] slots = new int[16];

  FloorPicks(Floor floor, Chooser chooser) {
    this.floor = floor;
    this.chooser = chooser;
    this.state = new FloorState(floor.machines, floor.jobs);
    state.clear((double) floor.begin);
    for (int j = 0; j < floor.jobs; j++) {
      int first = floor.jobStart[j];
      int steps = floor.jobStart[j + 1] - first;
      int[] route = new int[steps];
      double[] work = new double[steps];
      for (int k = 0; k < steps; k++) {
        int best = floor.altStart[first + k];
        for (int a = best; a < floor.altStart[first + k + 1]; a++) {
          best = floor.altWork[a] < floor.altWork[best] ? a : best;
        }
        route[k] = floor.altMachine[best];
        work[k] = work(best);
      }
      double due = floor.due[j] == Long.MAX_VALUE ? NO_DUE * floor.horizon() : floor.due[j];
      state.add(
          route,
          work,
          (double) Math.max(floor.begin, floor.release[first]),
          due,
          Math.max(1e-9, floor.weight[j]));
    }
  }

  private double work(int alternative) {
    return (double) Math.max(1, floor.altWork[alternative]);
  }

  /** A job without due date has so many horizons of time. */
  private static final double NO_DUE = 10;

  @Override
  public int pick(int machine, long now, int[] waiting, int count, int[] alternative) {
    if (slots.length < count) {
      slots = new int[2 * count];
    }
    for (int i = 0; i < count; i++) {
      int x = waiting[i];
      slots[i] = floor.jobOf[x];
      int a = alternative[x];
      state.reroute(slots[i], floor.altMachine[a], work(a));
    }
    return chooser.choose(state, machine, (double) now, slots, count);
  }

  @Override
  public void begun(int operation, int alternative, long end) {
    int slot = floor.jobOf[operation];
    state.reroute(slot, floor.altMachine[alternative], work(alternative));
    state.begin(slot, (double) end);
  }
}
