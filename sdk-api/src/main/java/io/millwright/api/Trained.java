package io.millwright.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
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
   * Writes the bundle into a stream, such as that of a database or of a store of objects.
   *
   * @param out where to; neither flushed nor closed
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be written
   */
  default void saveTo(OutputStream out) {
    try {
      Path file = Files.createTempFile("millwright-", ".mwb");
      try {
        saveTo(file);
        Files.copy(file, out);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "the bundle cannot be written into a stream: "
              + e.getMessage()
              + "\nMaybe the other side was closed, or the folder of temporary files is full",
          e);
    }
  }

  /**
   * What was found in the training data.
   *
   * @return the report; empty by default, for models whose trainer makes none
   */
  default DataReport dataReport() {
    return DataReport.none();
  }

  /**
   * What the model is.
   *
   * @return its description
   */
  ModelInfo info();
}
