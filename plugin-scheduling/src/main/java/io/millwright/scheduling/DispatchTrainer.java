package io.millwright.scheduling;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import java.nio.file.Path;

/**
 * Trains a dispatching policy: a small network that scores the candidates of a free machine by
 * numbers that do not depend on the size of the shop. It learns from shops that are drawn for it
 * and needs no data. Every setting gives a new trainer and leaves this one as it is. Immutable and
 * thread-safe.
 *
 * <p>Under an iteration budget the same key gives the same policy on a CPU. An iteration is one
 * round: shops are drawn, the policy of the moment runs on each several times, and learns from the
 * runs.
 */
public interface DispatchTrainer {

  /**
   * Sets what the policy keeps small; the makespan when nothing is set.
   *
   * @param goal the goal
   * @return the new trainer
   */
  DispatchTrainer goal(DispatchGoal goal);

  /**
   * Sets how it learns; self-labelling when nothing is set.
   *
   * @param method the method
   * @return the new trainer
   */
  DispatchTrainer method(DispatchMethod method);

  /**
   * Sets the key from which all randomness is drawn; 1 when nothing is set.
   *
   * @param key any number
   * @return the new trainer
   */
  DispatchTrainer key(long key);

  /**
   * Sets a folder where the training leaves its state every few rounds. A training with the same
   * settings goes on from the state it finds there.
   *
   * @param folder made when it does not exist
   * @return the new trainer
   */
  DispatchTrainer checkpoints(Path folder);

  /**
   * Starts training.
   *
   * @param budget how long; its target is not used
   * @return the job; cancelled, it yields the policy so far
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} when no engine can train
   */
  Job<DispatchModel> train(Budget budget);
}
