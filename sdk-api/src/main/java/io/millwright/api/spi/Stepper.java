package io.millwright.api.spi;

/**
 * A training that its plug-in feeds step by step, for data that depend on what has been learnt so
 * far: self-labelling, policy gradients (Williams 1992) and other loops of one's own. Engine,
 * learning rule, schedule and clipping are those of every other training. Used by one thread at a
 * time; the same key, batches, versions and thread count give the same weights on a CPU.
 */
public interface Stepper extends AutoCloseable {

  /**
   * How many steps are done, those before a checkpoint that was taken up included.
   *
   * @return the number of steps
   */
  int steps();

  /**
   * Changes the weights once, by the gradient of the loss of a batch. The arrays may have room for
   * more examples than are filled. The loss sees the batch as it lies here, so that it may compare
   * examples that stand beside each other.
   *
   * @param inputs {@code [count, inputs]}, row-major
   * @param targets {@code [count, targets]}, row-major
   * @param weights {@code [count]}, how much each example counts
   * @param count the number of examples, at least 1
   * @return the loss before the step, without penalties
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#DIVERGED}
   *     when the loss is not finite; the weights are then as before
   */
  double step(float[] inputs, float[] targets, float[] weights, int count);

  /**
   * The network as it is now: with averaging the averaged one.
   *
   * @return an independent copy
   */
  FittedNetwork network();

  /**
   * Leaves a checkpoint in the folder of the options, from which {@link Composer#stepper} goes on
   * when it is asked for the same training again. Does nothing where the options name no folder.
   *
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#IO_FAILED} when it cannot be written
   */
  void save();

  /** Releases the engine's memory. */
  @Override
  void close();
}
