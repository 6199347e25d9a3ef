package io.millwright.supplychain;

import java.util.Objects;

/**
 * Something unusual in a course of orders, stock, lead times or prices (anomaly of a time series).
 *
 * @param course the name of the course
 * @param kind what it is
 * @param since the label of its first period
 * @param until the label of its last period
 * @param lasts whether it lasts to the end of the course
 * @param before the level before, as the course measures it
 * @param after the level or value since
 * @param strength by how many standard deviations of the noise it stands out; NaN for silence
 */
public record SupplyAnomaly(
    String course,
    Kind kind,
    String since,
    String until,
    boolean lasts,
    double before,
    double after,
    double strength) {

  /** What can be unusual. */
  public enum Kind {
    /** A value, or two, far from all around it (outlier). */
    SPIKE,
    /** A level that moved and stayed (change point). */
    LEVEL,
    /** Values that stopped coming, or do not change any more though they did. */
    SILENCE
  }

  /** Checks. */
  public SupplyAnomaly {
    Objects.requireNonNull(course, "course");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(until, "until");
  }
}
