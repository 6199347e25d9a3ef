package io.millwright.api.learn;

import io.millwright.api.Evaluation;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;

/**
 * A trained model with the training configuration that made it, fresh from training or reopened
 * from its bundle: it can be judged on new samples, retrained, and continued (warm start). Only
 * hosts implement it. Immutable and thread-safe.
 *
 * @param <I> one input
 * @param <L> one label
 * @param <V> one answer
 */
public interface Retrainable<I, L, V> extends Trained<I, V> {

  /**
   * Judges the model on samples it has not seen, see {@link
   * io.millwright.api.spi.LearningToolkit#judge}.
   *
   * @param samples the truth
   * @return the evaluation
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when it answers for none of them
   */
  Evaluation judge(Samples<I, L> samples);

  /**
   * The recipe that made the model, without a folder of checkpoints. For a model that began with a
   * parent it holds the layers after the parent's; for one that was chosen, what all candidates
   * have in common.
   *
   * @return the recipe
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when the bundle holds none
   */
  Recipe<I, L, V> recipe();

  /**
   * Trains by the same recipe from newly drawn weights; a model that was chosen is chosen again
   * among the same candidates. The same samples give the same weights, as {@link Recipe} promises.
   *
   * @return the trainer
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} when the bundle holds no recipe, or the model
   *     began with a parent, whose bundle is needed
   */
  Trainer<Samples<I, L>, Trained<I, V>> retrainer();

  /**
   * Learns on from the model's layers and its fitted preparation, both taken from this model (a
   * warm start); the output layer is learnt anew, since the labels decide what it stands for. Of a
   * blend the first network learns on. Give the samples that the model learnt from and newer ones:
   * held-out figures are honest for samples that it has not seen, or that the same split holds out
   * again.
   *
   * @param learning how it learns on, by habit at a smaller rate
   * @return the trainer
   * @throws io.millwright.api.MillwrightException as {@link #recipe}; with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} for a model without layers, which has nothing to
   *     learn on from
   */
  Trainer<Samples<I, L>, Trained<I, V>> continued(Learning learning);
}
