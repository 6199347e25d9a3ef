package io.millwright.personalization.internal.recommend;

import java.util.Arrays;

/**
 * Histories in numbers: for each customer the items in order, the oldest first.
 *
 * @param items how many items there are
 * @param histories for each customer the numbers of the items
 * @param ordered whether the order within a history means something
 */
record Log(int items, int[][] histories, boolean ordered) {

  /** So much of a history is looked at: its end. A million items by one customer stay cheap. */
  static final int MOST = 1000;

  /** The end of each history that is looked at. */
  Log {
    int[][] cut = new int[histories.length][];
    for (int u = 0; u < cut.length; u++) {
      cut[u] = end(histories[u]);
    }
    histories = cut;
  }

  static int[] end(int[] history) {
    return history.length <= MOST
        ? history
        : Arrays.copyOfRange(history, history.length - MOST, history.length);
  }

  /** A number of a file that must be whole, at least 0 and below a bound. */
  static int whole(double value, int below) {
    if (!(value >= 0 && value < below && value == Math.rint(value))) {
      throw new IllegalArgumentException(value + " is no whole number below " + below);
    }
    return (int) value;
  }

  int customers() {
    return histories.length;
  }

  /** How many customers have each item. */
  int[] owners() {
    int[] owners = new int[items];
    int[] seen = new int[items];
    Arrays.fill(seen, -1);
    for (int u = 0; u < histories.length; u++) {
      for (int i : histories[u]) {
        if (seen[i] != u) {
          seen[i] = u;
          owners[i]++;
        }
      }
    }
    return owners;
  }

  /** For each item where it stands: customer and place in turn. */
  int[][] places() {
    int[] count = new int[items];
    for (int[] history : histories) {
      for (int i : history) {
        count[i]++;
      }
    }
    int[][] places = new int[items][];
    for (int i = 0; i < items; i++) {
      places[i] = new int[2 * count[i]];
    }
    Arrays.fill(count, 0);
    for (int u = 0; u < histories.length; u++) {
      for (int t = 0; t < histories[u].length; t++) {
        int i = histories[u][t];
        places[i][count[i]++] = u;
        places[i][count[i]++] = t;
      }
    }
    return places;
  }
}
