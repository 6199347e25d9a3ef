package io.millwright.connect;

import java.time.Instant;
import java.util.Objects;

/**
 * One value of one signal (tag, item, metric) at the time of its source.
 *
 * @param source the signal
 * @param time when the source read it, not when it arrived
 * @param value the value; NaN when there is none
 * @param quality how far it may be trusted
 */
public record SignalReading(String source, Instant time, double value, SignalQuality quality) {

  /** Checks for nulls. */
  public SignalReading {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(quality, "quality");
  }

  /**
   * A good reading.
   *
   * @param source the signal
   * @param time when the source read it
   * @param value the value
   * @return the reading
   */
  public static SignalReading good(String source, Instant time, double value) {
    return new SignalReading(source, time, value, SignalQuality.GOOD);
  }

  /**
   * Says that nothing is known of a signal from a time on.
   *
   * @param source the signal
   * @param time from when on
   * @return the reading, without a value
   */
  public static SignalReading stale(String source, Instant time) {
    return new SignalReading(source, time, Double.NaN, SignalQuality.STALE);
  }
}
