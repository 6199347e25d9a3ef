package io.millwright.maintenance;

import java.util.OptionalDouble;

/**
 * The best policy found of one kind.
 *
 * @param policy the policy
 * @param run what it costs in simulation, over the horizon and from the machines' present ages
 * @param exact what it costs in the long run, where that is known without simulation
 */
public record PolicyCost(MaintenancePolicy policy, PolicyRun run, OptionalDouble exact) {

  /**
   * The cost of a unit of time.
   *
   * @return the exact one, or the mean over replications
   */
  public double cost() {
    return exact.orElse(run.cost().mean());
  }
}
