package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Fit;
import io.millwright.supplychain.internal.classic.Methods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A forecast made in the past of a series, and what followed.
 *
 * @param at after how many periods it was made
 * @param truth what followed, NaN where missing or not yet known
 * @param fits what each method said
 * @param own the errors of each method at an earlier origin, which the forecaster knew at this one;
 *     empty when there is none that shows the same season
 * @param naive the error of the seasonal naive method before the origin
 * @param spread the error over several periods inside the series, see {@link Past#spread}
 */
record Origin(int at, double[] truth, Fit[] fits, double[] own, double naive, double spread) {

  /** With fewer periods before it, an origin judges nothing. */
  static final int LEAST = 4;

  /** So small a part of the horizon must be known after the latest origin. */
  private static final int LEAST_KNOWN = 3;

  /**
   * How far origins lie apart, which is also over how many periods a series' own error is taken.
   */
  static int step(int horizon) {
    return (horizon + 1) / 2;
  }

  /**
   * The origins of a series, the latest first. The first is a whole horizon before the end, or as
   * much later as the season needs to be seen that the whole series shows.
   */
  static List<Origin> of(Past past, List<ForecastMethod> methods, int horizon, int most) {
    List<Origin> origins = new ArrayList<>();
    int latest = latest(past, horizon);
    double[][] errors = new double[most + 1][];
    List<Origin> bare = new ArrayList<>();
    for (int j = 0; j <= most; j++) {
      int at = latest - j * step(horizon);
      if (at < LEAST) {
        break;
      }
      Past before = past.until(at);
      Origin origin =
          new Origin(
              at,
              past.following(at, horizon),
              before.fits(methods, horizon),
              new double[0],
              before.naiveError(),
              before.spread(step(horizon)));
      errors[j] = origin.errors(step(horizon));
      bare.add(origin);
    }
    for (int j = 0; j < Math.min(most, bare.size()); j++) {
      Origin o = bare.get(j);
      boolean same = j + 1 < bare.size() && isAlike(past.lengths(), o.at(), bare.get(j + 1).at());
      origins.add(
          new Origin(
              o.at, o.truth, o.fits, same ? errors[j + 1] : new double[0], o.naive, o.spread));
    }
    return origins;
  }

  private static int latest(Past past, int horizon) {
    int n = past.length();
    int seen = Methods.lag(past.lengths(), n);
    int latest = n - horizon;
    if (seen > 1 && Methods.lag(past.lengths(), Math.max(1, latest)) != seen) {
      int later = 2 * seen;
      return n - later >= LEAST_KNOWN ? Math.max(latest, later) : latest;
    }
    return latest;
  }

  /** Whether the same seasons show at two origins. */
  static boolean isAlike(int[] lengths, int one, int other) {
    return Methods.lag(lengths, one) == Methods.lag(lengths, other);
  }

  /** The mean absolute error of each method over the first periods. */
  double[] errors(int periods) {
    return Arrays.stream(fits).mapToDouble(f -> error(f.mean(), periods)).toArray();
  }

  /** The mean of some methods' forecasts. */
  double[] mean(Combination.Choice choice) {
    return mean(fits, choice.methods(), weights(own, choice));
  }

  /** The own error of a choice at the earlier origin; NaN without one. */
  static double own(double[] own, Combination.Choice choice) {
    if (own.length == 0) {
      return Double.NaN;
    }
    double[] weights = weights(own, choice);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * own[choice.methods()[i]];
    }
    return sum;
  }

  /**
   * Weights of a choice's methods: equal, or falling exponentially with how much larger an own
   * error is than the least.
   */
  static double[] weights(double[] own, Combination.Choice choice) {
    int[] methods = choice.methods();
    double[] weights = new double[methods.length];
    Arrays.fill(weights, 1.0 / methods.length);
    if (choice.sharpness() == 0 || own.length == 0) {
      return weights;
    }
    double least = Arrays.stream(methods).mapToDouble(k -> own[k]).min().orElse(0);
    if (!(least > 0)) {
      return weights;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-choice.sharpness() * Math.min(20, own[methods[i]] / least - 1));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  static double[] mean(Fit[] fits, int[] chosen, double[] weights) {
    double[] mean = new double[fits[0].mean().length];
    for (int i = 0; i < chosen.length; i++) {
      double[] one = fits[chosen[i]].mean();
      for (int h = 0; h < mean.length; h++) {
        mean[h] += weights[i] * one[h];
      }
    }
    return mean;
  }

  /** The mean of a choice's one-step errors. */
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
