package io.millwright.maintenance;

import io.millwright.api.Trained;
import io.millwright.api.data.UnitHistory;
import java.util.List;

/**
 * What the sensors of a fleet say of each other, as a trained model (analytical redundancy).
 * Immutable, thread-safe.
 */
public interface SensorGuard extends Trained<UnitHistory, SensorCheck> {

  /**
   * The watched sensors: columns of numbers that change, without those that were named in sound
   * units of the training.
   *
   * @return their names, in order
   */
  List<String> watched();
}
