package io.millwright.scheduling.internal.model;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Orders of operations in which none comes before one that it waits for (topological orders). */
public final class Orders {

  private Orders() {}

  /** The operations by start, then by end, as far as precedence allows. */
  public static int[] byTimes(Floor floor, long[] start, long[] end) {
    int[] waiting = new int[floor.n];
    PriorityQueue<Integer> ready =
        new PriorityQueue<>(
            Comparator.<Integer>comparingLong(x -> start[x])
                .thenComparingLong(x -> end[x])
                .thenComparingInt(x -> x));
    for (int x = 0; x < floor.n; x++) {
      waiting[x] = floor.preds[x].length;
      if (waiting[x] == 0) {
        ready.add(x);
      }
    }
    int[] order = new int[floor.n];
    for (int i = 0; !ready.isEmpty(); i++) {
      int x = ready.remove();
      order[i] = x;
      for (int y : floor.succs[x]) {
        if (--waiting[y] == 0) {
          ready.add(y);
        }
      }
    }
    return order;
  }
}
