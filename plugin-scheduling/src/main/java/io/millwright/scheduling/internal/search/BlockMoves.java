package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;

/**
 * Moves of an order that {@link OrderMoves} does not have, for shops whose conditions bind several
 * operations: a whole job or a stretch of the order goes to one place, two operations of a machine
 * change places, one joins a load, a job is left out or taken in. Each is taken back by copies. Not
 * thread-safe.
 */
final class BlockMoves {

  /** So many operations are moved as one stretch at most. */
  private static final int LONGEST = 20;

  private final Floor floor;
  private final Draws draws;
  private final OrderMoves moves;
  private final boolean rejects;
  private final int[] oldOrder;
  private final int[] oldAlternative;

  BlockMoves(Floor floor, Draws draws, OrderMoves moves, boolean rejects) {
    this.floor = floor;
    this.draws = draws;
    this.moves = moves;
    this.rejects = rejects;
    oldOrder = new int[floor.n];
    oldAlternative = new int[floor.n];
  }

  /** Changes something; false, with everything as it was, when the draw changes nothing. */
  boolean change() {
    System.arraycopy(moves.order, 0, oldOrder, 0, floor.n);
    System.arraycopy(moves.alternative, 0, oldAlternative, 0, floor.n);
    boolean changed =
        switch (draws.below(rejects ? 6 : 5)) {
          case 0, 1 -> together(draws.below(floor.jobs), draws.below(floor.n));
          case 2 -> swap();
          case 3 -> stretch();
          case 4 -> floor.conditions.ovens ? join() : swap();
          default -> leave();
        };
    if (!changed || !moves.renumber()) {
      restore();
      return false;
    }
    return true;
  }

  void restore() {
    System.arraycopy(oldOrder, 0, moves.order, 0, floor.n);
    System.arraycopy(oldAlternative, 0, moves.alternative, 0, floor.n);
    moves.renumber();
  }

  /** Puts all operations of a job, in their order, to a place. */
  private boolean together(int job, int place) {
    int first = floor.jobStart[job];
    int last = floor.jobStart[job + 1];
    int count = last - first;
    int at = Math.min(place, floor.n - count);
    int others = 0;
    int own = at;
    for (int x : oldOrder) {
      if (x >= first && x < last) {
        moves.order[own++] = x;
      } else {
        moves.order[others < at ? others : others + count] = x;
        others++;
      }
    }
    return true;
  }

  /** Puts what stands together in the order to another place. */
  private boolean stretch() {
    int count = 2 + draws.below(Math.max(1, Math.min(floor.n / 2, LONGEST)));
    if (count >= floor.n) {
      return false;
    }
    int from = draws.below(floor.n - count + 1);
    int to = draws.below(floor.n - count + 1);
    int step = from < to ? count : -count;
    for (int at = Math.min(from, to); at < Math.max(from, to) + count; at++) {
      boolean own = at >= to && at < to + count;
      moves.order[at] = own ? oldOrder[from + at - to] : oldOrder[at + step];
    }
    return from != to;
  }

  private boolean swap() {
    int i = draws.below(floor.n);
    int x = oldOrder[i];
    if (oldAlternative[x] < 0) {
      return false;
    }
    int m = floor.altMachine[oldAlternative[x]];
    int k = draws.below(floor.n);
    for (int tried = 0; tried < floor.n; tried++, k = k + 1 == floor.n ? 0 : k + 1) {
      int y = oldOrder[k];
      if (y != x && oldAlternative[y] >= 0 && floor.altMachine[oldAlternative[y]] == m) {
        moves.order[i] = y;
        moves.order[k] = x;
        return true;
      }
    }
    return false;
  }

  /** Puts an operation of an oven behind another of its family, into its load. */
  private boolean join() {
    int i = draws.below(floor.n);
    int x = oldOrder[i];
    int k = draws.below(floor.n);
    int y = oldOrder[k];
    if (x == y || oldAlternative[x] < 0 || oldAlternative[y] < 0) {
      return false;
    }
    int m = floor.altMachine[oldAlternative[y]];
    if (!floor.conditions.oven(m)
        || floor.family[x] != floor.family[y]
        || floor.pinnedAlt[x] >= 0) {
      return false;
    }
    for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
      if (floor.altMachine[a] == m && floor.conditions.joins(a)) {
        moves.alternative[x] = a;
        int step = i < k ? 1 : -1;
        int to = i < k ? k : k + 1;
        for (int at = i; at != to; at += step) {
          moves.order[at] = oldOrder[at + step];
        }
        moves.order[to] = x;
        return true;
      }
    }
    return false;
  }

  /** Leaves a job out that may be, or takes it in again. */
  private boolean leave() {
    boolean one = turn(draws.below(floor.jobs));
    // One goes for another.
    boolean other = draws.below(2) == 0 && turn(draws.below(floor.jobs));
    return one || other;
  }

  private boolean turn(int job) {
    if (floor.rejection[job] == Double.POSITIVE_INFINITY) {
      return false;
    }
    for (int x = floor.jobStart[job]; x < floor.jobStart[job + 1]; x++) {
      moves.alternative[x] = ~moves.alternative[x];
    }
    return moves.alternative[floor.jobStart[job]] < 0 || together(job, draws.below(floor.n));
  }
}
