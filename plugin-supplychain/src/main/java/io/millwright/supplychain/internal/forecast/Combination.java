package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Methods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses which methods to average, by their errors at the two latest origins of every series.
 * Weights are equal: weights by error were no better, see {@code docs/experiments/forecasting.md}.
 */
final class Combination {

  /** What is averaged unless something else is clearly better. */
  private static final List<ForecastMethod> USUAL =
      List.of(
          ForecastMethod.SIMPLE,
          ForecastMethod.DAMPED,
          ForecastMethod.DYNAMIC_THETA,
          ForecastMethod.COMPLEX,
          ForecastMethod.ETS);

  /** How much better a choice must be than the usual one, with one forecast to judge by. */
  private static final double DOUBT = 1;

  private static final int JUDGED = 2;

  /** An origin with a smaller part of the series before it says little of the whole series. */
  private static final double LEAST_PART = 0.6;

  private final List<ForecastMethod> methods;
  private final List<Origin> judged = new ArrayList<>();

  Combination(List<ForecastMethod> methods, List<Past> pasts, List<List<Origin>> origins) {
    this.methods = methods;
    List<Origin> early = new ArrayList<>();
    for (int i = 0; i < pasts.size(); i++) {
      List<Origin> series = origins.get(i);
      for (Origin origin : series.subList(0, Math.min(JUDGED, series.size()))) {
        (isLate(origin, pasts.get(i)) ? judged : early).add(origin);
      }
    }
    if (judged.isEmpty()) {
      judged.addAll(early);
    }
  }

  /** A season that the whole series shows must show at an origin, or other methods win there. */
  private static boolean isLate(Origin origin, Past past) {
    return origin.at() >= LEAST_PART * past.length()
        && Methods.lag(past.lengths(), origin.at()) == Methods.lag(past.lengths(), past.length());
  }

  /** The errors of an average. */
  Score score(int[] chosen) {
    Score score = new Score();
    for (Origin origin : judged) {
      score.add(origin.truth(), origin.mean(chosen), origin.naive());
    }
    return score;
  }

  /** The errors of a method alone. */
  Score score(ForecastMethod method) {
    return score(new int[] {methods.indexOf(method)});
  }

  /** The positions of the chosen methods. */
  int[] choose() {
    int[] usual = USUAL.stream().mapToInt(methods::indexOf).toArray();
    if (judged.isEmpty()) {
      return usual;
    }
    Score reference = score(ForecastMethod.SEASONAL_NAIVE);
    int[] best = usual;
    double least = score(usual).against(reference) - DOUBT / Math.sqrt(judged.size());
    for (int mask = 1; mask < 1 << methods.size(); mask++) {
      int[] chosen = positions(mask);
      double value = score(chosen).against(reference);
      if (value < least) {
        least = value;
        best = chosen;
      }
    }
    return best;
  }

  private static int[] positions(int mask) {
    int[] chosen = new int[Integer.bitCount(mask)];
    int n = 0;
    for (int k = 0; n < chosen.length; k++) {
      if ((mask >> k & 1) == 1) {
        chosen[n++] = k;
      }
    }
    return chosen;
  }

  static int[] all(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, k -> k);
    return all;
  }
}
