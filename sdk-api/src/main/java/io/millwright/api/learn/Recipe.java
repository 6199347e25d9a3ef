package io.millwright.api.learn;

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

  /** Checks. */
  public Recipe {
    Objects.requireNonNull(binding, "binding");
    Objects.requireNonNull(preparation, "preparation");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(learning, "learning");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(decision, "decision");
  }
}
