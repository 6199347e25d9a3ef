package io.millwright.maintenance;

/**
 * The cheapest interval of each policy of replacement, in the long run (Barlow and Proschan 1965).
 *
 * @param runToFailure no plan: replace what failed
 * @param age replace at an age, or at a failure before it
 * @param block replace all at fixed times, and each failure between
 * @param minimalRepair replace at fixed times, and repair each failure between minimally
 */
public record ReplacementPolicies(
    Policy runToFailure, Policy age, Policy block, Policy minimalRepair) {

  /**
   * A policy.
   *
   * @param interval the age or the time between replacements; infinity for never
   * @param cost the mean cost of a unit of time in the long run
   */
  public record Policy(double interval, double cost) {}
}
