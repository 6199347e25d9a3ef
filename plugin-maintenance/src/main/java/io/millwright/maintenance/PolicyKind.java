package io.millwright.maintenance;

/** A kind of maintenance policy. What its limit means is in the unit of the machine's life. */
public enum PolicyKind {
  /** Corrective maintenance alone: nothing is planned. No limit. */
  RUN_TO_FAILURE,
  /** Age-based (Barlow and Proschan 1965): planned work at an age. The limit is the age. */
  AGE,
  /**
   * Block replacement: planned work at fixed times, whatever the age. The limit is the time between
   * them.
   */
  BLOCK,
  /**
   * Condition-based: planned work when the predicted remaining life, taken as a point, falls to the
   * limit. Needs a {@link Prognosis}.
   */
  CONDITION,
  /**
   * Predictive: planned work when the probability of failing before the next chance to act reaches
   * the limit, between 0 and 1. The probability comes from the whole distribution: the law of life,
   * the age and the predicted remaining life with its error. Needs a {@link Prognosis}.
   */
  PREDICTIVE
}
