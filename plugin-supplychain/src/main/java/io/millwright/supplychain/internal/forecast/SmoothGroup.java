package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was learnt of the series of one frequency.
 *
 * @param horizon how far ahead forecasts go
 * @param methods what is averaged
 * @param gate how much each counts
 * @param voice networks or a series model
 * @param share the share of the voice in the forecast, 0 to 1
 * @param ratio how much larger errors over several periods are than one-step errors, for series too
 *     short to show it
 * @param bands how far the truth lies from forecasts
 */
record SmoothGroup(
    int horizon,
    List<ForecastMethod> methods,
    Gate gate,
    Voice voice,
    double share,
    double ratio,
    Bands bands) {

  /** The weight of errors over several periods in the scale, on logarithms. */
  private static final double SEVERAL = 0.7;

  /** Copies. */
  SmoothGroup {
    methods = List.copyOf(methods);
  }

  /**
   * A forecast and its scales.
   *
   * @param mean the forecasts
   * @param periods what the bands of each period are multiplied by; 0 for a series that never
   *     changed
   * @param totals the same of the sums of the first periods
   */
  record Scaled(double[] mean, double[] periods, double[] totals) {}

  Scaled forecast(Past past) {
    Seen seen = past.seen(methods, horizon);
    double[] own = Origin.own(past, methods, horizon);
    double[] weights = gate.weights(own, seen.traits());
    double[] mean = mixed(Origin.mean(seen.fits(), weights), said(past), share);
    if (past.isNeverNegative()) {
      for (int h = 0; h < horizon; h++) {
        mean[h] = Math.max(0, mean[h]);
      }
    }
    double scale = scale(seen, weights, own, horizon, ratio);
    int step = Origin.step(horizon);
    return new Scaled(
        mean,
        times(scale, seen.growth(step, horizon)),
        times(scale, seen.growthOfSums(step, horizon)));
  }

  private Optional<double[]> said(Past past) {
    return share > 0 ? voice.forecast(past, horizon) : Optional.empty();
  }

  static double[] times(double scale, double[] growth) {
    return Arrays.stream(growth).map(g -> scale * g).toArray();
  }

  /** The size of a series' errors over the first periods, from what was seen of it. */
  static double scale(Seen seen, double[] weights, double[] own, int horizon, double ratio) {
    double oneStep = Origin.error(seen.fits(), weights) * seen.several(Origin.step(horizon));
    return scale(oneStep, Origin.own(own, weights), seen.inside(), ratio);
  }

  /**
   * A geometric mean of one-step errors, which were fitted, and of errors over some periods, which
   * at earlier origins are few, and inside the series many, of one plain method.
   *
   * @param oneStep one-step errors, grown to several periods
   * @param own NaN when the series is too short to have any
   */
  private static double scale(double oneStep, double own, double spread, double ratio) {
    double usual = ratio * oneStep;
    double inside = spread > 0 ? Math.max(usual / 8, Math.min(usual * 8, spread)) : usual;
    if (Double.isNaN(own)) {
      return mixed(oneStep, inside);
    }
    // One origin alone may have been lucky, or hit by what will not come again.
    double kept = Math.max(usual / 8, Math.min(usual * 8, own));
    return mixed(oneStep, Math.sqrt(kept * inside));
  }

  private static double mixed(double oneStep, double several) {
    return Math.pow(oneStep, 1 - SEVERAL) * Math.pow(several, SEVERAL);
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
