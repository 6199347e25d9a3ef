package io.millwright.runtime.network;

/** A network with its weights, ready to compute on some engine. Thread-safe. */
public interface ForwardPass extends AutoCloseable {

  /**
   * Computes the outputs of a batch, without dropout.
   *
   * @param inputs {@code [count, input size]}, row-major
   * @param count the number of inputs, at least 1
   * @return {@code [count, outputs]}, row-major
   */
  float[] run(float[] inputs, int count);

  /** Releases native memory, when there is any. Closing twice does nothing. */
  @Override
  void close();
}
