package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * By what plans are judged whose times are uncertain: the mean of the objective, or a quantile of
 * it (value at risk).
 *
 * @param percent 0 for the mean, else the quantile in percent, 1 to 99
 */
public record Risk(int percent) {

  /** Checks. */
  public Risk {
    if (percent < 0 || percent > 99) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "a quantile of " + percent + " %\nMaybe use 90, or 0 for the mean");
    }
  }

  /**
   * The mean of the objective.
   *
   * @return the risk
   */
  public static Risk mean() {
    return new Risk(0);
  }

  /**
   * A quantile of the objective.
   *
   * @param percent 1 to 99
   * @return the risk
   */
  public static Risk quantile(int percent) {
    return new Risk(percent);
  }

  /**
   * What of simulated values counts.
   *
   * @param promises the simulation
   * @return the mean or the quantile of the objective
   */
  public double of(Promises promises) {
    return percent == 0 ? promises.expected() : promises.percentiles().get(percent - 1);
  }

  /**
   * The name for people, such as {@code expected} or {@code 90 % quantile of}.
   *
   * @return the name
   */
  public String label() {
    return percent == 0 ? "expected" : percent + " % quantile of";
  }
}
