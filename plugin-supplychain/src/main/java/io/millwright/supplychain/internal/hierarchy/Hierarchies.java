package io.millwright.supplychain.internal.hierarchy;

import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.HierarchyForecaster;

/** The door of the room. */
public final class Hierarchies {

  private Hierarchies() {}

  /** A forecaster of hierarchies. */
  public static HierarchyForecaster forecaster(Jobs jobs) {
    return new DefaultHierarchyForecaster(jobs);
  }
}
