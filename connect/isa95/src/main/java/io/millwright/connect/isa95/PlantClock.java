package io.millwright.connect.isa95;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What the ticks of a shop are in the time of the plant (epoch and time bucket).
 *
 * @param origin the instant of tick 0
 * @param tick how long a tick is: whole milliseconds, positive
 */
public record PlantClock(Instant origin, Duration tick) {

  /** Checks. */
  public PlantClock {
    Objects.requireNonNull(origin, "origin");
    if (tick.toMillis() < 1 || !tick.equals(Duration.ofMillis(tick.toMillis()))) {
      throw new IllegalArgumentException("a tick is of whole milliseconds, not " + tick);
    }
  }

  /**
   * The tick in which an instant lies.
   *
   * @param time an instant
   * @return the tick, rounded down: due dates and ends of shifts
   */
  public long before(Instant time) {
    return Math.floorDiv(millis(time), tick.toMillis());
  }

  /**
   * The first tick at or after an instant.
   *
   * @param time an instant
   * @return the tick, rounded up: releases and begins of shifts
   */
  public long after(Instant time) {
    return -Math.floorDiv(-millis(time), tick.toMillis());
  }

  /**
   * How many ticks a duration needs.
   *
   * @param duration not negative
   * @return the ticks, rounded up
   */
  public long ticks(Duration duration) {
    return -Math.floorDiv(-duration.toMillis(), tick.toMillis());
  }

  /**
   * When a tick begins.
   *
   * @param number the tick
   * @return the instant
   */
  public Instant time(long number) {
    return origin.plusMillis(Math.multiplyExact(number, tick.toMillis()));
  }

  private long millis(Instant time) {
    try {
      return Duration.between(origin, time).toMillis();
    } catch (ArithmeticException e) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          time + " is too far from " + origin + "\nMaybe the year is mistyped",
          e);
    }
  }
}
