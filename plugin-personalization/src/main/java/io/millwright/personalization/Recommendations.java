package io.millwright.personalization;

import java.util.List;

/**
 * A ranked list of recommended items (top-N recommendation): the answer of an opened recommender.
 *
 * @param items the best first; fewer than asked for when rules leave no more
 */
public record Recommendations(List<Recommendation> items) {

  /** Copies. */
  public Recommendations {
    items = List.copyOf(items);
  }
}
