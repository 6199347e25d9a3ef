package io.millwright.maintenance;

import io.millwright.api.Trainer;
import java.util.List;

/**
 * Trains a classifier of multivariate sequences: mean and deviation of equal segments, each column
 * in its own deviation, then for each component linear discriminants with several resolutions and
 * shrinkages (Friedman 1989), and one network for all components. What is kept is chosen on
 * held-out specimens: more has to be right than by the most frequent state, and a network has to
 * beat the best discriminant by more than chance. Each discriminant is learnt without each sensor
 * too, for sequences in which that is silent or stands still. Immutable and thread-safe; the same
 * data and key give the same model.
 *
 * <p>Without specimens, blocks of sequences that follow each other stand for them: neighbours are
 * alike, and dividing them would flatter.
 */
public interface StateTrainer extends Trainer<List<LabelledSequence>, StateModel> {

  /**
   * Sets whether a network is tried beside the discriminants.
   *
   * @param tried true by default; it needs an engine that can train, and is left out without one
   * @return a new trainer
   */
  StateTrainer network(boolean tried);

  /**
   * Sets the key of all randomness.
   *
   * @param key the key; 0 by default
   * @return a new trainer
   */
  StateTrainer key(long key);
}
