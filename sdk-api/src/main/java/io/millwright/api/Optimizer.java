package io.millwright.api;

/**
 * Turns a problem into a decision: a schedule, a maintenance plan, stock levels, routes. (What
 * updates the weights of a network is a {@link io.millwright.api.learn.LearningRule}.) A start
 * plan, and what may not change, are fields of the problem. Immutable and thread-safe; every call
 * starts an independent job.
 *
 * @param <P> the problem
 * @param <S> the decision
 */
public interface Optimizer<P, S> {

  /**
   * Starts the search.
   *
   * @param problem what to decide
   * @param budget when to stop
   * @return the job; its best so far is a complete, feasible decision at any time
   * @throws MillwrightException when the problem is not valid: all its faults at once
   */
  Job<Solution<S>> optimize(P problem, Budget budget);
}
