package io.millwright.scheduling;

/**
 * How a dispatching policy learns from shops that are drawn for it (training method of a learned
 * dispatching rule).
 */
public enum DispatchMethod {
  /**
   * Self-labelling (Corsini et al. 2024): of many runs drawn by the policy, the best is imitated.
   */
  SELF_LABELLING,
  /**
   * Policy gradient (REINFORCE; Williams 1992): every run counts by how much better it was than the
   * mean of the runs that met the same shop.
   */
  POLICY_GRADIENT
}
