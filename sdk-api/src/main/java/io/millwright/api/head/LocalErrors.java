package io.millwright.api.head;

import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Errors along the prediction, each run of predictions with a distribution of its own (Mondrian
 * conformal prediction, Vovk et al. 2005, with runs as categories; Bostrom and Johansson 2020).
 * Near a limit errors can lie to one side only, which one distribution in local sizes does not say.
 * Between the middles of runs ends are interpolated.
 *
 * @param predictions the middle of each run, rising; empty for none
 * @param scores the errors of each run
 */
record LocalErrors(List<Double> predictions, List<Scores> scores) {

  private static final int RUNS = 10;
  private static final int PER_RUN = 100;
  private static final int GROUPS = 40;

  /** How many errors of a run are kept, closer together towards the tails. */
  private static final int KEPT = 80;

  /**
   * What a truth at the upper limit counts beside one below it. Histories from the first day are at
   * the limit for longer than units in use, and are predicted well there; see
   * docs/experiments/remaining-life.md.
   */
  private static final double AT_LIMIT = 0.5;

  /** Copies and checks. */
  LocalErrors {
    predictions = List.copyOf(predictions);
    scores = List.copyOf(scores);
    boolean rising = predictions.size() == scores.size();
    for (int i = 0; i < predictions.size(); i++) {
      rising &= Double.isFinite(predictions.get(i));
      rising &= i == 0 || predictions.get(i) > predictions.get(i - 1);
    }
    if (!rising) {
      throw new IllegalArgumentException(
          predictions.size() + " predictions that do not rise, " + scores.size() + " scores");
    }
  }

  static LocalErrors none() {
    return new LocalErrors(List.of(), List.of());
  }

  boolean isNone() {
    return predictions.isEmpty();
  }

  /** The errors of runs, where every run has enough samples and groups; none otherwise. */
  static LocalErrors fit(double[] predicted, double[] truth, Groups groups, double high) {
    int n = predicted.length;
    List<Double> middles = new ArrayList<>();
    List<Scores> scores = new ArrayList<>();
    if (n < RUNS * PER_RUN) {
      return none();
    }
    for (int[] run : ScaleFitter.bins(predicted, RUNS)) {
      double[] errors = new double[run.length];
      double[] weights = new double[run.length];
      double total = 0;
      double middle = 0;
      for (int i = 0; i < run.length; i++) {
        errors[i] = truth[run[i]] - predicted[run[i]];
        weights[i] = groups.weights()[run[i]] * (truth[run[i]] >= high ? AT_LIMIT : 1);
        total += weights[i];
        middle += weights[i] * predicted[run[i]];
      }
      for (int i = 0; i < run.length; i++) {
        weights[i] /= total;
      }
      int[] of = Arrays.stream(run).map(i -> groups.of()[i]).toArray();
      int count = (int) Arrays.stream(of).distinct().count();
      if (run.length < PER_RUN || count < GROUPS) {
        return none();
      }
      middles.add(middle / total);
      scores.add(Scores.of(errors, new Groups(of, count, weights)).thinned(KEPT));
    }
    return middles.size() < 2 ? none() : new LocalErrors(middles, scores);
  }

  /** What is known around a prediction. */
  LocalUncertainties around(double predicted, Unit unit, double low, double high) {
    int n = predictions.size();
    int above = 0;
    while (above < n && predictions.get(above) < predicted) {
      above++;
    }
    int upper = Math.min(above, n - 1);
    int lower = Math.max(0, above - 1);
    double share =
        upper == lower
            ? 0
            : (predicted - predictions.get(lower))
                / (predictions.get(upper) - predictions.get(lower));
    return new LocalUncertainties(
        scores.get(lower),
        scores.get(upper),
        Math.max(0, Math.min(1, share)),
        predicted,
        unit,
        low,
        high);
  }

  /** For a bundle. */
  PlainData data() {
    PlainData.Builder data = PlainData.builder().put("predictions", predictions);
    for (int i = 0; i < scores.size(); i++) {
      data.put("run " + i, scores.get(i).data());
    }
    return data.build();
  }

  /** Back from a bundle. */
  static LocalErrors of(PlainData data) {
    List<Double> predictions = Scores.boxed(data.numbers("predictions"));
    List<Scores> scores = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      scores.add(Scores.of(data.part("run " + i)));
    }
    return new LocalErrors(predictions, scores);
  }
}
