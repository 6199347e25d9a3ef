package io.millwright.api.foreign;

import java.util.List;
import java.util.Map;

/**
 * A network that somebody trained elsewhere, ready to compute. Implemented by engines. Thread-safe;
 * with one thread the same input gives the same bits in the same batch. What a call needs of native
 * memory is given back when it ends.
 */
public interface ForeignNetwork extends AutoCloseable {

  /**
   * What its file holds.
   *
   * @return the description
   */
  ForeignFile file();

  /**
   * What it takes.
   *
   * @return the inputs in the file's order
   */
  List<Port> inputs();

  /**
   * What it gives: the file's outputs, then the taps.
   *
   * @return the outputs
   */
  List<Port> outputs();

  /**
   * Computes some of the outputs; what only others need is not computed where the engine can tell.
   *
   * @param inputs one for each of {@link #inputs}, by name
   * @param wanted names of outputs
   * @return the outputs that were asked for, in that order
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE} when the inputs are not those that it takes,
   *     {@link io.millwright.api.ErrorCode#ENGINE_FAILED} when the engine cannot compute, {@link
   *     io.millwright.api.ErrorCode#CLOSED} after it was closed
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> wanted);

  /** Gives native memory back. Closing twice does nothing. */
  @Override
  void close();
}
