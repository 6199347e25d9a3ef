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
 * @param sharpness how much a series' own errors decide between them
 * @param deep the networks
 * @param share the share of the networks in the forecast, 0 to 1
 * @param ratio how much larger errors over several periods are than one-step errors, for series too
 *     short to show it
 * @param bands how far the truth lies from forecasts
 */
record SmoothGroup(
    int horizon,
    List<ForecastMethod> methods,
    double sharpness,
    Deep deep,
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
   * A forecast and its scale.
   *
   * @param mean the forecasts
   * @param scale what the bands are multiplied by; 0 for a series that never changed
   */
  record Scaled(double[] mean, double scale) {}

  Scaled forecast(Past past) {
    Combination.Choice choice = new Combination.Choice(Combination.all(methods.size()), sharpness);
    Fit[] fits = past.fits(methods, horizon);
    int step = Origin.step(horizon);
    int before = past.length() - step;
    double[] own = {};
    if (before >= Origin.LEAST && Origin.isAlike(past.lengths(), past.length(), before)) {
      Fit[] earlier = past.until(before).fits(methods, step);
      own = new Origin(before, past.following(before, step), earlier, own, 0, 0).errors(step);
      own = Double.isNaN(own[0]) ? new double[0] : own;
    }
    double[] methodsMean = Origin.mean(fits, choice.methods(), Origin.weights(own, choice));
    double[] mean = mixed(methodsMean, deep.forecast(past, horizon), share);
    if (past.isNeverNegative()) {
      for (int h = 0; h < horizon; h++) {
        mean[h] = Math.max(0, mean[h]);
      }
    }
    double scale =
        scale(
            Origin.error(fits, choice.methods()),
            Origin.own(own, choice),
            past.spread(step),
            ratio);
    return new Scaled(mean, scale);
  }

  /**
   * The size of a series' errors: a geometric mean of its one-step errors, which were fitted, and
   * of its errors over some periods, which at an earlier origin are few, and inside the series
   * many, of one plain method.
   *
   * @param own NaN when the series is too short to have any
   */
  static double scale(double oneStep, double own, double spread, double ratio) {
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
