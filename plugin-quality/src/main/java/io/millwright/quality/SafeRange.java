package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;

/**
 * What parts must keep (constraint; the settings that keep all are the safe region).
 *
 * @param column a measured characteristic, a column of numbers; the goal's own may be one
 * @param low the lowest value; minus infinity for none
 * @param high the highest value; infinity for none
 */
public record SafeRange(String column, double low, double high) {
  /** Checks. */
  public SafeRange {
    Objects.requireNonNull(column, "column");
    if (!(low < high)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the safe range of '" + column + "' is " + low + " to " + high + "\nMaybe swap them");
    }
  }

  /**
   * No more than.
   *
   * @param column the characteristic
   * @param high the highest value
   * @return the range
   */
  public static SafeRange atMost(String column, double high) {
    return new SafeRange(column, Double.NEGATIVE_INFINITY, high);
  }

  /**
   * No less than.
   *
   * @param column the characteristic
   * @param low the lowest value
   * @return the range
   */
  public static SafeRange atLeast(String column, double low) {
    return new SafeRange(column, low, Double.POSITIVE_INFINITY);
  }
}
