package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses how to combine methods, by their errors at the latest origins of every series: from the
 * mean that is usual, over shares that all series have in common, to shares by kind of series and
 * own errors. How far to go is decided on series that were left out (cross-validation).
 */
final class Combination {

  /** What is averaged unless something else is better. */
  private static final List<ForecastMethod> USUAL =
      List.of(
          ForecastMethod.SIMPLE,
          ForecastMethod.DAMPED,
          ForecastMethod.DYNAMIC_THETA,
          ForecastMethod.COMPLEX,
          ForecastMethod.ETS);

  /** The logarithm of what others count at first. */
  private static final double OTHERS = -1.5;

  private static final double NONE = Double.POSITIVE_INFINITY;

  /** From the plainest on. */
  private static final List<GateFit.Pull> PULLS =
      List.of(
          new GateFit.Pull(NONE, NONE),
          new GateFit.Pull(8, NONE),
          new GateFit.Pull(1, NONE),
          new GateFit.Pull(2, 8),
          new GateFit.Pull(0.5, 2));

  /** So many standard errors of the paired difference one further must be better. */
  private static final double DOUBT = 0.5;

  private static final int FOLDS = 4;
  private static final int MOST_SAMPLES = 2000;
  private static final int MOST_PERIODS = 12;

  /** An origin with a smaller part of the series before it says little of the whole series. */
  private static final double LEAST_PART = 0.6;

  private final List<ForecastMethod> methods;
  private final int pasts;
  private final List<Origin> judged = new ArrayList<>();

  /** The number of the series of each origin. */
  private final List<Integer> series = new ArrayList<>();

  private final double[] usual;
  private final Gate plain;

  Combination(List<ForecastMethod> methods, List<Past> pasts, List<List<Origin>> origins) {
    this.methods = methods;
    this.pasts = pasts.size();
    this.usual = methods.stream().mapToDouble(m -> USUAL.contains(m) ? 0 : OTHERS).toArray();
    this.plain = new Gate(usual, 0, new double[methods.size() * Seen.TRAITS]);
    for (boolean late : new boolean[] {true, false}) {
      for (int i = 0; i < pasts.size() && (late || judged.size() < i + 1); i++) {
        for (Origin origin : origins.get(i)) {
          if (isLate(origin, pasts.get(i)) || !late) {
            judged.add(origin);
            series.add(i);
          }
        }
      }
      if (!judged.isEmpty()) {
        break;
      }
    }
  }

  /** A season that the whole series shows must show at an origin, or other methods win there. */
  static boolean isLate(Origin origin, Past past) {
    return origin.at() >= LEAST_PART * past.length()
        && Methods.lag(past.lengths(), origin.at()) == Methods.lag(past.lengths(), past.length());
  }

  /** The errors of a combination. */
  Score score(Gate gate) {
    Score score = new Score();
    for (Origin origin : judged) {
      score.add(origin.truth(), origin.mean(gate), origin.naive());
    }
    return score;
  }

  /** The errors of a method alone. */
  Score score(ForecastMethod method) {
    return score(Gate.only(methods.size(), methods.indexOf(method)));
  }

  /** The mean shares over the judged origins. */
  double[] shares(Gate gate) {
    double[] mean = new double[methods.size()];
    for (Origin origin : judged) {
      double[] weights = gate.weights(origin.own(), origin.seen().traits());
      for (int k = 0; k < mean.length; k++) {
        mean[k] += weights[k] / judged.size();
      }
    }
    return judged.isEmpty() ? plain.weights(new double[0], new double[0]) : mean;
  }

  /** The combination to use. */
  Gate choose(Lanes lanes) {
    if (judged.isEmpty()) {
      return plain;
    }
    Score reference = score(plain);
    List<GateFit.Sample> samples = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    double[] shares = Gate.shares(usual);
    long heard = Math.min(pasts, (long) pasts * MOST_SAMPLES / judged.size());
    for (int i = 0; i < judged.size(); i++) {
      int owner = series.get(i);
      // As many series as may be, spread evenly, each with all of its origins.
      if ((owner + 1) * heard / pasts > owner * heard / pasts) {
        samples.add(sample(judged.get(i), shares, reference).kept(shares));
        owners.add(owner);
      }
    }
    int count = samples.size();
    boolean[] latest = new boolean[count];
    for (int i = 0; i < count; i++) {
      latest[i] = i == 0 || !owners.get(i).equals(owners.get(i - 1));
    }
    double[][] losses = new double[PULLS.size()][count];
    hold(samples, plain, losses[0], owners, -1);
    lanes.each(
        (PULLS.size() - 1) * FOLDS,
        piece -> {
          int level = 1 + piece / FOLDS;
          Gate gate = learnt(samples, owners, piece % FOLDS, level, new boolean[count]);
          hold(samples, gate, losses[level], owners, piece % FOLDS);
        });
    int best = 0;
    for (int level = 1; level < PULLS.size(); level++) {
      best = better(losses[best], losses[level], DOUBT) ? level : best;
    }
    while (best > 0 && !foretells(samples, owners, latest, best, losses[0], lanes)) {
      best--;
    }
    Gate whole = GateFit.of(samples, usual, PULLS.get(best));
    return noWorseThanItsParts(samples, latest, whole, losses[best]);
  }

