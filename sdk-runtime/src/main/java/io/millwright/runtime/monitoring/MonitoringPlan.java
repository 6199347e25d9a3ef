package io.millwright.runtime.monitoring;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * How a {@link ProcessModel} is fitted (options of multivariate process monitoring).
 *
 * @param falseAlarms the share of normal readings that may alarm, above 0 and at most 0.2
 * @param smoothing the weight of the newest reading in the smoothed statistic (multivariate EWMA,
 *     Lowry et al. 1992), above 0; 1 for a static method without it
 * @param lags how many earlier readings stand beside each reading (dynamic PCA, Ku et al. 1995), 0
 *     to 10
 */
public record MonitoringPlan(double falseAlarms, double smoothing, int lags) {

  private static final double MOST_ALARMS = 0.2;
  private static final int MOST_LAGS = 10;

  /** Checks. */
  public MonitoringPlan {
    if (!(falseAlarms > 0 && falseAlarms <= MOST_ALARMS)) {
      throw bad(
          "the share of false alarms is " + falseAlarms, "use a share such as 0.01, up to 0.2");
    }
    if (!(smoothing > 0 && smoothing <= 1)) {
      throw bad("the smoothing weight is " + smoothing, "use 0.1, or 1 for none");
    }
    if (lags < 0 || lags > MOST_LAGS) {
      throw bad("the number of lags is " + lags, "use 0 to " + MOST_LAGS);
    }
  }

  /**
   * The default: 1 % false alarms, each reading beside a smoothed statistic.
   *
   * @return the plan
   */
  public static MonitoringPlan standard() {
    return new MonitoringPlan(0.01, 0.1, 0);
  }

  private static MillwrightException bad(String what, String remedy) {
    return new MillwrightException(ErrorCode.BAD_OPTION, what + "\nMaybe " + remedy);
  }
}
