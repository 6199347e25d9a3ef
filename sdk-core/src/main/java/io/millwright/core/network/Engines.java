package io.millwright.core.network;

import io.millwright.api.EngineReport;
import java.util.Optional;

/**
 * The choice of what computes, and where. Engines are started at the first call that needs one.
 * Thread-safe; the same question always gets the same answer.
 */
public interface Engines {

  /**
   * What computes one thing.
   *
   * @param engine the engine, or empty for the plain-Java runtime
   * @param name its name, {@code Java} for the plain-Java runtime
   * @param device one of the devices of the engine's probe
   */
  record Choice(Optional<Engine> engine, String name, String device) {}

  /**
   * What trains.
   *
   * @return an engine that trains
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} or {@link io.millwright.api.ErrorCode#NO_GPU},
   *     naming what to add
   */
  Choice training();

  /**
   * What predicts with a network.
   *
   * @param plan the network
   * @return an engine or the plain-Java runtime
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} or {@link io.millwright.api.ErrorCode#NO_GPU}, when
   *     the policy demands what is not there
   */
  Choice prediction(NetworkPlan plan);

  /** The candidates, the choice, and why; starts every engine that the policy allows. */
  EngineReport report();
}
