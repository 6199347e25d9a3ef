package io.millwright.api.learn;

/** Which way an answer may move with a feature (monotonicity constraint). */
public enum Direction {
  /** Either way. */
  FREE,
  /** It never falls when the feature rises. */
  UP,
  /** It never rises when the feature rises. */
  DOWN
}
