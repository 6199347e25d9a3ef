package io.millwright.api;

import java.nio.file.Path;

/**
 * Turns data into a trained model. Immutable and thread-safe; every call starts an independent job,
 * and trainings beside each other do not disturb each other. On a CPU, the same data, key, versions
 * and thread count give the same model.
 *
 * @param <D> the data
 * @param <M> the trained model
 */
public interface Trainer<D, M extends Trained<?, ?>> {

  /**
   * Starts training.
   *
   * @param data what to learn from
   * @return the job; cancelled, it yields the best model so far, if there is one
   * @throws MillwrightException when data or settings are not valid: all faults at once
   */
  Job<M> train(D data);

  /**
   * Goes on with a training that was stopped or killed, from the checkpoints it left; the result
   * equals that of an unbroken training. Checkpoints are written when the learning options name a
   * folder.
   *
   * @param checkpoint the folder given to {@link io.millwright.api.learn.Learning#checkpoints};
   *     members whose checkpoint is missing or damaged are trained anew, the latter with a warning
   * @param data the same data
   * @return the job
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when the checkpoint was made
   *     with other data or settings, with {@link ErrorCode#IO_FAILED} when there is no such folder
   */
  Job<M> resume(Path checkpoint, D data);
}
