package io.millwright.api.head;

import java.util.List;

/**
 * Items in the order in which they are expected to be wanted.
 *
 * @param items the items, the likeliest first
 * @param probabilities the probability of each to be the next one, summing to 1
 */
public record Ranking(List<String> items, List<Double> probabilities) {
  /** Copies and checks. */
  public Ranking {
    items = List.copyOf(items);
    probabilities = List.copyOf(probabilities);
    if (items.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          items.size() + " items with " + probabilities.size() + " probabilities");
    }
  }

  /**
   * The likeliest items.
   *
   * @param most how many
   * @return at most so many
   */
  public List<String> top(int most) {
    return items.subList(0, Math.min(most, items.size()));
  }
}
