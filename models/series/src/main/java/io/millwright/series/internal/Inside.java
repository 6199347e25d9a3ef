package io.millwright.series.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.series.SeriesModel;
import java.util.Arrays;
import java.util.List;

/** What a series model says of values inside a history. */
public final class Inside {

  private static final int LEAST = 8;
  private static final double STRANGE = 4;
  private static final int MOST_STRANGE = 3;
  private static final double MOST_SCORE = 1000;

  /** The 90 % quantile of the standard normal distribution. */
  private static final double NORMAL_80 = 1.2816;

  private Inside() {}

  /** See {@link io.millwright.series.SeriesModels#filled}. */
  public static double[] filled(SeriesModel model, double[] values, List<Integer> seasons) {
    if (Arrays.stream(values).allMatch(Double::isNaN)) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "none of " + values.length + " values is known\nMaybe another column was meant");
    }
    double[] filled = values.clone();
    double[] line = Window.filled(values, seasons.stream().mapToInt(i -> i).toArray());
    int n = values.length;
    int from = 0;
    while (from < n) {
      if (!Double.isNaN(values[from])) {
        from++;
        continue;
      }
      int until = from;
      while (until < n && Double.isNaN(values[until])) {
        until++;
      }
      fill(model, values, seasons, from, until, line, filled);
      from = until;
    }
    return filled;
  }

  private static void fill(
      SeriesModel model,
      double[] values,
      List<Integer> seasons,
      int from,
      int until,
      double[] line,
      double[] into) {
    double[] before = Arrays.copyOf(values, from);
    double[] after = reversed(Arrays.copyOfRange(values, until, values.length));
    int length = until - from;
    double[] forward = medians(model, before, seasons, length);
    double[] backward = medians(model, after, seasons, length);
    for (int k = 0; k < length; k++) {
      double late = (k + 1.0) / (length + 1);
      double weight = (forward.length > 0 ? 1 - late : 0);
      double other = (backward.length > 0 ? late : 0);
      into[from + k] =
          weight + other == 0
              ? line[from + k]
              : ((weight > 0 ? weight * forward[k] : 0)
                      + (other > 0 ? other * backward[length - 1 - k] : 0))
                  / (weight + other);
    }
  }

  /** The medians of what follows; empty when too little is known before. */
  private static double[] medians(
      SeriesModel model, double[] history, List<Integer> seasons, int horizon) {
    if (Arrays.stream(history).filter(v -> !Double.isNaN(v)).count() < LEAST) {
      return new double[0];
    }
    int middle = model.probabilities().indexOf(0.5);
    return Arrays.stream(model.quantiles(history, seasons, horizon))
        .mapToDouble(q -> q[middle])
        .toArray();
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      reversed[t] = values[values.length - 1 - t];
    }
    return reversed;
  }

  /** See {@link io.millwright.series.SeriesModels#strangeness}. */
  public static double[] strangeness(SeriesModel model, double[] values, List<Integer> seasons) {
    double[] scores = new double[values.length];
    double[] seen = values.clone();
    int low = nearest(model.probabilities(), 0.1);
    int middle = model.probabilities().indexOf(0.5);
    int high = nearest(model.probabilities(), 0.9);
    int known = 0;
    int strange = 0;
    for (int t = 0; t < values.length; t++) {
      scores[t] = Double.NaN;
      if (Double.isNaN(values[t])) {
        continue;
      }
      if (known >= LEAST) {
        double[] q = model.quantiles(Arrays.copyOf(seen, t), seasons, 1)[0];
        double away = values[t] - q[middle];
        double half = away > 0 ? q[high] - q[middle] : q[middle] - q[low];
        half = Math.max(half, lumps(values, t));
        scores[t] = away == 0 ? 0 : Math.min(MOST_SCORE, Math.abs(away) / half);
        strange = scores[t] > STRANGE ? strange + 1 : 0;
        if (strange > 0 && strange <= MOST_STRANGE) {
          seen[t] = Double.NaN;
        } else if (strange > MOST_STRANGE) {
          System.arraycopy(values, t - MOST_STRANGE, seen, t - MOST_STRANGE, MOST_STRANGE + 1);
          strange = 0;
        }
      }
      known++;
    }
    return scores;
  }

  /**
   * Half of an 80 % band of values that are mostly one and the same, such as demand now and then: a
   * model of the next value foretells that one alone, without any width. 0 for other series.
   */
  private static double lumps(double[] values, int until) {
    double[] known =
        Arrays.stream(values, 0, until).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double usual = known[known.length / 2];
    if (2 * Arrays.stream(known).filter(v -> v == usual).count() <= known.length) {
      return 0;
    }
    double mean = Arrays.stream(known).average().orElse(0);
    double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
    return NORMAL_80 * Math.sqrt(squares / known.length);
  }

  private static int nearest(List<Double> probabilities, double wanted) {
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      if (Math.abs(probabilities.get(i) - wanted) < Math.abs(probabilities.get(best) - wanted)) {
        best = i;
      }
    }
    return best;
  }
}
