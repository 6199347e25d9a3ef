package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Stock;
import java.util.Arrays;

/** The level of one stock over time, as what flows when, for one plan. Not thread-safe. */
final class StockLevels {

  private final Stock stock;
  private long[] at = new long[16];
  private long[] amount = new long[16];
  private int size;

  StockLevels(Stock stock) {
    this.stock = stock;
  }

  /** Begins anew with what comes in from outside. */
  void clear() {
    size = 0;
    for (Stock.Supply s : stock.supplies()) {
      add(s.at(), s.amount());
    }
  }

  void add(long tick, long flows) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      amount = Arrays.copyOf(amount, 2 * size);
    }
    int i = size;
    for (; i > 0 && at[i - 1] > tick; i--) {
      at[i] = at[i - 1];
      amount[i] = amount[i - 1];
    }
    at[i] = tick;
    amount[i] = flows;
    size++;
  }

  /** Takes back what was added with these numbers. */
  void remove(long tick, long flows) {
    int i = size - 1;
    while (at[i] != tick || amount[i] != flows) {
      i--;
    }
    size--;
    System.arraycopy(at, i + 1, at, i, size - i);
    System.arraycopy(amount, i + 1, amount, i, size - i);
  }

  /**
   * The first tick from one on at which an amount can flow so that the level keeps its limits ever
   * after; the given tick when there is none, and nothing but other flows can help.
   */
  long fit(long from, long flows) {
    long level = stock.level();
    long first = from;
    for (int i = 0; i < size; ) {
      long tick = at[i];
      while (i < size && at[i] == tick) {
        level += amount[i++];
      }
      // The level holds from here to the next change.
      if ((i == size || at[i] > from) && !allows(level, flows)) {
        if (i == size) {
          return from;
        }
        first = at[i];
      }
    }
    if (size > 0 ? at[0] > from && !allows(stock.level(), flows) : !allows(level, flows)) {
      first = size == 0 ? from : Math.max(first, at[0]);
    }
    return first;
  }

  private boolean allows(long level, long flows) {
    return flows < 0 ? level + flows >= 0 : level <= stock.most() - flows;
  }

  /** How far the level leaves its limits, added up over its changes. */
  double excess() {
    long level = stock.level();
    double sum = 0;
    for (int i = 0; i < size; ) {
      long tick = at[i];
      while (i < size && at[i] == tick) {
        level += amount[i++];
      }
      sum += Math.max(0, -(double) level) + Math.max(0, (double) level - stock.most());
    }
    return sum;
  }
}
