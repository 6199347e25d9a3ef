package io.millwright.keras;

import io.millwright.api.learn.Network;
import io.millwright.keras.internal.KerasReader;
import java.nio.file.Path;
import java.util.List;

/**
 * A sequential network of Keras, computed in plain Java. Read from a {@code .keras} file (Keras 3)
 * or a legacy {@code .h5} file with architecture and weights. Layers: InputLayer, Dense, LSTM, GRU
 * (with {@code reset_after}), Conv1D, Conv2D, pooling, Flatten, Dropout and its kind, Activation;
 * the last layer with weights must be Dense. Others are refused by name. Immutable and thread-safe.
 */
public interface KerasNetwork {

  /**
   * Reads a file.
   *
   * @param file the file
   * @return the network
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} for a layer or an option of one that has no
   *     counterpart, Lambda above all; {@link io.millwright.api.ErrorCode#BAD_FILE} when the file
   *     is damaged, {@link io.millwright.api.ErrorCode#IO_FAILED}
   */
  static KerasNetwork read(Path file) {
    return KerasReader.read(file);
  }

  /**
   * Its layers as this SDK has them, without the last dense one, which every network here has by
   * itself.
   *
   * @return the network
   */
  Network network();

  /**
   * What it takes: features; steps and features; or height, width and channels.
   *
   * @return the shape of one input
   */
  List<Integer> input();

  /**
   * How many numbers it gives for one input.
   *
   * @return at least 1
   */
  int outputs();

  /**
   * Computes, the last activation (such as softmax) included.
   *
   * @param inputs {@code [count, input]}, row-major
   * @param count the number of inputs, at least 1
   * @return {@code [count, outputs]}, row-major
   */
  float[] predict(float[] inputs, int count);
}
