package io.millwright.production;

import io.millwright.api.Finding;
import io.millwright.api.Optimizer;
import java.util.List;

/**
 * Makes master plans at least cost: a mixed-integer program with valid inequalities of lot sizing
 * ((l, S) inequalities; Barany, Van Roy and Wolsey 1984), solved through OR-Tools and improved by
 * fix-and-optimise (Helber and Sahling 2010). Needs {@code millwright-ortools}. A budget of
 * iterations counts partial searches, each of which has a limit of time as well, so that it need
 * not repeat.
 */
public interface MasterPlanner extends Optimizer<PlanProblem, ProductionPlan> {

  /**
   * Why a problem has no plan.
   *
   * @param problem the problem
   * @return the least that is missing: which demand cannot be met in which period and by how much,
   *     and the work centres whose time binds; empty when there may be a plan
   */
  List<Finding> missing(PlanProblem problem);
}
