package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Fit;
import io.millwright.supplychain.internal.classic.Methods;
import java.util.ArrayList;
import java.util.List;

/**
 * A forecast made in the past of a series, and what followed.
 *
 * @param at after how many periods it was made
 * @param truth what followed, NaN where missing or not yet known
 * @param seen what was seen in the series at that moment
 * @param own the mean errors of each method at earlier origins, which the forecaster knew at this
 *     one; empty when there is none that shows the same season
 * @param naive the error of the seasonal naive method before the origin
 */
record Origin(int at, double[] truth, Seen seen, double[] own, double naive) {

  /** With fewer periods before it, an origin judges nothing. */
  static final int LEAST = 4;

  /** How many earlier origins say how methods did on the series itself. */
  private static final int EARLIER = 2;

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
    int latest = latest(past, horizon);
    int step = step(horizon);
    List<Said> all = new ArrayList<>();
    List<Origin> bare = new ArrayList<>();
    for (int j = 0; j < most + EARLIER && latest - j * step >= LEAST; j++) {
      int at = latest - j * step;
      Past before = past.until(at);
      double[] truth = past.following(at, horizon);
      if (j < most) {
        Seen seen = before.seen(methods, horizon);
        bare.add(new Origin(at, truth, seen, new double[0], before.naiveError()));
        all.add(new Said(at, truth, seen.fits()));
      } else {
        all.add(new Said(at, truth, before.fits(methods, horizon)));
      }
    }
    List<Origin> origins = new ArrayList<>();
    for (int j = 0; j < bare.size(); j++) {
      Origin o = bare.get(j);
      List<Said> earlier = all.subList(j + 1, Math.min(all.size(), j + 1 + EARLIER));
      origins.add(new Origin(o.at, o.truth, o.seen, own(past, o.at, earlier, step), o.naive));
    }
    return origins;
  }

  /** What methods said after some periods, and what followed. */
  private record Said(int at, double[] truth, Fit[] fits) {}

  /** What is known of each method's errors on a series itself; empty when it is too short. */
  static double[] own(Past past, List<ForecastMethod> methods, int horizon) {
    int step = step(horizon);
    List<Said> earlier = new ArrayList<>();
    for (int j = 1; j <= EARLIER; j++) {
      int at = past.length() - j * step;
      if (at < LEAST || !isAlike(past.lengths(), past.length(), at)) {
        break;
      }
      Past before = past.until(at);
      earlier.add(new Said(at, past.following(at, step), before.fits(methods, step)));
    }
    return own(past, past.length(), earlier, step);
  }

  private static double[] own(Past past, int at, List<Said> earlier, int step) {
    List<double[]> errors =
        earlier.stream()
            .filter(o -> isAlike(past.lengths(), at, o.at))
            .map(o -> errors(o, step))
            .filter(e -> !Double.isNaN(e[0]))
            .toList();
    double[] own = new double[errors.isEmpty() ? 0 : errors.get(0).length];
    for (double[] e : errors) {
      for (int k = 0; k < own.length; k++) {
        own[k] += e[k] / errors.size();
      }
    }
    return own;
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
  private static double[] errors(Said said, int periods) {
    double[] errors = new double[said.fits.length];
    for (int k = 0; k < errors.length; k++) {
      errors[k] = error(said.truth, said.fits[k].mean(), periods);
    }
    return errors;
  }

  /** The shares that a gate gives the methods here. */
  double[] weights(Gate gate) {
    return gate.weights(own, seen.traits());
  }

  /** The combined forecast. */
  double[] mean(Gate gate) {
    return mean(seen.fits(), weights(gate));
  }

  /** The own error of a combination at earlier origins; NaN without one. */
  static double own(double[] own, double[] weights) {
    double sum = own.length == 0 ? Double.NaN : 0;
    for (int k = 0; k < own.length; k++) {
      sum += weights[k] * own[k];
    }
    return sum;
  }

  static double[] mean(Fit[] fits, double[] weights) {
    double[] mean = new double[fits[0].mean().length];
    for (int k = 0; k < fits.length; k++) {
      double[] one = fits[k].mean();
      for (int h = 0; h < mean.length; h++) {
        mean[h] += weights[k] * one[h];
      }
    }
    return mean;
  }

  /** The mean of the methods' one-step errors. */
  static double error(Fit[] fits, double[] weights) {
    double sum = 0;
    for (int k = 0; k < fits.length; k++) {
      sum += weights[k] * fits[k].error();
    }
    return sum;
  }

  /** The mean absolute error over the first periods; NaN when none of them is known. */
  double error(double[] mean, int periods) {
    return error(truth, mean, periods);
  }

  private static double error(double[] truth, double[] mean, int periods) {
    double sum = 0;
    int known = 0;
    for (int h = 0; h < Math.min(periods, truth.length); h++) {
      if (!Double.isNaN(truth[h])) {
        sum += Math.abs(truth[h] - mean[h]);
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }
}
