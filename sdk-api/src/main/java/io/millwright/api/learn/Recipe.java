package io.millwright.api.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that makes a model out of samples. Immutable; the same recipe, samples, versions and
 * thread count give the same model on a CPU.
 *
 * @param binding what is asked and answered
 * @param preparation what is done to rows
 * @param network the network, without its output layer
 * @param learning how it learns
 * @param split how data are held out
 * @param calibration how uncertainty is measured
 * @param decision how a threshold is chosen, for classes that call for a yes or no
 * @param <I> one input
 * @param <V> one answer
 */
public record Recipe<I, V>(
    TaskBinding<I, V> binding,
    Preparation preparation,
    Network network,
    Learning learning,
    Split split,
    Calibration calibration,
    Optional<Decision> decision) {

  /**
   * Checks.
   *
   * @throws io.millwright.api.MillwrightException with {@link ErrorCode#BAD_OPTION} when the loss
   *     or the decision does not belong to the target
   */
  public Recipe {
    Objects.requireNonNull(binding, "binding");
    Objects.requireNonNull(preparation, "preparation");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(learning, "learning");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(decision, "decision");
    boolean classes = binding.target() instanceof Target.Category<V>;
    Problems problems = new Problems("the recipe of " + binding.task().id());
    learning
        .loss()
        .filter(loss -> loss instanceof Loss.CrossEntropy != classes)
        .ifPresent(
            loss ->
                problems.add(
                    ErrorCode.BAD_OPTION,
                    "learning.loss",
                    loss + " does not belong to " + (classes ? "classes" : "a quantity"),
                    classes ? "take Loss.crossEntropy()" : "take any loss but cross entropy"));
    if (decision.isPresent() && !classes) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "decision",
          decision.get() + " decides between classes, and the target is a quantity",
          "leave it empty");
    }
    problems.throwIfAny();
  }
}
