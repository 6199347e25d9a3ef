package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * One item that a customer ordered, installed or looked at: implicit feedback.
 *
 * @param customer the customer's name; also a machine, or an installed base
 * @param item the item's name
 * @param at when, in whatever unit the user counts (days, milliseconds); only the order is used
 */
public record Purchase(String customer, String item, long at) {

  /**
   * Checks.
   *
   * @throws MillwrightException with {@link ErrorCode#MISSING_VALUE} when a name is blank
   */
  public Purchase {
    if (customer.isBlank() || item.isBlank()) {
      throw new MillwrightException(
          ErrorCode.MISSING_VALUE,
          "a purchase of customer \""
              + customer
              + "\" and item \""
              + item
              + "\" lacks a name\nMaybe leave the row out");
    }
  }
}
