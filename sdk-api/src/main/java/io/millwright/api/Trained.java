package io.millwright.api;

import java.nio.file.Path;

/**
 * A model that was just trained: how good it is, and the ways to use it. Immutable, thread-safe,
 * holds no native memory.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public interface Trained<I, V> {

  /**
   * How good the model was on data held out from its training.
   *
   * @return the evaluation
   */
  Evaluation evaluation();

  /**
   * Opens the model in this process. It answers exactly as a predictor opened from its saved
   * bundle.
   *
   * @return a predictor; the caller closes it
   */
  Predictor<I, V> open();

  /**
   * Writes everything the model needs into one file, atomically: after a crash there is the old
   * file or the new one, never a part.
   *
   * @param bundle the file, by habit ending in {@code .mwb}; replaced when it exists
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be written
   */
  void saveTo(Path bundle);

  /**
   * What the model is.
   *
   * @return its description
   */
  ModelInfo info();
}
