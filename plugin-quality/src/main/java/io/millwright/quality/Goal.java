package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Objects;

/**
 * What settings are chosen for (objective, Taguchi's larger, smaller and nominal the best).
 *
 * @param column the characteristic, a column of numbers; pass and fail as 1 and 0 are a share
 * @param aim which way is better
 * @param target the best value of {@link Aim#TARGET}; 0 otherwise
 */
public record Goal(String column, Aim aim, double target) {

  /** Which way is better. */
  public enum Aim {
    /** More is better. */
    LARGEST,
    /** Less is better. */
    SMALLEST,
    /** The nearer to a target the better, by the root of the mean squared distance of parts. */
    TARGET
  }

  /** Checks. */
  public Goal {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(aim, "aim");
    if (!Double.isFinite(target)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the target of '" + column + "' is " + target + "\nMaybe a number");
    }
  }

  /**
   * More is better.
   *
   * @param column the characteristic
   * @return the goal
   */
  public static Goal largest(String column) {
    return new Goal(column, Aim.LARGEST, 0);
  }

  /**
   * Less is better.
   *
   * @param column the characteristic
   * @return the goal
   */
  public static Goal smallest(String column) {
    return new Goal(column, Aim.SMALLEST, 0);
  }

  /**
   * Parts near a target are better.
   *
   * @param column the characteristic
   * @param value the target
   * @return the goal
   */
  public static Goal target(String column, double value) {
    return new Goal(column, Aim.TARGET, value);
  }
}
