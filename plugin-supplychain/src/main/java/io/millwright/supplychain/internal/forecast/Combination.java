package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Methods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses which methods to average, and how sharply a series' own errors at an earlier origin
 * decide between them, by the errors at the two latest origins of every series.
 */
final class Combination {

  /**
   * What is averaged.
   *
   * @param methods the positions of the methods
   * @param sharpness how much own errors decide, see {@link Origin#weights}
   */
  record Choice(int[] methods, double sharpness) {}

  /** What is averaged unless something else is clearly better. */
  private static final List<ForecastMethod> USUAL =
      List.of(
          ForecastMethod.SIMPLE,
          ForecastMethod.DAMPED,
          ForecastMethod.DYNAMIC_THETA,
          ForecastMethod.COMPLEX,
          ForecastMethod.ETS);

  /**
   * So many standard errors of the paired difference a choice must be better than the usual one.
   */
  private static final double DOUBT = 2;

  private static final double[] SHARPNESSES = {1, 2, 4, 8};

  private static final int JUDGED = 2;

  /** So many origins judge all subsets; more say nothing new. */
  private static final int MOST_JUDGED = 3000;

  /** An origin with a smaller part of the series before it says little of the whole series. */
  private static final double LEAST_PART = 0.6;

  private final List<ForecastMethod> methods;
  private final List<Origin> judged = new ArrayList<>();
  private final double smape;
  private final double mase;

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
    Score reference = score(new Choice(new int[] {0}, 0));
    smape = reference.smape() > 0 ? reference.smape() : 1;
    mase = reference.mase() > 0 ? reference.mase() : 1;
  }

  /** A season that the whole series shows must show at an origin, or other methods win there. */
  private static boolean isLate(Origin origin, Past past) {
    return origin.at() >= LEAST_PART * past.length()
        && Methods.lag(past.lengths(), origin.at()) == Methods.lag(past.lengths(), past.length());
  }

  /** The errors of an average. */
  Score score(Choice choice) {
    Score score = new Score();
    for (Origin origin : judged) {
      score.add(origin.truth(), origin.mean(choice), origin.naive());
    }
    return score;
  }

  /** The errors of a method alone. */
  Score score(ForecastMethod method) {
    return score(new Choice(new int[] {methods.indexOf(method)}, 0));
  }

  /** The chosen methods. */
  Choice choose() {
    Choice usual =
        new Choice(USUAL.stream().mapToInt(methods::indexOf).filter(k -> k >= 0).toArray(), 0);
    if (judged.isEmpty()) {
      return usual;
    }
    List<Origin> all = judged.subList(Math.max(0, judged.size() - MOST_JUDGED), judged.size());
    double[] reference = losses(all, usual);
    Choice plain = usual;
    double least = Double.POSITIVE_INFINITY;
    for (int mask = 1; mask < 1 << methods.size(); mask++) {
      Choice choice = new Choice(positions(mask), 0);
      double loss = Arrays.stream(losses(all, choice)).average().orElse(0);
      if (loss < least) {
        least = loss;
        plain = choice;
      }
    }
    Choice best = better(reference, losses(all, plain)) ? plain : usual;
    for (int[] pool : List.of(usual.methods(), plain.methods(), all(methods.size()))) {
      for (double sharpness : SHARPNESSES) {
        Choice choice = new Choice(pool, sharpness);
        best = better(losses(all, best), losses(all, choice)) ? choice : best;
      }
    }
    return noWorseThanItsParts(best);
  }

  /** Whether the second are clearly smaller. */
  private static boolean better(double[] one, double[] other) {
    return better(one, other, DOUBT);
  }

  private static boolean better(double[] one, double[] other, double doubt) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      double d = one[i] - other[i];
      sum += d;
      squares += d * d;
    }
    double n = one.length;
    double mean = sum / n;
    double variance = Math.max(0, squares / n - mean * mean);
    return mean > doubt * Math.sqrt(variance / n) && mean > 1e-9;
  }

  /**
   * Takes the worst part out as long as the best one alone is clearly better than all together;
   * what is left is never worse than every part.
   */
  private Choice noWorseThanItsParts(Choice best) {
    Choice choice = best;
    while (choice.methods().length > 1) {
      double[] together = losses(judged, choice);
      double[] alone =
          Arrays.stream(choice.methods())
              .mapToDouble(k -> loss(new Choice(new int[] {k}, 0)))
              .toArray();
      int least = 0;
      int worst = 0;
      for (int k = 1; k < alone.length; k++) {
        least = alone[k] < alone[least] ? k : least;
        worst = alone[k] > alone[worst] ? k : worst;
      }
      double all = Arrays.stream(together).average().orElse(0);
      Choice single = new Choice(new int[] {choice.methods()[least]}, 0);
      if (all <= alone[worst] && !better(together, losses(judged, single), 1)) {
        return choice;
      }
      int out = choice.methods()[worst];
      choice =
          new Choice(
              Arrays.stream(choice.methods()).filter(k -> k != out).toArray(), choice.sharpness());
    }
    return choice;
  }

  private double loss(Choice choice) {
    return Arrays.stream(losses(judged, choice)).average().orElse(0);
  }

  /** Both errors of each forecast beside the mean ones of a reference, averaged. */
  private double[] losses(List<Origin> all, Choice choice) {
    double[] losses = new double[all.size()];
    for (int i = 0; i < losses.length; i++) {
      Origin origin = all.get(i);
      Score score = new Score();
      score.add(origin.truth(), origin.mean(choice), origin.naive());
      double a = Double.isNaN(score.smape()) ? 1 : score.smape() / smape;
      double b = Double.isNaN(score.mase()) ? a : score.mase() / mase;
      losses[i] = (a + b) / 2;
    }
    return losses;
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
