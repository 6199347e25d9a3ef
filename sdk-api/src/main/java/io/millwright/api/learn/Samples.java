package io.millwright.api.learn;

import java.util.List;

/**
 * Examples to learn from, in the order of time where that matters.
 *
 * @param all the examples
 * @param <I> one input
 * @param <L> one label
 */
public record Samples<I, L>(List<Sample<I, L>> all) {

  /** Copies. */
  public Samples {
    all = List.copyOf(all);
  }
}
