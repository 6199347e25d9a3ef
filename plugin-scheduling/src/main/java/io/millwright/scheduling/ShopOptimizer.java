package io.millwright.scheduling;

import io.millwright.api.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans shops (job shop scheduling by search). Every setting gives a new optimizer and leaves this
 * one as it is. Immutable and thread-safe; each call of {@code optimize} is a job of its own.
 *
 * <p>Under an iteration budget the same key and number of workers give the same plan, on any number
 * of cores. An iteration is one move of the search, or one round of destruction and repair for a
 * permutation flow shop; the workers share the iterations evenly.
 */
public interface ShopOptimizer extends Optimizer<Shop, Schedule> {

  /**
   * Sets what to minimise; the makespan when nothing is set.
   *
   * @param objectives in order of priority, at least one
   * @return the new optimizer
   */
  ShopOptimizer minimize(List<Objective> objectives);

  /**
   * Sets what to minimise.
   *
   * @param first what counts
   * @param next what breaks ties, in order of priority
   * @return the new optimizer
   */
  default ShopOptimizer minimize(Objective first, Objective... next) {
    List<Objective> all = new ArrayList<>(List.of(next));
    all.add(0, first);
    return minimize(all);
  }

  /**
   * Sets the key from which all randomness is drawn; 1 when nothing is set.
   *
   * @param key any number
   * @return the new optimizer
   */
  ShopOptimizer key(long key);

  /**
   * Sets how many searches work side by side; the number of processors when nothing is set. They
   * run on the host's executor as far as it has threads to spare.
   *
   * @param count at least 1
   * @return the new optimizer
   */
  ShopOptimizer workers(int count);

  /**
   * Proves beside searching: OR-Tools' CP-SAT, where it is on the class path, looks for a bound and
   * now and then finds a plan. Under a time limit it works beside the search, on one more thread of
   * the host's executor; under an iteration limit alone after it, for a fixed amount of work. A
   * bound leaves set-ups and calendars out of account, and holds all the same. Where the solver
   * cannot be loaded the search goes on without it, and the provenance of the solution says why
   * under {@code nothing proven}.
   *
   * @return the new optimizer; its {@code optimize} throws a {@link
   *     io.millwright.api.MillwrightException} with {@link io.millwright.api.ErrorCode#BAD_OPTION}
   *     when an objective counts energy cost, of which nothing can be proven
   */
  ShopOptimizer proving();

  /**
   * Minds goals and rules of the host beside the objective: the first part of the budget searches
   * without them, the rest shows every plan that it considers to them, which is slower. The
   * solution tells each goal's value behind the objectives. A plan that breaks a rule is none: the
   * solution is then empty, and its provenance says under {@code broken rules} what the best plan
   * broke.
   *
   * @param goals their costs are added to the first objective
   * @return the new optimizer
   */
  ShopOptimizer minding(PlanGoal... goals);
}
