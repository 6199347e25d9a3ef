package io.millwright.supplychain.internal.coordination;

import io.millwright.supplychain.SupplyCoordination;

/** The door of the room. */
public final class Coordination {

  private Coordination() {}

  /** Measures and merges. */
  public static SupplyCoordination coordination() {
    return new DefaultSupplyCoordination();
  }
}
