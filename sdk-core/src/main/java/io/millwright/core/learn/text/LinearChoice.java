package io.millwright.core.learn.text;

import io.millwright.api.Progress;
import io.millwright.api.learn.Loss;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.Parts;
import io.millwright.runtime.text.LinearText;
import io.millwright.runtime.text.Sparse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Chooses features and learner of a linear model by what each says of held-out texts. Features are
 * chosen by least squares, which is fast; then logistic regression on the chosen features has to
 * show that it is better.
 *
 * @param <I> one input
 */
final class LinearChoice<I> {

  /** How many standard errors another candidate must gain to replace the one before it. */
  private static final double GAIN = 0.5;

  private static final List<Learner> RIDGES =
      List.of(new Learner(true, 0.3), new Learner(true, 1), new Learner(true, 3));
  private static final List<Learner> LOGISTICS =
      List.of(new Learner(false, 0.1), new Learner(false, 0.03), new Learner(false, 0.5));

  /** A candidate that was heard. */
  record Candidate<I>(Seen<I> seen, Learner learner, Heard heard) {}

  private final float[][] targets;
  private final Loss loss;
  private final int outputs;
  private final List<Parts.Fold> folds;
  private final Jobs.Control<?> control;
  private final List<String> reasons = new ArrayList<>();

  LinearChoice(
      float[][] targets, Loss loss, int outputs, List<Parts.Fold> folds, Jobs.Control<?> control) {
    this.targets = targets;
    this.loss = loss;
    this.outputs = outputs;
    this.folds = folds;
    this.control = control;
  }

  List<String> reasons() {
    return reasons;
  }

  /** What a learner says of each text, fitted to the texts of other folds. */
  Candidate<I> hear(Seen<I> seen, Learner learner) {
    String name = seen.name() + ", " + learner.title();
    control.report(
        new Progress(name, OptionalDouble.empty(), control.elapsed(), Optional.empty(), Map.of()));
    double[][] logits = new double[targets.length][outputs];
    double[] voices = new double[targets.length];
    for (Parts.Fold fold : folds) {
      control.checkpoint();
      float[] weights = fit(seen, learner, learnt(fold));
      float[] z = new float[outputs];
      for (int i : places(fold.judged())) {
        LinearText.outputs(weights, seen.features().width(), seen.rows().get(i), z);
        for (int k = 0; k < outputs; k++) {
          logits[i][k] += z[k];
        }
        voices[i]++;
      }
    }
    for (int i = 0; i < logits.length; i++) {
      for (int k = 0; k < outputs; k++) {
        logits[i][k] /= Math.max(1, voices[i]);
      }
    }
    int[] judged = judged();
    Heard heard =
        Heard.of(
            name,
            Arrays.stream(judged).mapToObj(i -> logits[i]).toArray(double[][]::new),
            Arrays.stream(judged).mapToObj(i -> targets[i]).toArray(float[][]::new),
            loss);
    reasons.add(String.format(Locale.ROOT, "%s %.4f", name, heard.loss()));
    return new Candidate<>(seen, learner, heard);
  }

  /** The texts that some fold judges. */
  int[] judged() {
    return IntStream.range(0, targets.length)
        .filter(i -> folds.stream().anyMatch(f -> f.judged()[i]))
        .toArray();
  }

  static int[] learnt(Parts.Fold fold) {
    return IntStream.range(0, fold.learnt().length)
        .filter(i -> fold.learnt()[i] || fold.validation()[i])
        .toArray();
  }

  static int[] places(boolean[] which) {
    return IntStream.range(0, which.length).filter(i -> which[i]).toArray();
  }

  /** Weights fitted to some texts. */
  float[] fit(Seen<I> seen, Learner learner, int[] items) {
    List<Sparse> rows = Arrays.stream(items).mapToObj(seen.rows()::get).toList();
    float[][] own = Arrays.stream(items).mapToObj(i -> targets[i]).toArray(float[][]::new);
    return learner.fit(rows, own, seen.features().width(), outputs, loss, control::stopped);
  }

  /** The best of several features, and the best learner on them; the usual ones first. */
  List<Chosen<I>> choose(List<Seen<I>> all) {
    Candidate<I> best = hear(all.get(0), RIDGES.get(0));
    for (Seen<I> seen : all.subList(1, all.size())) {
      best = better(best, hear(seen, RIDGES.get(0)));
    }
    for (Learner learner : RIDGES.subList(1, RIDGES.size())) {
      best = better(best, hear(best.seen, learner));
    }
    Candidate<I> logistic = hear(best.seen, LOGISTICS.get(0));
    for (Learner learner : LOGISTICS.subList(1, LOGISTICS.size())) {
      logistic = better(logistic, hear(best.seen, learner));
    }
    return join(List.of(chosen(best)), chosen(logistic));
  }

  /** A candidate as it is kept. */
  Chosen<I> chosen(Candidate<I> one) {
    return new Chosen<>(
        one.heard,
        () -> {
          int[] everything = IntStream.range(0, targets.length).toArray();
          float[] weights = fit(one.seen, one.learner, everything);
          for (int i = 0; i < weights.length; i++) {
            weights[i] *= (float) one.heard.sharpness();
          }
          return new LinearText<>(one.seen.features(), weights, outputs);
        });
  }

  /**
   * Some that are averaged, and another: kept alone, kept too, or left out, by the held-out loss.
   */
  List<Chosen<I>> join(List<Chosen<I>> kept, Chosen<I> other) {
    List<Chosen<I>> more = new ArrayList<>(kept);
    more.add(other);
    double[] now = losses(kept);
    double[] alone = other.heard().losses();
    double[] both = losses(more);
    reasons.add(String.format(Locale.ROOT, "together %.4f", Heard.mean(both)));
    if (gains(now, both) && Heard.mean(both) <= Heard.mean(alone)) {
      return more;
    }
    return gains(now, alone) ? List.of(other) : kept;
  }

  private static boolean gains(double[] now, double[] then) {
    double[] gain = Heard.gain(now, then);
    return gain[0] > GAIN * gain[1];
  }

  private double[] losses(List<Chosen<I>> all) {
    int[] judged = judged();
    double[] losses = new double[judged.length];
    boolean classes = loss instanceof Loss.CrossEntropy;
    for (int i = 0; i < losses.length; i++) {
      double[] mean = new double[outputs];
      for (Chosen<I> one : all) {
        double[] p = Heard.probabilities(one.heard().logits()[i], one.heard().sharpness(), classes);
        for (int k = 0; k < outputs; k++) {
          mean[k] += p[k] / all.size();
        }
      }
      losses[i] = Heard.loss(mean, targets[judged[i]], classes);
    }
    return losses;
  }

  private Candidate<I> better(Candidate<I> best, Candidate<I> other) {
    return gains(best.heard.losses(), other.heard.losses()) ? other : best;
  }
}
