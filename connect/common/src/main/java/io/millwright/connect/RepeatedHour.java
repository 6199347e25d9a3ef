package io.millwright.connect;

/**
 * What a local time means that stands twice on the day on which clocks go back (overlap of daylight
 * saving time).
 */
public enum RepeatedHour {
  /** It is refused, since nobody can know. */
  REFUSE,
  /** The first of the two, still in summer time. */
  EARLIER,
  /** The second of the two, in winter time. */
  LATER
}
