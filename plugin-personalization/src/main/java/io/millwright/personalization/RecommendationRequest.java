package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * For whom to recommend, how much, and under which rules.
 *
 * @param customer the customer's name; must be known when there is no history
 * @param history what the customer has, the oldest first, instead of what the log knows
 * @param attributes words of a customer who is new
 * @param top how many items, at least 1
 * @param rules what each item must pass
 */
public record RecommendationRequest(
    String customer,
    Optional<List<String>> history,
    Set<String> attributes,
    int top,
    List<ItemRule> rules) {

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when top is not 1 to 1,000
   */
  public RecommendationRequest {
    history = history.map(List::copyOf);
    attributes = Set.copyOf(attributes);
    rules = List.copyOf(rules);
    if (top < 1 || top > 1000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "top is " + top + "\nMaybe ask for 10 items; 1,000 at most");
    }
  }

  /**
   * For a customer of the log.
   *
   * @param customer the name
   * @return a request for 10 items
   */
  public static RecommendationRequest of(String customer) {
    return new RecommendationRequest(customer, Optional.empty(), Set.of(), 10, List.of());
  }

  /**
   * For somebody who is not in the log, from a history.
   *
   * @param history the items, the oldest first; may be empty
   * @return a request for 10 items
   */
  public static RecommendationRequest after(List<String> history) {
    return new RecommendationRequest("", Optional.of(history), Set.of(), 10, List.of());
  }

  /**
   * The same for another number of items.
   *
   * @param items how many
   * @return the new request
   */
  public RecommendationRequest top(int items) {
    return new RecommendationRequest(customer, history, attributes, items, rules);
  }

  /**
   * The same with what is known about a new customer.
   *
   * @param words such as {@code trade=brewery}
   * @return the new request
   */
  public RecommendationRequest attributes(Set<String> words) {
    return new RecommendationRequest(customer, history, words, top, rules);
  }

  /**
   * The same under one more rule.
   *
   * @param rule what each item must pass
   * @return the new request
   */
  public RecommendationRequest rule(ItemRule rule) {
    List<ItemRule> all = new ArrayList<>(rules);
    all.add(rule);
    return new RecommendationRequest(customer, history, attributes, top, all);
  }
}
