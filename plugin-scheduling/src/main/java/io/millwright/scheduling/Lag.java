package io.millwright.scheduling;

import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A time lag: what an operation waits for beside those before it in its job, and how long it may
 * wait at most (generalised precedence). Cooling and drying are lags behind an end; an operation
 * that begins when the first transfer batch is there has a lag behind a start; an order that feeds
 * another is named by its job. What must not cool down has a most: {@code Lag.after("cast",
 * 0).within(10)}; no-wait is a most of 0.
 *
 * <p>Immutable and thread-safe; two with equal parts are equal.
 */
public final class Lag {

  /** What a lag is counted from. */
  public enum From {
    /** The end of the other operation. */
    END,
    /** The start of the other operation: the two may overlap. */
    START
  }

  private record Parts(String job, String operation, From from, long least, OptionalLong most) {}

  private final Parts parts;

  private Lag(Parts parts) {
    this.parts = parts;
  }

  /**
   * A lag without a most; the numbers are checked with the whole shop.
   *
   * @param job the job of the operation it waits for, or the empty text for its own
   * @param operation the operation it waits for
   * @param from what the lag is counted from
   * @param least the ticks that pass at least, not negative; nights and weekends count
   */
  public Lag(String job, String operation, From from, long least) {
    this(
        new Parts(
            Objects.requireNonNull(job, "job"),
            Objects.requireNonNull(operation, "operation"),
            Objects.requireNonNull(from, "from"),
            least,
            OptionalLong.empty()));
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

  /**
   * The very end of another operation of the same job: no wait between the two.
   *
   * @param operation the other operation
   * @return the lag
   */
  public static Lag noWait(String operation) {
    return after(operation, 0).within(0);
  }

  /**
   * The same lag with a most: the operation begins no later than so many ticks behind what the lag
   * is counted from. Nights, weekends and the way between machines count.
   *
   * @param most the ticks, not less than the least
   * @return the new lag
   */
  public Lag within(long most) {
    return new Lag(
        new Parts(parts.job, parts.operation, parts.from, parts.least, OptionalLong.of(most)));
  }

  /** {@return the job of the operation it waits for, or the empty text for its own} */
  public String job() {
    return parts.job;
  }

  /** {@return the operation it waits for} */
  public String operation() {
    return parts.operation;
  }

  /** {@return what the lag is counted from} */
  public From from() {
    return parts.from;
  }

  /** {@return the ticks that pass at least, not negative} */
  public long least() {
    return parts.least;
  }

  /** {@return the ticks that pass at most; empty for any} */
  public OptionalLong most() {
    return parts.most;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lag o && parts.equals(o.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return "Lag" + parts.toString().substring("Parts".length());
  }
}
