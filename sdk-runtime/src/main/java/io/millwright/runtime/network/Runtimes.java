package io.millwright.runtime.network;

import java.util.SortedMap;

/**
 * The runtimes that were chosen for one host: where trainings begin and networks are opened,
 * without knowing which engine it is. Thread-safe.
 */
public interface Runtimes {

  /**
   * Begins a training on the engine and device chosen for training.
   *
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} or {@link io.millwright.api.ErrorCode#NO_GPU},
   *     naming what to add
   */
  TrainingSession train(NetworkPlan plan, Objective objective);

  /**
   * Makes a network ready to predict on the runtime chosen for networks of its size.
   *
   * @param frozen how many of its first layers came from a parent as they are, so that others may
   *     have them too; 0 for none
   */
  ForwardPass open(NetworkPlan plan, Weights weights, int frozen);

  /** The name of the runtime that {@link #open} chooses for a plan, for messages. */
  String predictionRuntime(NetworkPlan plan);

  /**
   * Engine, device, versions and thread settings, for provenance. Starts the training engine when
   * that has not been done.
   */
  SortedMap<String, String> facts();
}
