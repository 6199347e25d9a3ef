package io.millwright.personalization;

import java.util.List;
import java.util.Set;

/**
 * What a customer had, and what came next (test cases of next-item recommendation): the truth that
 * recommendations are judged by.
 *
 * @param customer the customer's name
 * @param history what was known, the oldest first
 * @param next the items that came next
 */
public record NextPurchases(String customer, List<String> history, Set<String> next) {
  /** Copies. */
  public NextPurchases {
    history = List.copyOf(history);
    next = Set.copyOf(next);
  }
}
