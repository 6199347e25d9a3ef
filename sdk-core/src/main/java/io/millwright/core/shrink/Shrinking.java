package io.millwright.core.shrink;

import io.millwright.api.Job;
import java.nio.file.Path;

/**
 * Model compression by learning: pruning and knowledge distillation, from bundle to bundle. The
 * preparation stays as it was fitted; intervals, thresholds and golden samples are measured anew on
 * what the smaller model did not learn from; the card says what was done, at which cost and gain.
 * Only hosts implement it; the full host gives one by {@code plugin(Shrinking.class)}. Thread-safe.
 * The same bundle, samples and options give the same weights.
 */
public interface Shrinking {

  /**
   * Makes a model smaller. Both models are judged on rows that neither learns from: when the error
   * rises by more than the budget, or the 90 % intervals hold over two points fewer of the truths
   * (more where so few samples judge or measure them that chance alone does that), nothing is
   * written.
   *
   * @param bundle a model of rows, sequences or images that answers a number or a class
   * @param how what is made smaller
   * @param samples the rows
   * @param into the new file
   * @return a job; its result is what it cost and brought
   * @throws io.millwright.api.MillwrightException at once or by the job: with {@link
   *     io.millwright.api.ErrorCode#REFUSED} when it would cost more than the budget; with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} for a model that was composed, holds no recipe,
   *     answers something else, or has nothing to prune; with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE} when columns are missing; with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA}
   */
  Job<ShrinkReport> shrink(Path bundle, Shrink how, ShrinkSamples samples, Path into);
}
