package io.millwright.api.spi;

import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import java.util.Objects;

/**
 * A task whose models the plug-in composes by itself, and how one that was read from a bundle
 * answers.
 *
 * @param task the task
 * @param opener makes a predictor of a model
 * @param <I> one input
 * @param <V> one answer
 */
public record ComposedTask<I, V>(Task<I, V> task, Opener<I, V> opener) {

  /**
   * Makes predictors.
   *
   * @param <I> one input
   * @param <V> one answer
   */
  @FunctionalInterface
  public interface Opener<I, V> {
    /**
     * Opens a model. The checksums of its bundle were right, but whoever can write a bundle can
     * write its checksums: parameters must be checked as those of a stranger.
     *
     * @param model the model
     * @param info its description
     * @return a predictor; the caller closes it
     * @throws io.millwright.api.MillwrightException with {@link
     *     io.millwright.api.ErrorCode#BAD_BUNDLE} when the parameters are none of this plug-in's
     */
    Predictor<I, V> open(ComposedModel model, ModelInfo info);
  }

  /** Checks. */
  public ComposedTask {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(opener, "opener");
  }
}
