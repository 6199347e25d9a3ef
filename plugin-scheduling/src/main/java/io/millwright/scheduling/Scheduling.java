package io.millwright.scheduling;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.ModelSource;
import io.millwright.api.Task;

/**
 * The front door of the scheduling area; {@code millwright.plugin(Scheduling.class)} gives it.
 * Immutable and thread-safe.
 */
public interface Scheduling {

  /** Planning a shop by a dispatching policy: the task of its bundles. */
  Task<Shop, Schedule> DISPATCH = new Task<>("scheduling.dispatch", 1, Shop.class, Schedule.class);

  /**
   * An optimizer that minimises the makespan until it is told otherwise.
   *
   * @return the optimizer
   */
  ShopOptimizer optimizer();

  /**
   * Plans by a dispatching rule alone, at once: whenever a machine and an operation are both free,
   * the rule picks. As a live dispatcher, pin what is done and what runs, set the start of the shop
   * to now, and take from each machine's part of the plan what comes first.
   *
   * @param shop the shop
   * @param rule the rule
   * @return a complete plan
   * @throws io.millwright.api.MillwrightException when the shop is not valid; with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when the rule's plan cannot keep the pins or runs
   *     out of working time
   */
  Schedule dispatch(Shop shop, Rule rule);

  /**
   * A trainer of dispatching policies.
   *
   * @return the trainer
   */
  DispatchTrainer dispatchTrainer();

  /**
   * The dispatching policy that comes with this plug-in, trained on drawn shops.
   *
   * @param goal what it keeps small
   * @return the dispatcher
   */
  Dispatcher dispatcher(DispatchGoal goal);

  /**
   * Opens a dispatching policy.
   *
   * @param bundle where it is read from
   * @return the dispatcher
   * @throws io.millwright.api.MillwrightException as {@link io.millwright.api.Millwright#open(Task,
   *     ModelSource)}
   */
  Dispatcher dispatcher(ModelSource bundle);

  /**
   * A study of dispatching on a floor where orders come by surprise and machines fail.
   *
   * @param shop the floor
   * @return the study
   */
  LiveStudy liveStudy(StochasticShop shop);

  /**
   * Answers the planner's questions.
   *
   * @param objective by which plans are judged
   * @return the planner
   */
  Planner planner(Objective objective);

  /**
   * Plans and promises where times are uncertain.
   *
   * @param times what is uncertain
   * @param objective by which plans are judged
   * @return what answers
   */
  Chances chances(UncertainTimes times, Objective objective);

  /**
   * Looks for plans of which none is better than another by both of two objectives.
   *
   * @param shop the shop
   * @param first one objective
   * @param second the other
   * @param budget for all searches together
   * @return the running job; it fails as {@link ShopOptimizer} does, and with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when no plan was found
   */
  Job<ParetoFront> front(Shop shop, Objective first, Objective second, Budget budget);

  /**
   * Reads and writes shops and plans as JSON, and orders as CSV.
   *
   * @return the reader and writer
   */
  ShopDocuments documents();
}
