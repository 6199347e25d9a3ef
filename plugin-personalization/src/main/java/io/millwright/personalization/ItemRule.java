package io.millwright.personalization;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A filter of recommendations: which items may be shown to whom. Implemented by users too; must be
 * pure and thread-safe.
 */
@FunctionalInterface
public interface ItemRule {

  /**
   * Whether an item may be recommended.
   *
   * @param customer the customer's name, empty for one without a name
   * @param history what the customer has, the oldest first
   * @param item the item
   * @return true when it may
   */
  boolean allows(String customer, List<String> history, String item);

  /**
   * Only items that the customer does not have yet.
   *
   * @return the rule
   */
  static ItemRule notBoughtYet() {
    return (customer, history, item) -> !history.contains(item);
  }

  /**
   * Only these items, such as what is in stock.
   *
   * @param items the items
   * @return the rule
   */
  static ItemRule only(Set<String> items) {
    Set<String> allowed = Set.copyOf(items);
    return (customer, history, item) -> allowed.contains(item);
  }

  /**
   * Only what fits something that the customer has: spare parts of installed machines. Items that
   * the map does not name fit everybody.
   *
   * @param needs for each item the items of which the customer must have one
   * @return the rule
   */
  static ItemRule fits(Map<String, Set<String>> needs) {
    Map<String, Set<String>> copy = Map.copyOf(needs);
    return (customer, history, item) ->
        !copy.containsKey(item) || history.stream().anyMatch(copy.get(item)::contains);
  }
}
