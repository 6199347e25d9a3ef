package io.millwright.quality;

/** Which run rules watch the readings of a Shewhart chart beside its limits. */
public enum RunRules {
  /** None but the limits. */
  NONE,
  /** The four of Western Electric's handbook (1956). */
  WESTERN_ELECTRIC,
  /** The eight of Nelson (1984). */
  NELSON
}
