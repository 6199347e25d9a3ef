package io.millwright.scheduling;

import io.millwright.api.Budget;
import io.millwright.api.Job;

/**
 * The planner's questions about a plan. All answers come from planning again, not from guesses; all
 * are deterministic. {@link Scheduling#planner} gives one for an objective. Immutable and
 * thread-safe; the caller's thread does the work. Permutation flow shops are not for it. Jobs that
 * a plan leaves out are no part of any answer, and all others must be done.
 */
public interface Planner {

  /**
   * Says why a job ends when it does, and tries out what would help.
   *
   * @param shop the shop
   * @param plan a plan that keeps its rules
   * @param job the job's name
   * @return the chain that binds it, and the remedies
   * @throws io.millwright.api.MillwrightException when the shop or the plan is not valid, or has no
   *     such job
   */
  Lateness explain(Shop shop, Schedule plan, String job);

  /**
   * Mends an approved plan after an event, moving as little as is worth it: an operation that could
   * begin sooner than it was planned to does so only where that is worth its price. An event that
   * touches nothing moves nothing.
   *
   * @param shop the shop as it was planned
   * @param approved the approved plan
   * @param now the tick of the event; what began before stays as it is
   * @param event the event
   * @param movePrice what one moved operation costs, in units of the objective; 0 to mind the
   *     objective alone, infinity to keep every sequence
   * @return the mended plan
   * @throws io.millwright.api.MillwrightException when the shop, the plan or the event is not
   *     valid; with {@link io.millwright.api.ErrorCode#NO_SOLUTION} when no plan was found that
   *     keeps the pins
   */
  Repair repair(Shop shop, Schedule approved, long now, Event event, double movePrice);

  /**
   * The same as a job, which can be cancelled. Its time limit, which counts from the call, ends the
   * trying: the remedies that were tried until then are told. Other limits do not count. A limit
   * that ends before the chain is known leaves no answer, as a cancel does.
   *
   * @param shop the shop
   * @param plan a plan that keeps its rules
   * @param job the job's name
   * @param budget the time to take
   * @return the running job; it fails as {@link #explain(Shop, Schedule, String)} does, and with
   *     {@link io.millwright.api.ErrorCode#JOB_CANCELLED} when it ends without an answer
   */
  Job<Lateness> explain(Shop shop, Schedule plan, String job, Budget budget);

  /**
   * The same as a job, which can be cancelled. Its time limit, which counts from the call, and a
   * cancel end the search: the best plan until then is the answer. Other limits do not count. What
   * ends before the kept sequences are timed leaves no answer.
   *
   * @param shop the shop as it was planned
   * @param approved the approved plan
   * @param now the tick of the event
   * @param event the event
   * @param movePrice what one moved operation costs
   * @param budget the time to take
   * @return the running job; it fails as {@link #repair(Shop, Schedule, long, Event, double)} does,
   *     and with {@link io.millwright.api.ErrorCode#JOB_CANCELLED} when it ends without an answer
   */
  Job<Repair> repair(
      Shop shop, Schedule approved, long now, Event event, double movePrice, Budget budget);

  /**
   * Finds the best place for one more job while all sequences stay as they are.
   *
   * @param shop the shop without the job
   * @param plan its plan
   * @param job the job
   * @return the place, and what it costs
   * @throws io.millwright.api.MillwrightException when the shop, the plan or the job is not valid
   */
  Recommendation recommend(Shop shop, Schedule plan, ShopJob job);

  /**
   * Gives every operation its earliest time while all machines and sequences of a plan stay: what
   * becomes of it when durations, dates or calendars change, or when somebody moved bars by hand.
   *
   * @param shop the shop as it is now
   * @param plan names every operation; its times need not be possible
   * @return the plan with other times
   * @throws io.millwright.api.MillwrightException when the shop or the plan is not valid; with
   *     {@link io.millwright.api.ErrorCode#NO_SOLUTION} when the sequences cannot keep the pins
   */
  Schedule retime(Shop shop, Schedule plan);
}
