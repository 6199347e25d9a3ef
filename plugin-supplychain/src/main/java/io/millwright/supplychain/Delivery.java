package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;

/**
 * One delivery of a supplier, as the goods-in desk records it. Times are numbers on one axis, such
 * as days.
 *
 * @param supplier who delivered
 * @param ordered when it was ordered
 * @param promised when it was to come; NaN when nothing was promised
 * @param received when it came, not before it was ordered
 * @param quantity how much was ordered, above 0
 * @param delivered how much came, 0 or more
 * @param rejected how much of that was bad, at most {@code delivered}
 */
public record Delivery(
    String supplier,
    double ordered,
    double promised,
    double received,
    double quantity,
    double delivered,
    double rejected) {

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE}, naming supplier and value
   */
  public Delivery {
    Objects.requireNonNull(supplier, "supplier");
    boolean sound =
        Double.isFinite(ordered)
            && received >= ordered
            && Double.isFinite(received)
            && !Double.isInfinite(promised)
            && quantity > 0
            && delivered >= 0
            && rejected >= 0
            && rejected <= delivered
            && Double.isFinite(quantity + delivered);
    if (!sound) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "supplier "
              + supplier
              + ": ordered "
              + ordered
              + ", promised "
              + promised
              + ", received "
              + received
              + ", quantity "
              + quantity
              + ", delivered "
              + delivered
              + ", rejected "
              + rejected
              + "\nMaybe dates or columns were exchanged");
    }
  }

  /**
   * Whether it came when promised.
   *
   * @return true when nothing was promised, or it was received by then
   */
  public boolean isOnTime() {
    return Double.isNaN(promised) || received <= promised;
  }

  /**
   * Whether all of it came and was good.
   *
   * @return true when what came, less what was bad, is what was ordered
   */
  public boolean isWhole() {
    return delivered - rejected >= quantity;
  }
}
