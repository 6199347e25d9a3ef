package io.millwright.api.learn;

import java.util.List;

/**
 * Examples to learn from, in the order of time where that matters.
 *
 * @param all the examples
 * @param <I> one input
 * @param <V> one answer
 */
public record Samples<I, V>(List<Sample<I, V>> all) {

  /** Copies. */
  public Samples {
    all = List.copyOf(all);
  }
}
