package io.millwright.maintenance;

import io.millwright.api.plan.MachineWindow;
import java.util.List;
import java.util.Objects;

/**
 * The cheapest policy and what it asks for now.
 *
 * @param best the cheapest of those compared
 * @param compared the best policy of each kind, the cheapest first
 * @param curve what was tried, by kind and limit
 * @param windows the work that is due within the planning span, by due time: a machine has none
 *     when no planned work is due there, and by a condition-based or predictive policy only with a
 *     predicted distribution of its remaining life
 */
public record PolicyPlan(
    PolicyCost best,
    List<PolicyCost> compared,
    List<PolicyPoint> curve,
    List<MachineWindow> windows) {

  /** Copies. */
  public PolicyPlan {
    Objects.requireNonNull(best, "best");
    compared = List.copyOf(compared);
    curve = List.copyOf(curve);
    windows = List.copyOf(windows);
  }
}
