package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;

/**
 * The rotational speed of a shaft over time: constant, a course of speeds, or the pulses of a
 * tachometer, as order tracking needs it (Fyfe and Munck 1997). Between its points the angle
 * follows a cubic curve, beyond them the speed stays. Immutable and thread-safe.
 */
public final class ShaftSpeed {

  private final double[] seconds;
  private final double[] turns;
  private final double[] speeds;
  private final boolean measured;

  private ShaftSpeed(double[] seconds, double[] turns, double[] speeds, boolean measured) {
    this.seconds = seconds;
    this.turns = turns;
    this.speeds = speeds;
    this.measured = measured;
  }

  /**
   * A constant speed.
   *
   * @param hz turns a second, above 0
   * @return the speed
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE}
   */
  public static ShaftSpeed of(double hz) {
    return course(new double[] {0}, new double[] {hz});
  }

  /**
   * Speeds at times; linear between them.
   *
   * @param seconds the times since the first sample, rising, at least one
   * @param hz turns a second at each of them, above 0
   * @return the speed
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE}, naming the first bad point
   */
  public static ShaftSpeed course(double[] seconds, double[] hz) {
    check(seconds);
    if (hz.length != seconds.length) {
      throw bad(hz.length + " speeds at " + seconds.length + " times", "give one for each");
    }
    for (int i = 0; i < hz.length; i++) {
      if (!(hz[i] > 0) || Double.isInfinite(hz[i])) {
        throw bad(
            "the shaft turns at " + hz[i] + " Hz at " + seconds[i] + " s",
            "cut the standstill out of the recording");
      }
    }
    double[] turns = new double[hz.length];
    for (int i = 1; i < hz.length; i++) {
      turns[i] = turns[i - 1] + (seconds[i] - seconds[i - 1]) * (hz[i] + hz[i - 1]) / 2;
    }
    return new ShaftSpeed(seconds.clone(), turns, hz.clone(), false);
  }

  /**
   * Pulses of a tachometer.
   *
   * @param seconds the time of each pulse since the first sample, rising, at least three
   * @param aTurn how many pulses a turn gives, at least 1
   * @return the speed
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE}, naming the first bad pulse
   */
  public static ShaftSpeed pulses(double[] seconds, int aTurn) {
    check(seconds);
    int n = seconds.length;
    if (n < 3 || aTurn < 1) {
      throw bad(n + " pulses, " + aTurn + " a turn", "give at least three pulses, one a turn");
    }
    double[] turns = new double[n];
    double[] speeds = new double[n];
    for (int i = 0; i < n; i++) {
      turns[i] = (double) i / aTurn;
      int low = Math.max(0, i - 1);
      int high = Math.min(n - 1, i + 1);
      speeds[i] = (high - low) / (seconds[high] - seconds[low]) / aTurn;
    }
    return new ShaftSpeed(seconds.clone(), turns, speeds, true);
  }

  private static void check(double[] seconds) {
    if (seconds.length == 0) {
      throw bad("no times of the speed", "give at least one");
    }
    for (int i = 0; i < seconds.length; i++) {
      if (!Double.isFinite(seconds[i]) || i > 0 && seconds[i] <= seconds[i - 1]) {
        throw bad(
            "time " + (i + 1) + " of the speed is " + seconds[i] + " s", "times must be rising");
      }
    }
  }

  private static MillwrightException bad(String what, String hint) {
    return new MillwrightException(ErrorCode.BAD_VALUE, what + "\nMaybe " + hint);
  }

  /**
   * How often the shaft has turned.
   *
   * @param time in seconds since the first sample
   * @return turns since the first point of the speed; negative before it
   */
  public double turns(double time) {
    int n = seconds.length;
    if (n == 1 || time <= seconds[0]) {
      return turns[0] + (time - seconds[0]) * speeds[0];
    }
    if (time >= seconds[n - 1]) {
      return turns[n - 1] + (time - seconds[n - 1]) * speeds[n - 1];
    }
    int found = Arrays.binarySearch(seconds, time);
    int i = found >= 0 ? Math.min(found, n - 2) : -found - 2;
    double width = seconds[i + 1] - seconds[i];
    double u = (time - seconds[i]) / width;
    double v = 1 - u;
    return turns[i] * v * v * (1 + 2 * u)
        + turns[i + 1] * u * u * (1 + 2 * v)
        + width * u * v * (speeds[i] * v - speeds[i + 1] * u);
  }

  /**
   * The mean speed of a stretch.
   *
   * @param from its beginning, in seconds
   * @param to its end, after the beginning
   * @return turns a second
   */
  public double mean(double from, double to) {
    return constant() ? speeds[0] : (turns(to) - turns(from)) / (to - from);
  }

  /** {@return whether one speed holds for all times} */
  public boolean constant() {
    return seconds.length == 1;
  }

  /** {@return whether pulses measured it, so that its angle needs no correction} */
  public boolean measured() {
    return measured;
  }
}
