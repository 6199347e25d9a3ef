package io.millwright.supplychain;

import java.util.List;

/**
 * What would have happened on a history (inventory backtest).
 *
 * @param periods period by period
 * @param fillRate the share of demand that was met at once; 1 when there was none
 * @param meanStock the mean stock at the ends of periods
 * @param cost the mean cost of a period
 * @param orders how many orders were placed
 * @param service how well demand was met, with intervals: of the fill rate by what was missing
 *     period by period, of shares of periods by Wilson (1927), as if periods were independent
 */
public record StockRun(
    List<Period> periods,
    double fillRate,
    double meanStock,
    double cost,
    int orders,
    StockService service) {

  /**
   * One period.
   *
   * @param label the period
   * @param demand what was asked for
   * @param arrived what arrived before it
   * @param ordered what was ordered at its beginning
   * @param missing what could not be met at once
   * @param stock what was left at its end
   * @param owed what was still owed at its end
   * @param plan what was planned at its beginning
   */
  public record Period(
      String label,
      double demand,
      double arrived,
      double ordered,
      double missing,
      double stock,
      double owed,
      StockPlan plan) {}

  /** Copies. */
  public StockRun {
    periods = List.copyOf(periods);
  }
}
