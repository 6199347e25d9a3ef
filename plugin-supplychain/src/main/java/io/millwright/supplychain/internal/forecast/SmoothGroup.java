package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Fit;
import java.util.List;
import java.util.Optional;

/**
 * What was learnt of the series of one frequency.
 *
 * @param horizon how far ahead forecasts go
 * @param methods what is averaged
 * @param deep the networks
 * @param share the share of the networks in the forecast, 0 to 1
 * @param ratio how much larger errors over several periods are than one-step errors, for series too
 *     short to show it
 * @param bands how far the truth lies from forecasts
 */
record SmoothGroup(
    int horizon, List<ForecastMethod> methods, Deep deep, double share, double ratio, Bands bands) {

  /** Copies. */
  SmoothGroup {
    methods = List.copyOf(methods);
  }

  /**
   * A forecast and its scale.
   *
   * @param mean the forecasts
   * @param scale what the bands are multiplied by; 0 for a series that never changed
   */
  record Scaled(double[] mean, double scale) {}

  Scaled forecast(Past past) {
    int[] all = Combination.all(methods.size());
    Fit[] fits = past.fits(methods, horizon);
    double[] mean = mixed(Origin.mean(fits, all), deep.forecast(past, horizon), share);
    if (past.isNeverNegative()) {
      for (int h = 0; h < horizon; h++) {
        mean[h] = Math.max(0, mean[h]);
      }
    }
    int step = Origin.step(horizon);
    int before = past.length() - step;
    double own = Double.NaN;
    if (before >= Origin.LEAST) {
      Fit[] earlier = past.until(before).fits(methods, step);
      Origin origin = new Origin(before, past.following(before, step), earlier, 0);
      own = origin.error(origin.mean(all), step);
    }
    return new Scaled(mean, scale(Origin.error(fits, all), own, ratio));
  }

  /**
   * The size of a series' errors: the geometric mean of its one-step errors, which were fitted, and
   * of its errors over some periods at an earlier origin, which are few.
   *
   * @param own NaN when the series is too short to have any
   */
  static double scale(double oneStep, double own, double ratio) {
    double usual = ratio * oneStep;
    if (Double.isNaN(own)) {
      return Math.sqrt(oneStep * usual);
    }
    // One origin alone may have been lucky, or hit by what will not come again.
    double kept = Math.max(usual / 8, Math.min(usual * 8, own));
    return Math.sqrt(oneStep * kept);
  }

  static double[] mixed(double[] methods, Optional<double[]> networks, double share) {
    if (networks.isEmpty() || share == 0) {
      return methods;
    }
    double[] mixed = new double[methods.length];
    for (int h = 0; h < mixed.length; h++) {
      mixed[h] = (1 - share) * methods[h] + share * networks.get()[h];
    }
    return mixed;
  }
}