  /**
   * Whether what is learnt from all but the latest origins of other series is better at the latest
   * ones: series that move together can all be won at some moment by what loses at the next.
   */
  private boolean foretells(
      List<GateFit.Sample> samples,
      List<Integer> owners,
      boolean[] latest,
      int level,
      double[] before,
      Lanes lanes) {
    double[] after = new double[samples.size()];
    lanes.each(
        FOLDS,
        fold -> hold(samples, learnt(samples, owners, fold, level, latest), after, owners, fold));
    return better(at(latest, before), at(latest, after), DOUBT);
  }

  private static double[] at(boolean[] some, double[] losses) {
    return IntStream.range(0, some.length)
        .filter(i -> some[i])
        .mapToDouble(i -> losses[i])
        .toArray();
  }

  /** A gate learnt from the series outside a fold, some samples left out. */
  private Gate learnt(
      List<GateFit.Sample> samples, List<Integer> owners, int fold, int level, boolean[] left) {
    List<GateFit.Sample> others = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      if (owners.get(i) % FOLDS != fold && !left[i]) {
        others.add(samples.get(i));
      }
    }
    return others.isEmpty() ? plain : GateFit.of(others, usual, PULLS.get(level));
  }

  /** The losses of the samples of a fold; of all when it is negative. */
  private static void hold(
      List<GateFit.Sample> samples, Gate gate, double[] losses, List<Integer> owners, int fold) {
    for (int i = 0; i < losses.length; i++) {
      if (fold < 0 || owners.get(i) % FOLDS == fold) {
        GateFit.Sample sample = samples.get(i);
        losses[i] = sample.loss(weights(gate, sample));
      }
    }
  }

  private static double[] weights(Gate gate, GateFit.Sample sample) {
    double[] own = new double[sample.apart().length];
    for (int k = 0; k < own.length; k++) {
      own[k] = Math.exp(sample.apart()[k]);
    }
    return gate.weights(own, sample.traits());
  }

  /** Whether the second are clearly smaller. */
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

  /** One method alone where it is clearly better than all together, at the latest origins too. */
  private Gate noWorseThanItsParts(
      List<GateFit.Sample> samples, boolean[] latest, Gate gate, double[] losses) {
    Gate best = gate;
    double[] least = losses;
    double doubt = 1;
    for (int k = 0; k < methods.size(); k++) {
      Gate one = Gate.only(methods.size(), k);
      double[] alone = new double[samples.size()];
      hold(samples, one, alone, List.of(), -1);
      if (better(least, alone, doubt) && better(at(latest, least), at(latest, alone), 0)) {
        best = one;
        doubt = 0;
        least = alone;
      }
    }
    return best;
  }

  /** Both errors, beside the mean ones of the usual mean, averaged, as weights of errors. */
  private GateFit.Sample sample(Origin origin, double[] shares, Score reference) {
    double[] truth = origin.truth();
    double[] mean = Origin.mean(origin.seen().fits(), shares);
    int every = (truth.length + MOST_PERIODS - 1) / MOST_PERIODS;
    int kept = (truth.length + every - 1) / every;
    double[][] fits = new double[methods.size()][kept];
    double[] came = new double[kept];
    double[] weights = new double[kept];
    int known = 0;
    for (int i = 0; i < kept; i++) {
      int h = Math.min(truth.length - 1, i * every + every / 2);
      for (int k = 0; k < fits.length; k++) {
        fits[k][i] = origin.seen().fits()[k].mean()[h];
      }
      came[i] = truth[h];
      if (!Double.isNaN(truth[h])) {
        known++;
        double size = Math.abs(truth[h]) + Math.abs(mean[h]);
        double percent = size > 0 && reference.smape() > 0 ? 200 / size / reference.smape() : 0;
        boolean scaled = origin.naive() > 0 && reference.mase() > 0;
        weights[i] = scaled ? (percent + 1 / origin.naive() / reference.mase()) / 2 : percent;
      }
    }
    for (int i = 0; i < kept; i++) {
      weights[i] = known > 0 ? weights[i] / known : 0;
    }
    return new GateFit.Sample(
        fits, came, weights, Gate.apart(origin.own()), origin.seen().traits());
  }
}
