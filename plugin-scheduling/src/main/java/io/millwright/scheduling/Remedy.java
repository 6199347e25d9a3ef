package io.millwright.scheduling;

import java.util.Objects;

/**
 * Something that helps a late job, tried out by planning the changed shop anew from the best plan
 * that is known of the shop as it is (expediting measure). What seems to help is planned five times
 * with different keys, and three times more with longer searches; its gains are what the longer
 * ones brought at least: its worst plan against the best plan of the unchanged shop. What gains
 * nothing in either is not told: a change of the shop must gain for the objective, another machine
 * or priority for the job. Gains are no bounds: a still longer search of either shop may find
 * otherwise.
 *
 * @param kind what kind of change
 * @param what the change, for people
 * @param shop the changed shop
 * @param plan the best of its plans
 * @param jobGain the ticks by which the job ends earlier at least than in any plan of the unchanged
 *     shop that the same effort found; may be negative
 * @param gain what the objective falls by at least; may be negative, and never positive where the
 *     shop itself stays as it is
 */
public record Remedy(Kind kind, String what, Shop shop, Schedule plan, long jobGain, double gain) {

  /** The kinds of change. */
  public enum Kind {
    /** The job is released at the start of planning. */
    EARLIER_RELEASE,
    /** A machine that rests, or a resource that is away, while the job waits works a shift more. */
    EXTRA_SHIFT,
    /** An operation goes to another machine, and the job counts ten times as much. */
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
