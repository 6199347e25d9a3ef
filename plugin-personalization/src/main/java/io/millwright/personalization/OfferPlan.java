package io.millwright.personalization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which offers are made to whom.
 *
 * @param offers for each customer who gets any, the offers
 * @param value the expected value, less the cost
 * @param cost what the offers cost
 * @param withheld pairs with a value above their cost that were not built because the customer did
 *     not agree to the channel
 */
public record OfferPlan(Map<String, List<String>> offers, double value, double cost, int withheld) {
  /** Copies. */
  public OfferPlan {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    offers.forEach((c, o) -> copy.put(c, List.copyOf(o)));
    offers = Collections.unmodifiableMap(copy);
  }
}
