package io.millwright.personalization;

import java.util.List;

/**
 * An item for a customer.
 *
 * @param item the item's name
 * @param probability the calibrated probability that it is among the customer's next orders within
 *     the horizon of training; NaN where nothing could be calibrated (no history)
 * @param reasons why, the strongest first
 */
public record Recommendation(String item, double probability, List<Reason> reasons) {

  /** Copies. */
  public Recommendation {
    reasons = List.copyOf(reasons);
  }

  /**
   * Why an item is recommended.
   *
   * @param because the item of the history, or the attribute, that speaks for it
   * @param share which share of the customers with that also have the recommended item, 0 to 1
   * @param customers how many customers that share was counted on
   */
  public record Reason(String because, double share, int customers) {
    @Override
    public String toString() {
      return String.format(
          java.util.Locale.ROOT,
          "with %s, %.0f %% of %d customers have it",
          because,
          100 * share,
          customers);
    }
  }
}
