package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * Spare parts that all machines share, each work using one: a base-stock policy with continuous
 * review, whose level is chosen together with the maintenance policy. With a level of 0 a part is
 * ordered when work is due.
 *
 * @param leadTime from an order to the part, 0 or more, in the unit of the machines' lives
 * @param holding what one part in stock costs a unit of time, 0 or more
 * @param most the highest level that is tried, 0 to 1,000
 */
public record Spares(double leadTime, double holding, int most) {

  /** Checks. */
  public Spares {
    if (!(leadTime >= 0 && holding >= 0 && leadTime + holding < Double.POSITIVE_INFINITY)
        || most < 0
        || most > 1000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "spares with a lead time of "
              + leadTime
              + ", holding cost "
              + holding
              + " and at most "
              + most
              + "\nMaybe leave them out when parts are always there");
    }
  }
}
