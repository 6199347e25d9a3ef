package io.millwright.supplychain.internal.routing;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The nearest stops of each where there are too many for a matrix. */
final class Near {
  private Near() {}

  /** Looks among all stops, rows side by side; the order within equal distances is by number. */
  static int[][] grid(Model model, int keep) {
    int n = model.stops;
    return IntStream.range(0, n)
        .parallel()
        .mapToObj(
            i -> {
              long[] all = new long[n - 1];
              int k = 0;
              for (int j = 0; j < n; j++) {
                if (j != i) {
                  float d = (float) model.distance(i, j);
                  all[k++] = ((long) Float.floatToIntBits(d) << 32) | j;
                }
              }
              select(all, keep);
              Arrays.sort(all, 0, keep);
              return Arrays.stream(all, 0, keep).mapToInt(l -> (int) l).toArray();
            })
        .toArray(int[][]::new);
  }

  /** Brings the smallest entries to the front (quickselect, Hoare 1961). */
  private static void select(long[] a, int keep) {
    int low = 0;
    int high = a.length - 1;
    while (low < high) {
      long pivot = a[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (a[i] < pivot) {
          i++;
        }
        while (a[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long t = a[i];
          a[i++] = a[j];
          a[j--] = t;
        }
      }
      if (keep - 1 <= j) {
        high = j;
      } else if (keep - 1 >= i) {
        low = i;
      } else {
        return;
      }
    }
  }
}
