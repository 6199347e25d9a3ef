package io.millwright.scheduling;

import java.util.Objects;

/**
 * A minimum time lag: what an operation waits for beside those before it in its job (generalised
 * precedence). Cooling and drying are lags behind an end; an operation that begins when the first
 * transfer batch is there has a lag behind a start; an order that feeds another is named by its
 * job.
 *
 * @param job the job of the operation it waits for, or the empty text for its own
 * @param operation the operation it waits for
 * @param from what the lag is counted from
 * @param least the ticks that pass at least, not negative; nights and weekends count
 */
public record Lag(String job, String operation, From from, long least) {

  /** What a lag is counted from. */
  public enum From {
    /** The end of the other operation. */
    END,
    /** The start of the other operation: the two may overlap. */
    START
  }

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Lag {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(from, "from");
  }

  /**
   * Some time behind the end of another operation of the same job.
   *
   * @param operation the other operation
   * @param least the ticks
   * @return the lag
   */
  public static Lag after(String operation, long least) {
    return new Lag("", operation, From.END, least);
  }

  /**
   * Some time behind the start of another operation of the same job.
   *
   * @param operation the other operation
   * @param least the ticks
   * @return the lag
   */
  public static Lag afterStart(String operation, long least) {
    return new Lag("", operation, From.START, least);
  }

  /**
   * The end of an operation of another job, which feeds this one.
   *
   * @param job the other job
   * @param operation its operation
   * @return the lag
   */
  public static Lag fed(String job, String operation) {
    return new Lag(job, operation, From.END, 0);
  }
}
