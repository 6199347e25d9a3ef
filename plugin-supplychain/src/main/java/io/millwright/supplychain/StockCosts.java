package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * What stock costs, in money of any kind (holding, ordering and shortage costs).
 *
 * @param holding for a unit left at the end of a period
 * @param shortage for a unit that is missing, per period while it is owed
 * @param order for an order, whatever its size; 0 when orders cost nothing
 */
public record StockCosts(double holding, double shortage, double order) {

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION}
   */
  public StockCosts {
    boolean sound =
        holding > 0
            && Double.isFinite(holding)
            && shortage > 0
            && Double.isFinite(shortage)
            && order >= 0
            && Double.isFinite(order);
    if (!sound) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the costs are "
              + holding
              + " for holding, "
              + shortage
              + " for shortage and "
              + order
              + " for an order\n"
              + "Maybe use positive costs; only an order may cost nothing");
    }
  }

  /**
   * The share of periods, or of seasons, in which demand should be met: shortage over shortage and
   * holding.
   *
   * @return the critical ratio, between 0 and 1
   */
  public double criticalRatio() {
    return shortage / (shortage + holding);
  }
}
