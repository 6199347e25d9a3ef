package io.millwright.api;

/** What a reader of a prediction should know about its input (warning about an input). */
public enum Flag {
  /** A missing or impossible value was replaced before predicting. */
  IMPUTED,
  /** A value lies outside the range of the training data. */
  OUTSIDE_TRAINING_RANGE,
  /** A category was not seen in training; intervals have room for what it may do. */
  UNKNOWN_CATEGORY,
  /** The operating condition is far from every one seen in training. */
  UNKNOWN_CONDITION,
  /** The history is shorter than the model's window, or its beginning is not known. */
  SHORT_HISTORY,
  /**
   * The answer stands at the limit of what the model can say, so it means "at least" or "at most".
   */
  AT_LIMIT,
  /** The answer lies in the band where a person should decide. */
  REVIEW,
  /** The history holds values far from all others, which were left out. */
  OUTLIER,
  /** The history jumped to another level; what came before was moved to the level of today. */
  LEVEL_SHIFT,
  /**
   * A reading was infinite, such as an overflow or a division by zero; the usual value took its
   * place, as for a missing one ({@link #IMPUTED}). Unlike a missing reading it says that the
   * source is broken.
   */
  INFINITE
}
