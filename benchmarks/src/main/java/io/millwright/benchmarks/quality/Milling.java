package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.Learning;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.FailureTrainer;
import io.millwright.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * AI4I 2020 by repeated stratified cross-validation, without the columns that tell the answer: F1
 * and average precision of failure beside logistic regression, and the expected cost at the chosen
 * threshold beside the realised one. Arguments: the CSV file, how many repetitions of five folds.
 */
public final class Milling {

  private static final List<String> MODES = List.of("TWF", "HDF", "PWF", "OSF", "RNF");
  static final List<String> ANSWERS =
      List.of("UDI", "Product ID", "Machine failure", "TWF", "HDF", "PWF", "OSF", "RNF");
  private static final int FOLDS = 5;
  private static final double MISSED = 10;

  private Milling() {}

  /** Runs the cross-validation and prints a table. */
  public static void main(String[] args) throws InterruptedException, IOException {
    int repetitions = Integer.parseInt(args[1]);
    try (Millwright millwright = Millwright.create()) {
      Table all = millwright.tables().csv(trimmed(Path.of(args[0])));
      Table readings =
          all.select(
              all.schema().columns().stream()
                  .map(Column::name)
                  .filter(n -> !ANSWERS.contains(n))
                  .toList());
      List<String> outcomes = outcomes(all);
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      Map<String, List<Double>> figures = new LinkedHashMap<>();
      for (int r = 0; r < repetitions; r++) {
        int[] fold = folds(outcomes, r);
        for (int f = 0; f < FOLDS; f++) {
          one(maintenance, readings, outcomes, fold, f, r, figures);
          System.out.printf(
              Locale.ROOT,
              "repetition %d fold %d: f1 so far %.3f%n",
              r,
              f,
              Turbofan.mean(figures.getOrDefault("f1", List.of())));
        }
      }
      System.out.printf("%n%d x %d folds%n", repetitions, FOLDS);
      figures.forEach(
          (figure, values) ->
              System.out.printf(
                  Locale.ROOT,
                  "  %-40s %9.4f +- %.4f%n",
                  figure,
                  Turbofan.mean(values),
                  Turbofan.deviation(values)));
    }
  }

  private static void one(
      Maintenance maintenance,
      Table readings,
      List<String> outcomes,
      int[] fold,
      int f,
      long key,
      Map<String, List<Double>> figures)
      throws InterruptedException {
    int[] learnt = rows(fold, f, false);
    int[] judged = rows(fold, f, true);
    FailureData data =
        FailureData.of(
            readings.rows(learnt), Arrays.stream(learnt).mapToObj(outcomes::get).toList());
    FailureTrainer trainer = maintenance.failure().key(key);
    FailureModel model = trainer.train(data).await();
    judge("", model, readings, outcomes, judged, figures);
    FailureModel logistic =
        trainer
            .network(io.millwright.api.learn.Networks.linear())
            .preparation(io.millwright.api.learn.Preparation.standard())
            .learning(Learning.adam(1e-2).batch(256).epochs(40).key(key))
            .train(data)
            .await();
    judge("logistic regression, ", logistic, readings, outcomes, judged, figures);
    if (key > 0) {
      return; // The threshold by cost is looked at in the first repetition alone.
    }
    FailureModel costly = trainer.costs(MISSED, 1).train(data).await();
    costs(costly, readings, outcomes, judged, figures);
  }

  private static void judge(
      String prefix,
      FailureModel model,
      Table readings,
      List<String> outcomes,
      int[] judged,
      Map<String, List<Double>> figures) {
    try (Predictor<Row, FailureRisk> predictor = model.open()) {
      List<Outcome<FailureRisk>> said =
          predictor.predictAll(Arrays.stream(judged).mapToObj(readings::row).toList());
      boolean[] failed = new boolean[judged.length];
      double[] score = new double[judged.length];
      int hits = 0;
      int alarms = 0;
      int failures = 0;
      for (int i = 0; i < judged.length; i++) {
        FailureRisk risk = said.get(i).orElseThrow().value();
        failed[i] = !outcomes.get(judged[i]).equals(FailureData.NONE);
        score[i] = risk.probability();
        alarms += risk.alarm() ? 1 : 0;
        failures += failed[i] ? 1 : 0;
        hits += risk.alarm() && failed[i] ? 1 : 0;
      }
      Turbofan.add(figures, prefix + "f1", 2.0 * hits / (alarms + failures));
      Turbofan.add(figures, prefix + "pr auc", ClassMetrics.prAuc(failed, score));
      Turbofan.add(figures, prefix + "roc auc", ClassMetrics.rocAuc(failed, score));
    }
  }

  /** A missed failure costs ten false alarms. */
  private static void costs(
      FailureModel model,
      Table readings,
      List<String> outcomes,
      int[] judged,
      Map<String, List<Double>> figures) {
    try (Predictor<Row, FailureRisk> predictor = model.open()) {
      double expected = 0;
      double realised = 0;
      double never = 0;
      for (int row : judged) {
        FailureRisk risk = predictor.predict(readings.row(row)).orElseThrow().value();
        boolean failed = !outcomes.get(row).equals(FailureData.NONE);
        expected += risk.alarm() ? 1 - risk.probability() : MISSED * risk.probability();
        realised += risk.alarm() ? (failed ? 0 : 1) : (failed ? MISSED : 0);
        never += failed ? MISSED : 0;
      }
      Turbofan.add(figures, "cost expected per 1000 rows", 1000 * expected / judged.length);
      Turbofan.add(figures, "cost realised per 1000 rows", 1000 * realised / judged.length);
      Turbofan.add(figures, "cost of never acting per 1000 rows", 1000 * never / judged.length);
    }
  }

  /**
   * The published file has a fifteenth cell in one row, which the reader rightly refuses: a copy
   * without it.
   */
  public static Path trimmed(Path published) throws IOException {
    List<String> lines = Files.readAllLines(published);
    int cells = lines.get(0).split(",", -1).length;
    Path copy = Files.createTempFile("milling", ".csv");
    copy.toFile().deleteOnExit();
    Files.write(
        copy,
        lines.stream()
            .map(l -> String.join(",", List.of(l.split(",", -1)).subList(0, cells)))
            .toList());
    return copy;
  }

  static List<String> outcomes(Table all) {
    double[] failure = all.numbers("Machine failure");
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < failure.length; i++) {
      String outcome = failure[i] == 1 ? "other" : FailureData.NONE;
      if (failure[i] == 1) {
        for (String mode : MODES) {
          if (all.numbers(mode)[i] == 1) {
            outcome = mode;
            break;
          }
        }
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** Failures and the rest dealt out evenly in random order. */
  static int[] folds(List<String> outcomes, int repetition) {
    SplittableRandom random = new SplittableRandom(repetition);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      order.add(random.nextInt(i + 1), i);
    }
    int[] fold = new int[outcomes.size()];
    int failures = 0;
    int others = 0;
    for (int i : order) {
      fold[i] = (outcomes.get(i).equals(FailureData.NONE) ? others++ : failures++) % FOLDS;
    }
    return fold;
  }

  static int[] rows(int[] fold, int which, boolean judged) {
    return java.util.stream.IntStream.range(0, fold.length)
        .filter(i -> (fold[i] == which) == judged)
        .toArray();
  }
}
