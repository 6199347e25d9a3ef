package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Floor;
import java.util.Arrays;

/**
 * The sequences of a {@link ShopNet}'s machines, as arrays for places and as links for neighbours.
 * Not thread-safe.
 */
public final class NetLines {

  private final Floor floor;
  final int[] alternative;
  final int[] machine;
  final int[][] sequence;
  final int[] length;

  /** The place of an operation in its machine's sequence. */
  final int[] index;

  /** The neighbours in the sequence, or -1: what the sequence says, without looking it up. */
  final int[] previous;

  final int[] next;

  NetLines(Floor floor) {
    this.floor = floor;
    alternative = new int[floor.n];
    machine = new int[floor.n];
    sequence = new int[floor.machines][8];
    length = new int[floor.machines];
    index = new int[floor.n];
    previous = new int[floor.n];
    next = new int[floor.n];
  }

  void clear() {
    Arrays.fill(length, 0);
  }

  /** Takes an operation out of everything, with the complement of its alternative. */
  void leaveOut(int x, int alt) {
    alternative[x] = alt;
    machine[x] = -1;
    previous[x] = -1;
    next[x] = -1;
    index[x] = 0;
  }

  /** Puts an operation that stands nowhere at the end of a sequence. */
  void append(int x, int alt) {
    int m = floor.altMachine[alt];
    alternative[x] = alt;
    machine[x] = m;
    previous[x] = -1;
    next[x] = -1;
    if (length[m] > 0) {
      link(sequence[m][length[m] - 1], x);
    }
    room(m);
    index[x] = length[m];
    sequence[m][length[m]++] = x;
  }

  private void room(int m) {
    if (length[m] == sequence[m].length) {
      sequence[m] = Arrays.copyOf(sequence[m], 2 * length[m]);
    }
  }

  private void link(int before, int behind) {
    if (before >= 0) {
      next[before] = behind;
    }
    if (behind >= 0) {
      previous[behind] = before;
    }
  }

  /** Moves an operation to an alternative and a place, counted without it. */
  void relink(int x, int alt, int place) {
    int to = floor.altMachine[alt];
    link(previous[x], next[x]);
    shift(x, to, place);
    int[] s = sequence[to];
    s[place] = x;
    index[x] = place;
    alternative[x] = alt;
    machine[x] = to;
    link(place == 0 ? -1 : s[place - 1], x);
    link(x, place + 1 == length[to] ? -1 : s[place + 1]);
  }

  /** Closes the gap that x leaves, and opens one where it goes. */
  private void shift(int x, int to, int place) {
    int from = machine[x];
    int[] s = sequence[from];
    if (to == from) {
      int i = index[x];
      for (; i < place; i++) {
        s[i] = s[i + 1];
        index[s[i]] = i;
      }
      for (; i > place; i--) {
        s[i] = s[i - 1];
        index[s[i]] = i;
      }
      return;
    }
    int last = --length[from];
    for (int i = index[x]; i < last; i++) {
      s[i] = s[i + 1];
      index[s[i]] = i;
    }
    room(to);
    s = sequence[to];
    for (int i = length[to]++; i > place; i--) {
      s[i] = s[i - 1];
      index[s[i]] = i;
    }
  }
}
