package io.millwright.personalization.internal.uplift;

import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.UpliftModel;
import io.millwright.personalization.UpliftQuestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Chooses a learner out of fold, calibrates it, and says whether it may be used. */
final class UpliftFit implements UpliftModel {

  private static final int FOLDS = 5;

  /** One-sided, 5 %. */
  private static final double ABOVE_CHANCE = 1.645;

  /**
   * Of a learner that was chosen among the eight because it looked best: one-sided, 5 % over eight
   * (Bonferroni).
   */
  private static final double ABOVE_CHANCE_CHOSEN = 2.5;

  private final UpliftQuestion question;
  private final Inputs inputs;
  private final Regressor effect;
  private final boolean usable;
  private final String verdict;
  private final Qini outOfFold;
  private final Qini heldOut;
  private final Map<String, Double> learners;
  private final List<String> unlike;

  private UpliftFit(
      UpliftQuestion question,
      Inputs inputs,
      Regressor effect,
      boolean usable,
      String verdict,
      Qini outOfFold,
      Qini heldOut,
      Map<String, Double> learners,
      List<String> unlike) {
    this.question = question;
    this.inputs = inputs;
    this.effect = effect;
    this.usable = usable;
    this.verdict = verdict;
    this.outOfFold = outOfFold;
    this.heldOut = heldOut;
    this.learners = learners;
    this.unlike = unlike;
  }

  static UpliftFit run(UpliftQuestion q, Jobs.Control<?> control) {
    Trial all = Trial.of(q.table(), q);
    SplittableRandom random = new SplittableRandom(q.key());
    double[] lot = random.doubles(all.rows().length).toArray();
    Trial learn =
        all.pick(IntStream.range(0, lot.length).filter(k -> lot[k] >= q.holdOut()).toArray());
    Trial rest =
        all.pick(IntStream.range(0, lot.length).filter(k -> lot[k] < q.holdOut()).toArray());
    Inputs inputs = Inputs.fit(q.table(), q.features());
    double[][] table = inputs.of(q.table());
    List<Balance.Difference> unlike =
        Balance.differences(pick(table, all.rows()), all.treated(), inputs.columns());
    double[][] x = pick(table, learn.rows());
    int[] fold = new int[x.length];
    for (int k = 0; k < fold.length; k++) {
      fold[k] = random.nextInt(FOLDS);
    }
    Map<String, Learners.Learner> learners = Learners.all(inputs.plain());
    Map<String, double[]> scores = new LinkedHashMap<>();
    double[] mean = new double[x.length];
    Map<String, Double> areas = new LinkedHashMap<>();
    for (Map.Entry<String, Learners.Learner> l : learners.entrySet()) {
      control.checkpoint();
      double[] score = outOfFold(l.getValue(), x, learn, fold);
      scores.put(l.getKey(), score);
      for (int k = 0; k < mean.length; k++) {
        mean[k] += score[k] / learners.size();
      }
    }
    scores.put(Learners.MEAN, mean);
    scores.forEach(
        (name, score) ->
            areas.put(
                name,
                Curve.area(
                    Curve.of(Curve.order(score, q.key()), learn.treated(), learn.outcome()))));
    String chosen = chosen(areas, scores, learn, q.key());
    double[] score = scores.getOrDefault(chosen, new double[0]);
    double[] line = line(score, Learners.transform(learn.treated(), learn.outcome()));
    double[] calibrated = new double[score.length];
    for (int k = 0; k < score.length; k++) {
      calibrated[k] = line[0] + line[1] * score[k];
    }
    Qini found = Curve.qini(calibrated, learn.treated(), learn.outcome(), q.key());
    double needed = chosen.equals(Learners.SIMPLE) ? ABOVE_CHANCE : ABOVE_CHANCE_CHOSEN;
    boolean seen = found.area() > needed * found.random() && line[1] > 0;
    Regressor fitted = fitted(learners, chosen, x, learn);
    // Scores out of fold and of the last fit have the same mean; the line keeps the tests' mean.
    Regressor order = v -> line[0] + line[1] * fitted.of(v);
    Regressor alike = v -> found.actual();
    boolean held = rest.rows().length > 0;
    double[][] left = pick(table, rest.rows());
    Qini confirmed = held ? judged(order, line[1] > 0 ? null : fitted, left, rest, q.key()) : found;
    boolean usable = seen && unlike.isEmpty() && (!held || confirmed.area() > confirmed.random());
    Regressor effect = usable ? order : alike;
    Qini judged = held && !usable ? judged(alike, fitted, left, rest, q.key()) : confirmed;
    return new UpliftFit(
        q,
        inputs,
        effect,
        usable,
        unlike.isEmpty()
            ? verdict(q, found, usable, chosen) + (seen && !usable ? unconfirmed(judged) : "")
            : verdict(q, found, false, chosen) + "; but " + Balance.said(unlike),
        found,
        judged,
        Collections.unmodifiableMap(areas),
        unlike.stream().map(Balance.Difference::feature).toList());
  }

  private static Regressor fitted(
      Map<String, Learners.Learner> learners, String chosen, double[][] x, Trial learn) {
    List<Regressor> fits = new ArrayList<>();
    learners.forEach(
        (name, learner) -> {
          if (chosen.equals(Learners.MEAN) || chosen.equals(name)) {
            fits.add(learner.fit(x, learn.treated(), learn.outcome()));
          }
        });
    return v -> fits.stream().mapToDouble(f -> f.of(v)).sum() / fits.size();
  }

