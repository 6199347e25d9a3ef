package io.millwright.runtime.network;

import io.millwright.api.learn.Initialisation;
import java.util.List;

/**
 * One array of weights that a layer needs.
 *
 * @param name its name in the bundle, such as {@code 0.weight} or {@code 3.inner.1.scale}
 * @param shape its shape, row-major
 * @param role what it does, which decides how it starts and whether penalties act on it
 * @param initialisation how a matrix starts
 * @param fanIn the number of inputs of one sum
 * @param fanOut the number of outputs that one input reaches
 */
public record WeightSpec(
    String name,
    List<Integer> shape,
    Role role,
    Initialisation initialisation,
    int fanIn,
    int fanOut) {

  /** What an array of weights does. */
  public enum Role {
    /** Multiplied with inputs; penalties and weight decay act on it. */
    MATRIX,
    /** Added; starts at 0. */
    BIAS,
    /**
     * Added in an LSTM, in the order input, forget, candidate, output; starts at 0, the forget
     * gate's part at 1.
     */
    LSTM_BIAS,
    /** Multiplied in a normalisation; starts at 1. */
    SCALE
  }

  /** Copies. */
  public WeightSpec {
    shape = List.copyOf(shape);
  }

  /** The number of values. */
  public int size() {
    int size = 1;
    for (int n : shape) {
      size = Math.multiplyExact(size, n);
    }
    return size;
  }
}
