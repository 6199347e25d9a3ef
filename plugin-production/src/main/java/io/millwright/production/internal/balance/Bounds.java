package io.millwright.production.internal.balance;

import java.util.Arrays;

/**
 * Lower bounds on the number of stations (Scholl and Klein 1997: LM1, LM2, LM3, heads and tails).
 */
final class Bounds {

  private Bounds() {}

  static int stations(Line line, long cycle) {
    long[] all = line.time.clone();
    int bound = Math.max(packing(all, cycle), 1);
    while (!windowsFit(line, cycle, bound)) {
      bound++;
    }
    return bound;
  }

  /** Of bin packing: sum, halves and thirds. */
  static int packing(long[] times, long cycle) {
    long sum = Arrays.stream(times).sum();
    int byHalf = 0;
    int halves = 0;
    double thirds = 0;
    for (long t : times) {
      if (2 * t > cycle) {
        byHalf++;
      } else if (2 * t == cycle) {
        halves++;
      }
      if (3 * t > 2 * cycle) {
        thirds += 1;
      } else if (3 * t == 2 * cycle) {
        thirds += 2.0 / 3;
      } else if (3 * t > cycle) {
        thirds += 0.5;
      } else if (3 * t == cycle) {
        thirds += 1.0 / 3;
      }
    }
    int one = (int) ((sum + cycle - 1) / cycle);
    return Math.max(one, Math.max(byHalf + (halves + 1) / 2, (int) Math.ceil(thirds - 1e-9)));
  }

  /** Whether every task has a station between its earliest and its latest. */
  private static boolean windowsFit(Line line, long cycle, int stations) {
    long[] early = new long[stations + 2];
    for (int i = 0; i < line.n; i++) {
      long first = (line.headWork[i] + cycle - 1) / cycle;
      long last = stations + 1 - (line.weight[i] + cycle - 1) / cycle;
      if (first < 1) {
        first = 1;
      }
      last = Math.min(last, stations);
      if (first > last) {
        return false;
      }
      early[(int) last] += line.time[i];
    }
    long due = 0;
    for (int s = 1; s <= stations; s++) {
      due += early[s];
      if (due > s * cycle) {
        return false;
      }
    }
    return true;
  }
}
