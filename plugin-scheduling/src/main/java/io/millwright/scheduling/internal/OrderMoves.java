package io.millwright.scheduling.internal;

/**
 * An order of operations that a search changes one step at a time and takes back: an operation
 * moves within the room that its job leaves, or goes to another machine. Not thread-safe.
 */
final class OrderMoves {

  /**
   * The first temperature of a search by these moves, as a part of the mean worsening: most moves
   * of a whole order are disasters, and a search that takes one in a hundred of them never comes
   * back.
   */
  static final double HEAT = 5e-4;

  private final Floor floor;
  private final Draws draws;
  final int[] order;
  final int[] alternative;
  private final int[] pos;

  private int movedFrom;
  private int movedTo;
  private int changedOp = -1;
  private int oldAlternative;

  OrderMoves(Floor floor, Draws draws, Plan first) {
    this.floor = floor;
    this.draws = draws;
    order = first.order().clone();
    alternative = first.alternative().clone();
    pos = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      pos[order[i]] = i;
    }
  }

  /** Takes over a plan. */
  void load(Plan plan) {
    System.arraycopy(plan.order(), 0, order, 0, floor.n);
    System.arraycopy(plan.alternative(), 0, alternative, 0, floor.n);
    for (int i = 0; i < floor.n; i++) {
      pos[order[i]] = i;
    }
  }

  /** Changes something; false when there was nothing to change. */
  boolean change() {
    int x = draws.below(floor.n);
    changedOp = -1;
    movedFrom = pos[x];
    movedTo = pos[x];
    if (floor.alternatives(x) > 1 && floor.pinnedAlt[x] < 0 && draws.below(2) == 0) {
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
   * job lets it.
   */
  void bring(int x, int onto, long tick, long[] start) {
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
    for (int y : floor.before[x]) {
      low = Math.max(low, pos[y] + 1);
    }
    return low;
  }

  /** The last place before all that must be done after an operation. */
  private int high(int x) {
    int high = floor.n - 1;
    for (int y : floor.behind[x]) {
      high = Math.min(high, pos[y] - 1);
    }
    return high;
  }

  /** Changes nothing, so that there is nothing to take back. */
  void keep() {
    changedOp = -1;
    movedTo = movedFrom;
  }

  /** Takes the last change back. */
  void restore() {
    if (changedOp >= 0) {
      alternative[changedOp] = oldAlternative;
    }
    shift(movedTo, movedFrom);
    keep();
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
