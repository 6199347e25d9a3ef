package io.millwright.scheduling;

import io.millwright.api.Trained;

/** A dispatching policy that was just trained. Immutable and thread-safe. */
public interface DispatchModel extends Trained<Shop, Schedule> {

  /**
   * The policy, ready to decide.
   *
   * @return the dispatcher
   */
  Dispatcher dispatcher();
}
