package io.millwright.scheduling.internal.tabu;

import io.millwright.scheduling.internal.model.Stop;

/** A local search on whole plans whose cost is the makespan; it can pause at any iteration. */
public interface Walk {

  /** Begins a new run from a plan. */
  void start(int[] order, int[] alternative);

  /**
   * Goes on with the run.
   *
   * @param patience ends after so many iterations without a better plan
   * @param limit ends after so many iterations
   * @param target ends when the makespan reaches it
   * @return the iterations used
   */
  long advance(long patience, long limit, int target, Stop stop);

  /** Iterations of this run since its best plan; the largest number when no move is left. */
  long idle();

  /** The makespan of the best plan of this run. */
  int bestMakespan();

  /** The best plan's order; overwritten as the run goes on. */
  int[] bestOrder();

  /** The best plan's alternatives; overwritten as the run goes on. */
  int[] bestAlternative();
}
