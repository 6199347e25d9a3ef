package io.millwright.maintenance;

import io.millwright.api.Optimizer;

/**
 * Finds the cheapest maintenance policy of a plant and the windows of time that it asks for. Limits
 * of age and run to failure come from the renewal-reward theorem where nothing joins the machines
 * (Barlow and Proschan 1965); everything else from search on a discrete-event simulation with
 * common random numbers. One iteration of a budget is one simulated policy. The same problem and
 * iterations give the same plan. Immutable and thread-safe.
 */
public interface PolicyPlanner extends Optimizer<PolicyProblem, PolicyPlan> {

  /**
   * Simulates a policy.
   *
   * @param problem the plant
   * @param policy the policy; a machine without a limit is run to failure
   * @return one value for each replication
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} when it names a machine that is not there or needs
   *     a prognosis that a machine has not
   */
  PolicyRun judge(PolicyProblem problem, MaintenancePolicy policy);
}
