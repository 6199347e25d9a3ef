package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Fit;
import java.util.ArrayList;
import java.util.List;

/**
 * A forecast made in the past of a series, and what followed.
 *
 * @param at after how many periods it was made
 * @param truth what followed, NaN where missing or not yet known
 * @param fits what each method said
 * @param naive the error of the seasonal naive method before the origin
 */
record Origin(int at, double[] truth, Fit[] fits, double naive) {

  /** With fewer periods before it, an origin judges nothing. */
  static final int LEAST = 4;

  /**
   * How far origins lie apart, which is also over how many periods a series' own error is taken.
   */
  static int step(int horizon) {
    return (horizon + 1) / 2;
  }

  /** The origins of a series, the latest first; the first is a whole horizon before the end. */
  static List<Origin> of(Past past, List<ForecastMethod> methods, int horizon, int most) {
    List<Origin> origins = new ArrayList<>();
    for (int j = 0; j < most; j++) {
      int at = past.length() - horizon - j * step(horizon);
      if (at < LEAST) {
        break;
      }
      Past before = past.until(at);
      origins.add(
          new Origin(
              at, past.following(at, horizon), before.fits(methods, horizon), before.naiveError()));
    }
    return origins;
  }

  /** The mean of some methods' forecasts. */
  double[] mean(int[] chosen) {
    return mean(fits, chosen);
  }

  static double[] mean(Fit[] fits, int[] chosen) {
    double[] mean = new double[fits[0].mean().length];
    for (int k : chosen) {
      for (int h = 0; h < mean.length; h++) {
        mean[h] += fits[k].mean()[h] / chosen.length;
      }
    }
    return mean;
  }

  /** The mean of some methods' one-step errors. */
  static double error(Fit[] fits, int[] chosen) {
    double sum = 0;
    for (int k : chosen) {
      sum += fits[k].error() / chosen.length;
    }
    return sum;
  }

  /** The mean absolute error over the first periods; NaN when none of them is known. */
  double error(double[] mean, int periods) {
    double sum = 0;
    int known = 0;
    for (int h = 0; h < periods; h++) {
      if (!Double.isNaN(truth[h])) {
        sum += Math.abs(truth[h] - mean[h]);
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }
}
