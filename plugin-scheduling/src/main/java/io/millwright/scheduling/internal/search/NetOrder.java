package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;

/**
 * A topological order of a {@link ShopNet}, repaired around one operation at a time; a repair that
 * fails has found a cycle. The last repair can be undone. Not thread-safe.
 */
public final class NetOrder {

  private final ShopNet net;
  private final Floor floor;
  final int[] order;
  final int[] pos;
  private final int[] mark;
  private int stamp;
  private final int[] shifted;
  private final int[] savedOrder;
  private int savedFrom;
  private int savedTo = -1;

  NetOrder(ShopNet net, Floor floor) {
    this.net = net;
    this.floor = floor;
    order = new int[floor.n];
    pos = new int[floor.n];
    mark = new int[floor.n];
    shifted = new int[floor.n];
    savedOrder = new int[floor.n];
  }

  /**
   * Restores the order around x with its new neighbours on the machine, -1 for none.
   *
   * @return false, with nothing changed, for a cycle
   */
  boolean repair(int x, int before, int behind) {
    savedFrom = 0;
    savedTo = -1;
    if (before >= 0 && pos[before] > pos[x]) {
      return forward(x, before);
    }
    return behind < 0 || pos[behind] > pos[x] || backward(x, behind);
  }

  /** Takes the last repair back. */
  void undo() {
    for (int k = savedFrom; k <= savedTo; k++) {
      order[k] = savedOrder[k];
      pos[order[k]] = k;
    }
    savedTo = -1;
  }

  private void save(int from, int to) {
    savedFrom = from;
    savedTo = to;
    System.arraycopy(order, from, savedOrder, from, to - from + 1);
  }

  private boolean forward(int x, int before) {
    int from = pos[x];
    int to = pos[before];
    stamp++;
    mark[x] = stamp;
    for (int k = from + 1; k <= to; k++) {
      int y = order[k];
      if (follows(y)) {
        if (y == before) {
          return false;
        }
        mark[y] = stamp;
      }
    }
    save(from, to);
    int count = 0;
    int w = from;
    for (int k = from; k <= to; k++) {
      int y = order[k];
      if (mark[y] == stamp) {
        shifted[count++] = y;
      } else {
        order[w] = y;
        pos[y] = w++;
      }
    }
    for (int k = 0; k < count; k++, w++) {
      order[w] = shifted[k];
      pos[shifted[k]] = w;
    }
    return true;
  }

  private boolean follows(int y) {
    for (int b : floor.preds[y]) {
      if (mark[b] == stamp) {
        return true;
      }
    }
    int before = net.machineBefore(y);
    return (before >= 0 && mark[before] == stamp) || net.staffFollows(y, mark, stamp);
  }

  private boolean backward(int x, int behind) {
    int from = pos[behind];
    int to = pos[x];
    stamp++;
    mark[x] = stamp;
    for (int k = to - 1; k >= from; k--) {
      int y = order[k];
      if (precedes(y)) {
        if (y == behind) {
          return false;
        }
        mark[y] = stamp;
      }
    }
    save(from, to);
    int count = 0;
    int w = to;
    for (int k = to; k >= from; k--) {
      int y = order[k];
      if (mark[y] == stamp) {
        shifted[count++] = y;
      } else {
        order[w] = y;
        pos[y] = w--;
      }
    }
    for (int k = 0; k < count; k++, w--) {
      order[w] = shifted[k];
      pos[shifted[k]] = w;
    }
    return true;
  }

  private boolean precedes(int y) {
    for (int b : floor.succs[y]) {
      if (mark[b] == stamp) {
        return true;
      }
    }
    int behind = net.machineBehind(y);
    return (behind >= 0 && mark[behind] == stamp) || net.staffPrecedes(y, mark, stamp);
  }
}
