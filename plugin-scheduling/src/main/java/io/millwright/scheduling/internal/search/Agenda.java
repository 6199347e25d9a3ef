package io.millwright.scheduling.internal.search;

import java.util.Arrays;

/**
 * What happens when: a binary heap of ticks, each with an alternative that arrives, or -1. Not
 * thread-safe.
 */
final class Agenda {
  private long[] times = new long[64];
  private int[] items = new int[64];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long time() {
    return times[0];
  }

  void add(long time, int item) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      items = Arrays.copyOf(items, 2 * size);
    }
    int i = size++;
    for (; i > 0 && times[(i - 1) / 2] > time; i = (i - 1) / 2) {
      times[i] = times[(i - 1) / 2];
      items[i] = items[(i - 1) / 2];
    }
    times[i] = time;
    items[i] = item;
  }

  int take() {
    int item = items[0];
    long time = times[--size];
    int moved = items[size];
    int i = 0;
    while (2 * i + 1 < size) {
      int child = 2 * i + 1;
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      times[i] = times[child];
      items[i] = items[child];
      i = child;
    }
    times[i] = time;
    items[i] = moved;
    return item;
  }
}
