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
   * The watched sensors: columns of numbers that change, without those that sound units of the
   * training name as stuck. One that they name for another reason in more than 2 % of them is
   * watched, but named only when it is further from its estimate than it was there; the figure
   * {@code raised limit of NAME} of {@link #evaluation} says how far, as a root mean square in
   * deviations of the estimate (split conformal prediction).
   *
   * @return their names, in order
   */
  List<String> watched();
}
