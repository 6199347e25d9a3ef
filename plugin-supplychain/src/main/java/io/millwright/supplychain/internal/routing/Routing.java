package io.millwright.supplychain.internal.routing;

import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.RouteOptimizer;
import java.time.Clock;

/** The door of this room. */
public final class Routing {
  private Routing() {}

  /**
   * The optimizer with all defaults.
   *
   * @param jobs starts searches
   * @param clock says when a plan was made
   * @return the optimizer
   */
  public static RouteOptimizer optimizer(Jobs jobs, Clock clock) {
    return new DefaultRouteOptimizer(jobs, clock, 1);
  }
}
