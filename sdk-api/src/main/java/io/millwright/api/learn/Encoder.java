package io.millwright.api.learn;

import io.millwright.api.data.Table;

/**
 * Lays a plug-in's type of input out as a table: one row for an independent record, or the rows of
 * a sequence in the order of time. Must be pure and thread-safe, and give the same columns for
 * every input that a model is trained on.
 *
 * @param <I> the plug-in's type of input
 */
@FunctionalInterface
public interface Encoder<I> {

  /**
   * The rows of one input.
   *
   * @param input the input
   * @return at least one row
   */
  Table encode(I input);
}
