package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;

/**
 * How a network is played (options of a Monte Carlo risk simulation).
 *
 * @param periods how long, such as 52 weeks, above 0
 * @param replications how often, 2 to 1,000,000
 * @param key the key of all randomness
 */
public record RiskStudy(double periods, int replications, long key) {

  /** Checks. */
  public RiskStudy {
    if (!(periods > 0) || !Double.isFinite(periods) || replications < 2 || replications > 1000000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          periods + " periods, played " + replications + " times\nMaybe 52 periods, 2000 times");
    }
  }
}
