package io.millwright.personalization.internal.recommend;

/**
 * One method: scores every item from a history alone, so that new customers and new orders need no
 * refit. Immutable and thread-safe.
 */
interface Scorer {

  /** The method's usual name. */
  String name();

  /**
   * Scores.
   *
   * @param history the items, the oldest first; may be empty
   * @param into a score for each item, overwritten; larger is better, 0 where nothing speaks for it
   */
  void score(int[] history, float[] into);
}
