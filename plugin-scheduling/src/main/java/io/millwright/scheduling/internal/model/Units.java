package io.millwright.scheduling.internal.model;

import java.util.Arrays;

/** The units of one resource, as the sorted times at which each is free again. */
public final class Units {
  private Units() {}

  /**
   * Takes the units that were free last before the start, so that those free for long stay for
   * others.
   */
  public static void hold(long[] free, int amount, long start, long end) {
    int last = free.length;
    while (last > 0 && free[last - 1] > start) {
      last--;
    }
    int at = Math.max(0, last - amount);
    for (int i = at; i < at + amount; i++) {
      free[i] = Math.max(free[i], end);
    }
    Arrays.sort(free);
  }
}
