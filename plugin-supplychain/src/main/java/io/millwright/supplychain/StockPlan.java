package io.millwright.supplychain;

/**
 * When to order and how much: as soon as stock on hand and on order, less what is owed, is at or
 * below the reorder point, order up to the other level.
 *
 * @param reorderPoint order when the position is at or below it
 * @param orderUpTo what the position is then brought to
 * @param cost the expected cost of a period
 * @param fillRate the expected share of demand that is met at once
 */
public record StockPlan(double reorderPoint, double orderUpTo, double cost, double fillRate) {

  /** Checks. */
  public StockPlan {
    if (!(reorderPoint <= orderUpTo)) {
      throw new IllegalArgumentException("orders below " + reorderPoint + " up to " + orderUpTo);
    }
  }

  /**
   * What to order now.
   *
   * @param position stock on hand and on order, less what is owed
   * @return the quantity, 0 for none
   */
  public double order(double position) {
    return position <= reorderPoint ? Math.max(0, orderUpTo - position) : 0;
  }
}
