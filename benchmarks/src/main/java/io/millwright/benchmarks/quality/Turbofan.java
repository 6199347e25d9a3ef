package io.millwright.benchmarks.quality;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningRule;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Schedule;
import io.millwright.cli.maintenance.TurbofanFiles;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.RemainingLifeTrainer;
import io.millwright.samples.plant.Beginnings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The official test of C-MAPSS: trains on each subset's training units, judges on its test units at
 * their last cycle, whole and with their beginnings cut off at random; mean and spread over keys.
 * Arguments: the folder, how many keys, which of {@code default,lstm,linear} (all when left out),
 * the engine (the rules' choice when left out), and which subsets (all when left out).
 */
public final class Turbofan {

  private static final List<String> FIGURES =
      List.of(
          "rmse",
          "nasa score",
          "nasa score raw",
          "coverage 90",
          "coverage 90 mid-life",
          "width 90",
          "interval score 90");

  private Turbofan() {}

  /** Runs the test and prints a table. */
  public static void main(String[] args) throws InterruptedException {
    TurbofanFiles files = new TurbofanFiles(Path.of(args[0]));
    int keys = Integer.parseInt(args[1]);
    List<String> models =
        args.length > 2 ? List.of(args[2].split(",")) : List.of("default", "lstm", "linear");
    EnginePolicy policy = EnginePolicy.automatic();
    if (args.length > 3) {
      policy = policy.withEngine(args[3]);
    }
    List<String> subsets = args.length > 4 ? List.of(args[4].split(",")) : files.subsets();
    try (Millwright millwright = Millwright.builder().engines(policy).build()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (String subset : subsets) {
        for (String name : models) {
          Map<String, List<Double>> figures = new LinkedHashMap<>();
          for (int key = 0; key < keys; key++) {
            long begin = System.nanoTime();
            RemainingLifeModel model =
                trainer(maintenance, name, key).train(files.train(subset)).await();
            add(figures, "seconds", (System.nanoTime() - begin) / 1e9);
            add(figures, "held-out rmse", model.evaluation().rmse());
            try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
              List<KnownLife> test = files.test(subset);
              judge(figures, "", maintenance.evaluate(predictor, test));
              part(figures, maintenance, predictor, test, 0, 30);
              part(figures, maintenance, predictor, test, 50, 125);
              List<KnownLife> cut = Beginnings.cut(test, key);
              judge(figures, "beginnings cut, ", maintenance.evaluate(predictor, cut));
            }
          }
          System.out.printf("%n%s %s, %d keys%n", subset, name, keys);
          figures.forEach(
              (figure, values) ->
                  System.out.printf(
                      Locale.ROOT,
                      "  %-40s %9.3f +- %.3f%n",
                      figure,
                      mean(values),
                      deviation(values)));
        }
      }
    }
  }

  /**
   * The default; a recurrent network on the same inputs, for as long as ten minutes allow; a linear
   * model on the same inputs.
   */
  private static RemainingLifeTrainer trainer(Maintenance maintenance, String name, long key) {
    Learning common =
        Learning.with(new LearningRule.AdamW(2e-3, 0.9, 0.999, 1e-8, 1e-2))
            .batch(512)
            .schedule(new Schedule.WarmUpCosine(0.05))
            .loss(Loss.huber(0.1))
            .averaging(0.99)
            .key(key);
    return switch (name) {
      case "default" -> maintenance.remainingLife().key(key);
      case "lstm" ->
          maintenance
              .remainingLife()
              .network(Networks.lstm(64).dropout(0.05))
              .learning(common.epochs(8).clipNorm(1));
      case "linear" ->
          maintenance
              .remainingLife()
              .network(Networks.linear())
              .learning(
                  Learning.adam(1e-2)
                      .batch(512)
                      .epochs(40)
                      .schedule(new Schedule.WarmUpCosine(0.05))
                      .key(key));
      default -> throw new IllegalArgumentException("no model \"" + name + "\"");
    };
  }

  private static void judge(
      Map<String, List<Double>> figures, String prefix, Evaluation evaluation) {
    FIGURES.forEach(f -> add(figures, prefix + f, evaluation.figure(f)));
  }

  /** Error and coverage for the units that lived so much longer, both ends counted in. */
  private static void part(
      Map<String, List<Double>> figures,
      Maintenance maintenance,
      Predictor<UnitHistory, Cycles> predictor,
      List<KnownLife> test,
      int from,
      int to) {
    List<KnownLife> some =
        test.stream().filter(k -> k.remaining() >= from && k.remaining() <= to).toList();
    if (!some.isEmpty()) {
      Evaluation evaluation = maintenance.evaluate(predictor, some);
      for (String figure : List.of("rmse", "coverage 90")) {
        String name = figure + ", " + some.size() + " lives of " + from + " to " + to;
        add(figures, name, evaluation.figure(figure));
      }
    }
  }

  static void add(Map<String, List<Double>> figures, String name, double value) {
    figures.computeIfAbsent(name, k -> new ArrayList<>()).add(value);
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  static double deviation(List<Double> values) {
    double mean = mean(values);
    return values.size() < 2
        ? 0
        : Math.sqrt(
            values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1));
  }
}
