package io.millwright.production;

import java.util.Objects;

/**
 * Something in a log that no plant can have done, or that the figures must not count (data quality
 * finding).
 *
 * @param kind what is wrong
 * @param place the resource or the column
 * @param count how many rows
 * @param hours how many hours of log time it concerns; 0 where that means nothing
 * @param example the first of them in words
 */
public record LogFault(Kind kind, String place, int count, double hours, String example) {

  /** Kinds of faults. */
  public enum Kind {
    /** A row has no start or no end; it is left out. */
    NO_TIME,
    /** A row ends before it starts; it is left out. */
    END_BEFORE_START,
    /** A row starts and ends at the same moment; it counts as a step of no time. */
    NO_LENGTH,
    /** A row lies more than a year from the middle of the log; it is left out. */
    CLOCK,
    /** Two rows say the same; the second is left out. */
    REPEATED,
    /** Rows of one resource overlap; the shared time counts once. */
    OVERLAP,
    /** A resource has no record for longer than the gap that was asked for; not counted as work. */
    GAP,
    /** A resource is not among those of the plant, or empty. */
    UNKNOWN_RESOURCE,
    /**
     * A count of pieces is negative, or a quantity is less than what of it is good or rejected; it
     * is taken as not recorded.
     */
    BAD_COUNT
  }

  /** Checks. */
  public LogFault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(example, "example");
  }
}
