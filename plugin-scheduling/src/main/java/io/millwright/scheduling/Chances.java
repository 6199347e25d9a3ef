package io.millwright.scheduling;

import io.millwright.api.Budget;
import io.millwright.api.Job;

/**
 * Plans and promises where times are uncertain (stochastic scheduling). {@link Scheduling#chances}
 * gives one. The random numbers belong to replication and place, so that two plans meet the same
 * luck, and the same question has the same answer. Immutable and thread-safe.
 */
public interface Chances {

  /**
   * Simulates a plan: the probability of each order of being on time, and the dates that can be
   * promised. The caller's thread does the work, 1,000 replications.
   *
   * @param shop the shop
   * @param plan a plan that keeps its rules
   * @return what the plan comes to
   * @throws io.millwright.api.MillwrightException when the shop or the plan is not valid, or the
   *     times name a machine that the shop does not have
   */
  Promises promises(Shop shop, Schedule plan);

  /**
   * Looks for the plan that is best by a mean or a quantile: plans the mean times, then with
   * buffers on all machines and on single ones, simulates each plan with the same luck, and keeps
   * another plan than that of means only where it is better beyond chance on replications that it
   * was not chosen by.
   *
   * @param shop the shop
   * @param risk by what plans are judged
   * @param budget time or iterations of all searches together; under iterations alone the same
   *     question has the same answer on as many processors; a target is not looked at
   * @return the running job; it fails as {@link #promises} does, and with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when no plan was found
   */
  Job<RobustPlan> plan(Shop shop, Risk risk, Budget budget);
}
