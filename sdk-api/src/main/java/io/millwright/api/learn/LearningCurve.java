package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;

/**
 * The course of one training.
 *
 * @param member which network, such as {@code member 2 of 5}
 * @param epochs what happened in each epoch
 * @param bestEpoch the epoch whose weights were kept, counted from 1
 */
public record LearningCurve(String member, List<Epoch> epochs, int bestEpoch) {

  /**
   * One epoch.
   *
   * @param number counted from 1
   * @param trainingLoss the mean loss of its steps
   * @param validationLoss the loss on the validation samples after it; NaN without validation
   * @param rate the step size of its last step
   */
  public record Epoch(int number, double trainingLoss, double validationLoss, double rate) {}

  /** Checks and copies. */
  public LearningCurve {
    Objects.requireNonNull(member, "member");
    epochs = List.copyOf(epochs);
  }
}