  private static double[][] pick(double[][] table, int[] rows) {
    double[][] x = new double[rows.length][];
    for (int k = 0; k < x.length; k++) {
      x[k] = table[rows[k]];
    }
    return x;
  }

  /** The order of a model that is not used is judged too; its value is the mean for everybody. */
  private static Qini judged(
      Regressor effect,
      @org.jspecify.annotations.Nullable Regressor order,
      double[][] x,
      Trial trial,
      long key) {
    double[] score = new double[x.length];
    double mean = 0;
    for (int k = 0; k < x.length; k++) {
      score[k] = (order == null ? effect : order).of(x[k]);
      mean += effect.of(x[k]) / x.length;
    }
    Qini q = Curve.qini(score, trial.treated(), trial.outcome(), key);
    return new Qini(
        q.area(),
        q.random(),
        q.low(),
        q.high(),
        q.auuc(),
        mean,
        q.actual(),
        q.actualError(),
        q.best30(),
        q.customers(),
        q.curve());
  }

  private static double[] outOfFold(
      Learners.Learner learner, double[][] x, Trial trial, int[] fold) {
    double[] score = new double[x.length];
    for (int f = 0; f < FOLDS; f++) {
      int at = f;
      int[] others = IntStream.range(0, x.length).filter(k -> fold[k] != at).toArray();
      Trial part = trial.pick(others);
      Regressor fit = learner.fit(pick(x, others), part.treated(), part.outcome());
      for (int k = 0; k < x.length; k++) {
        if (fold[k] == f) {
          score[k] = fit.of(x[k]);
        }
      }
    }
    return score;
  }

  /** Another learner answers only where it is better by a standard error of the difference. */
  private static String chosen(
      Map<String, Double> areas, Map<String, double[]> scores, Trial trial, long key) {
    String best = Learners.SIMPLE;
    for (Map.Entry<String, Double> e : areas.entrySet()) {
      if (e.getValue() > areas.getOrDefault(best, 0.0)) {
        best = e.getKey();
      }
    }
    if (best.equals(Learners.SIMPLE)) {
      return best;
    }
    SplittableRandom random = new SplittableRandom(key + 3);
    int n = trial.outcome().length;
    int[] one = Curve.order(scores.getOrDefault(best, new double[0]), key);
    int[] other = Curve.order(scores.getOrDefault(Learners.SIMPLE, new double[0]), key);
    List<Double> differences = new ArrayList<>();
    for (int draw = 0; draw < 60; draw++) {
      int[] weight = new int[n];
      for (int k = 0; k < n; k++) {
        weight[random.nextInt(n)]++;
      }
      differences.add(
          Curve.area(Curve.of(again(one, weight), trial.treated(), trial.outcome()))
              - Curve.area(Curve.of(again(other, weight), trial.treated(), trial.outcome())));
    }
    double mean = differences.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double spread =
        Math.sqrt(
            differences.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum()
                / (differences.size() - 1));
    double gain = areas.getOrDefault(best, 0.0) - areas.getOrDefault(Learners.SIMPLE, 0.0);
    return gain > spread ? best : Learners.SIMPLE;
  }

  private static int[] again(int[] order, int[] weight) {
    return IntStream.of(order).flatMap(r -> IntStream.range(0, weight[r]).map(k -> r)).toArray();
  }

  /**
   * The least-squares line from score to transformed outcome: keeps the mean, shrinks the spread.
   */
  private static double[] line(double[] score, double[] z) {
    double mx = java.util.Arrays.stream(score).average().orElse(0);
    double mz = java.util.Arrays.stream(z).average().orElse(0);
    double xx = 0;
    double xz = 0;
    for (int k = 0; k < score.length; k++) {
      xx += (score[k] - mx) * (score[k] - mx);
      xz += (score[k] - mx) * (z[k] - mz);
    }
    double slope = xx > 0 ? Math.max(0, Math.min(1.5, xz / xx)) : 0;
    return new double[] {mz - slope * mx, slope};
  }

  private static String verdict(UpliftQuestion q, Qini found, boolean usable, String chosen) {
    boolean any = Math.abs(found.actual()) > found.actualError();
    return String.format(
        Locale.ROOT,
        "%s changes %s by %.4f ± %.4f against %s%s; whom it reaches makes %s (Qini area %.4f,"
            + " standard deviation of random orders %.4f%s)",
        q.treated(),
        q.outcome(),
        found.actual(),
        found.actualError(),
        q.control(),
        any ? "" : ", which may be chance",
        usable ? "a usable difference" : "no usable difference",
        found.area(),
        found.random(),
        usable ? "; " + chosen : "");
  }

  private static String unconfirmed(Qini judged) {
    return String.format(
        Locale.ROOT,
        "; what was seen was not confirmed on the %d customers left out (Qini area %.4f, standard"
            + " deviation of random orders %.4f)",
        judged.customers(),
        judged.area(),
        judged.random());
  }

  @Override
  public double uplift(Row customer) {
    return effect.of(inputs.of(customer));
  }

  @Override
  public boolean usable() {
    return usable;
  }

  @Override
  public String verdict() {
    return verdict;
  }

  @Override
  public Qini outOfFold() {
    return outOfFold;
  }

  @Override
  public Qini heldOut() {
    return heldOut;
  }

  @Override
  public Map<String, Double> learners() {
    return learners;
  }

  @Override
  public List<String> unlike() {
    return unlike;
  }

  @Override
  public Qini judge(Table table) {
    Trial trial = Trial.of(table, question);
    return judged(effect, null, pick(inputs.of(table), trial.rows()), trial, question.key());
  }
}
