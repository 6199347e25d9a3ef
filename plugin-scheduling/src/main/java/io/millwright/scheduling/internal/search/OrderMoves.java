package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;

/**
 * An order of operations that a search changes one step at a time and takes back: an operation
 * moves within the room that its job leaves, goes to another machine, or waits. Not thread-safe.
 */
public final class OrderMoves {

  /**
   * The first temperature of a search by these moves, as a part of the mean worsening. Most moves
   * of a whole order are disasters, so that a search which takes some of them never comes back: at
   * 0.3 large shops never left their start.
   */
  static final double HEAT = 5e-4;

  private final Floor floor;
  private final Draws draws;
  final int[] order;
  final int[] alternative;

  /** By operation, a tick before which it does not begin; 0 for none. */
  final long[] wait;

  private final int[] pos;

  private int movedFrom;
  private int movedTo;
  private int changedOp = -1;
  private int oldAlternative;
  private int waiter = -1;
  private long oldWait;

  /** The same for a shop of a size: among few operations the way on may lead through a disaster. */
  static double heat(int n) {
    return Math.max(HEAT, Math.min(0.3, 5.0 / n / n));
  }

  OrderMoves(Floor floor, Draws draws, Plan first) {
    this.floor = floor;
    this.draws = draws;
    order = first.order().clone();
    alternative = first.alternative().clone();
    wait = first.notBefore().length == 0 ? new long[floor.n] : first.notBefore().clone();
    pos = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      pos[order[i]] = i;
    }
  }

  /** Changes something; false when there was nothing to change. */
  boolean change() {
    keep();
    int x = draws.below(floor.n);
    movedFrom = pos[x];
    movedTo = pos[x];
    if (alternative[x] >= 0
        && floor.alternatives(x) > 1
        && floor.pinnedAlt[x] < 0
        && draws.below(2) == 0) {
      changedOp = x;
      oldAlternative = alternative[x];
      int a = floor.altStart[x] + draws.below(floor.alternatives(x) - 1);
      alternative[x] = a >= oldAlternative ? a + 1 : a;
      if (draws.below(2) == 0) {
        return true;
      }
    }
    int low = low(x);
    int high = high(x);
    if (low >= high) {
      return changedOp >= 0;
    }
    int reach = 1 + draws.below(Math.max(2, floor.n / 4));
    low = Math.max(low, pos[x] - reach);
    high = Math.min(high, pos[x] + reach);
    movedTo = low + draws.below(high - low + 1);
    shift(movedFrom, movedTo);
    return changedOp >= 0 || movedTo != movedFrom;
  }

  /**
   * Puts an operation onto a machine, before what begins there at a tick or later, as far as its
   * job lets it, and lets it wait for that tick.
   */
  void bring(int x, int onto, long tick, long[] start) {
    hold(x, tick);
    changedOp = x;
    oldAlternative = alternative[x];
    alternative[x] = onto;
    movedFrom = pos[x];
    int low = low(x);
    int high = high(x);
    int machine = floor.altMachine[onto];
    int at = low;
    while (at <= high
        && (order[at] == x
            || alternative[order[at]] < 0
            || floor.altMachine[alternative[order[at]]] != machine
            || start[order[at]] < tick)) {
      at++;
    }
    movedTo = Math.max(low, at > movedFrom ? at - 1 : at);
    shift(movedFrom, movedTo);
  }

  /** The first place behind all that must be done before an operation. */
  private int low(int x) {
    int low = 0;
    for (int y : floor.preds[x]) {
      low = Math.max(low, pos[y] + 1);
    }
    return low;
  }

  /** The last place before all that must be done after an operation. */
  private int high(int x) {
    int high = floor.n - 1;
    for (int y : floor.succs[x]) {
      high = Math.min(high, pos[y] - 1);
    }
    return high;
  }

  /** Lets an operation wait until a tick; 0 for not at all. */
  void hold(int x, long until) {
    keep();
    wait(x, until);
  }

  private void wait(int x, long until) {
    waiter = x;
    oldWait = wait[x];
    wait[x] = until;
  }

  /** Changes nothing, so that there is nothing to take back. */
  private void keep() {
    changedOp = -1;
    waiter = -1;
    movedTo = movedFrom;
  }

  /** Takes the last change back. */
  void restore() {
    if (changedOp >= 0) {
      alternative[changedOp] = oldAlternative;
    }
    if (waiter >= 0) {
      wait[waiter] = oldWait;
    }
    shift(movedTo, movedFrom);
    keep();
  }

  /** Numbers the places anew; false when the order breaks precedence. */
  boolean renumber() {
    for (int i = 0; i < floor.n; i++) {
      pos[order[i]] = i;
    }
    for (int x = 0; x < floor.n; x++) {
      for (int y : floor.preds[x]) {
        if (pos[y] > pos[x]) {
          return false;
        }
      }
    }
    return true;
  }

  /** What the order costs in a timetable. */
  double evaluate(Timetable timetable) {
    return timetable.evaluate(order, alternative, wait);
  }

  /** The order as it is now. */
  Plan plan(double cost, String foundBy) {
    return new Plan(cost, order.clone(), alternative.clone(), foundBy, wait.clone());
  }

  /** The next operation on the same machine, or -1. */
  int following(int x) {
    int m = floor.altMachine[alternative[x]];
    for (int i = pos[x] + 1; i < floor.n; i++) {
      if (floor.altMachine[alternative[order[i]]] == m) {
        return order[i];
      }
    }
    return -1;
  }

  private void shift(int from, int to) {
    int x = order[from];
    int step = from < to ? 1 : -1;
    for (int i = from; i != to; i += step) {
      order[i] = order[i + step];
      pos[order[i]] = i;
    }
    order[to] = x;
    pos[x] = to;
  }
}
