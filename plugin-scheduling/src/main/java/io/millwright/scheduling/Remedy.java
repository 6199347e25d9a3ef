package io.millwright.scheduling;

import java.util.Objects;

/**
 * Something that would help a late job, tried out by planning the changed shop anew from the plan
 * as it is.
 *
 * @param kind what kind of change
 * @param what the change, for people
 * @param shop the changed shop
 * @param plan its plan
 * @param jobGain the ticks by which the job ends earlier than in the best plan of the unchanged
 *     shop that the same effort found; may be negative
 * @param gain what the objective falls by against that plan; may be negative, and never positive
 *     where the shop itself stays as it is
 */
public record Remedy(Kind kind, String what, Shop shop, Schedule plan, long jobGain, double gain) {

  /** The kinds of change. */
  public enum Kind {
    /** The job is released at the start of planning. */
    EARLIER_RELEASE,
    /** A machine that rests, or a resource that is away, while the job waits works through. */
    EXTRA_SHIFT,
    /** An operation goes to another machine. */
    OTHER_MACHINE,
    /** The job counts ten times as much. */
    PRIORITY
  }

  /** Checks for nulls. */
  public Remedy {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(shop, "shop");
    Objects.requireNonNull(plan, "plan");
  }
}
