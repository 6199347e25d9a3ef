package io.millwright.supplychain.internal.risk;

import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.SupplyRisk;

/** The door of the room. */
public final class Risk {

  private Risk() {}

  /** Watches and weighs. */
  public static SupplyRisk risk(Jobs jobs) {
    return new DefaultSupplyRisk(jobs);
  }
}
