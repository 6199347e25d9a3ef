package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockItem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * One article's stock from period to period: what is on hand by age, on its way and owed. The
 * oldest goods are used first. Used by one thread.
 */
final class Shelf {

  /** Goods that arrived together, and how many more periods they can be used. */
  private static final class Batch {
    private double amount;
    private int left;

    Batch(double amount, int left) {
      this.amount = amount;
      this.left = left;
    }
  }

  private final boolean lost;
  private final int shelfLife;
  private final Deque<Batch> batches = new ArrayDeque<>();
  private final double[] coming;
  private int now;
  private double stock;
  private double onOrder;
  private double owed;

  Shelf(StockItem item, double begin) {
    lost = item.lost();
    shelfLife = item.terms().shelfLife();
    coming = new double[item.longestLeadTime() + 1];
    put(begin);
  }

  private void put(double amount) {
    if (amount > 0) {
      stock += amount;
      if (shelfLife > 0) {
        batches.add(new Batch(amount, shelfLife));
      }
    }
  }

  private double take(double wanted) {
    double taken = Math.min(stock, wanted);
    stock -= taken;
    double rest = taken;
    while (rest > 0 && !batches.isEmpty()) {
      Batch oldest = batches.peek();
      double part = Math.min(rest, oldest.amount);
      oldest.amount -= part;
      rest -= part;
      if (oldest.amount <= 0) {
        batches.remove();
      }
    }
    return taken;
  }

  /** Stock on hand and on order, less what is owed. */
  double position() {
    return stock + onOrder - owed;
  }

  double stock() {
    return stock;
  }

  double owed() {
    return owed;
  }

  void order(double amount, int delay) {
    coming[(now + delay) % coming.length] += amount;
    onOrder += amount;
  }

  /** What arrives now; what is owed is paid from it. */
  double arrive() {
    int at = now % coming.length;
    double arrived = coming[at];
    coming[at] = 0;
    onOrder = Math.max(0, onOrder - arrived);
    put(arrived);
    owed -= take(owed);
    return arrived;
  }

  /** Meets a period's demand, and says what of it is missing. */
  double meet(double demand) {
    double missing = demand - take(demand);
    owed += lost ? 0 : missing;
    return missing;
  }

  /** Ends the period, and says how much has to be thrown away. */
  double end() {
    now++;
    double thrown = 0;
    for (Iterator<Batch> all = batches.iterator(); all.hasNext(); ) {
      Batch batch = all.next();
      if (--batch.left == 0) {
        thrown += batch.amount;
        all.remove();
      }
    }
    stock = batches.isEmpty() && shelfLife > 0 ? 0 : stock - thrown;
    return thrown;
  }
}
