package io.millwright.scheduling.internal.model;

import java.util.function.Consumer;

/** A solver that proves: it gives bounds, and plans now and then. For one use. */
public interface Exact {

  /**
   * What was proven.
   *
   * @param bound a lower bound of the first objective, or negative infinity
   * @param impossible whether it is proven that no plan exists
   */
  record Proof(double bound, boolean impossible) {}

  /**
   * Solves until it is done, stopped or out of time.
   *
   * @param hint a plan to start from, with its times
   * @param seconds the time limit
   * @param repeatable whether the limit counts deterministic work instead of time
   * @param onPlan hears of orders of operations, better and better in the solver's eyes; their cost
   *     is not set
   */
  Proof solve(
      Floor floor,
      Goal goal,
      Timed hint,
      double seconds,
      boolean repeatable,
      Consumer<Plan> onPlan);

  /** Ends the solving soon; from any thread, also before it began. */
  void stop();

  /** The method's name. */
  String name();

  /**
   * A plan with the times of its operations.
   *
   * @param plan the plan
   * @param start by operation
   * @param makespan when all is done
   */
  record Timed(Plan plan, long[] start, long makespan) {}
}
