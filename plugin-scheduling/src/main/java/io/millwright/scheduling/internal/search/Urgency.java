package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;

/**
 * How urgent an operation is, as an index that can be tuned: weight by work, discounted by slack
 * (apparent tardiness cost, Vepsalainen and Morton 1987) and by the time that is lost on the way.
 *
 * @param own the share of the operation's own duration in the work, 0 to 1; the rest of it is what
 *     is left of the job
 * @param ahead the look-ahead, in mean durations; infinite to leave due dates out
 * @param waits how long a job is expected to wait before each later operation, in its durations
 * @param longer what a machine counts on which the operation takes longer than on its fastest
 * @param idle what a mean duration counts that staff or machine wait for a set-up
 */
record Urgency(double own, double ahead, double waits, double longer, double idle) {

  /** Weight by what is left of the job, whatever its due date. */
  static final Urgency BY_WORK = new Urgency(0, Double.POSITIVE_INFINITY, 0, 2, 1);

  /** Somewhere near, each part changed by up to a factor of about three. */
  Urgency near(Draws draws) {
    return new Urgency(
        draws.below(2) == 0 ? own : Math.max(0, Math.min(1, own + 0.6 * (draws.unit() - 0.5))),
        ahead == Double.POSITIVE_INFINITY ? ahead : ahead * factor(draws),
        // Without due dates nothing is expected to wait.
        draws.below(2) == 0 || ahead == Double.POSITIVE_INFINITY ? waits : 3 * draws.unit(),
        longer * factor(draws),
        idle * factor(draws));
  }

  private static double factor(Draws draws) {
    return draws.below(2) == 0 ? 1 : Math.exp(2 * (draws.unit() - 0.5));
  }
}
