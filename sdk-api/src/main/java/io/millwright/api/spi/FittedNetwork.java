package io.millwright.api.spi;

/**
 * A network from numbers to numbers with its weights, one part of a {@link ComposedModel}. Computes
 * in plain Java, with no engine and nothing to close. Immutable and thread-safe; the same input
 * gives the same bits in every batch.
 */
public interface FittedNetwork {

  /**
   * The size of one input.
   *
   * @return the number of inputs
   */
  int inputs();

  /**
   * The size of one output: for a quantile loss the targets one after the other, each with all its
   * quantiles; otherwise the targets.
   *
   * @return the number of outputs
   */
  int outputs();

  /**
   * Computes.
   *
   * @param inputs {@code [count, inputs]}, row-major
   * @param count the number of inputs, at least 1
   * @return {@code [count, outputs]}, row-major
   */
  float[] outputs(float[] inputs, int count);
}
