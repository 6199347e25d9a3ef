package io.millwright.benchmarks.quality;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.RegressionMetrics;
import io.millwright.api.learn.Schedule;
import io.millwright.cli.maintenance.TurbofanFiles;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What 90 % intervals are worth: the training units of C-MAPSS are regrouped again and again into
 * 80 % to learn from and 20 % to judge by; each judged unit is cut off at random ages, as units are
 * in use. Beside it the interval of constant width around the linear baseline, with the width that
 * the baseline's errors on the learnt units ask for. Arguments: the folder, how many regroupings.
 */
public final class TurbofanIntervals {

  private static final double LIMIT = 125;
  private static final int CUTS = 20;
  private static final int SHORTEST = 20;

  private TurbofanIntervals() {}

  /** Runs the regroupings and prints a table. */
  public static void main(String[] args) throws InterruptedException {
    TurbofanFiles files = new TurbofanFiles(Path.of(args[0]));
    int groupings = Integer.parseInt(args[1]);
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (String subset : files.subsets()) {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int g = 0; g < groupings; g++) {
          one(maintenance, files.train(subset), g, figures);
        }
        System.out.printf("%n%s, %d regroupings%n", subset, groupings);
        figures.forEach(
            (figure, values) ->
                System.out.printf(
                    Locale.ROOT,
                    "  %-40s %9.3f +- %.3f%n",
                    figure,
                    Turbofan.mean(values),
                    Turbofan.deviation(values)));
      }
    }
  }

  private static void one(
      Maintenance maintenance, Fleet all, int grouping, Map<String, List<Double>> figures)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(grouping);
    List<UnitHistory> units = new ArrayList<>(all.units());
    for (int i = units.size() - 1; i > 0; i--) {
      units.add(random.nextInt(i + 1), units.remove(i));
    }
    int held = units.size() / 5;
    Fleet learnt = new Fleet(units.subList(held, units.size()));
    List<KnownLife> truths = cuts(units.subList(0, held), random);
    RemainingLifeModel model = maintenance.remainingLife().key(grouping).train(learnt).await();
    Evaluation own = judge(maintenance, model, truths);
    for (String figure :
        List.of("rmse", "coverage 90", "coverage 90 mid-life", "width 90", "interval score 90")) {
      Turbofan.add(figures, figure, own.figure(figure));
    }
    RemainingLifeModel linear =
        maintenance
            .remainingLife()
            .network(Networks.linear())
            .learning(
                Learning.adam(1e-2)
                    .batch(512)
                    .epochs(40)
                    .schedule(new Schedule.WarmUpCosine(0.05))
                    .key(grouping))
            .train(learnt)
            .await();
    double score = constantWidth(linear, cuts(learnt.units(), random), truths);
    Turbofan.add(figures, "baseline, constant width, score 90", score);
    Turbofan.add(figures, "ratio of interval scores", own.figure("interval score 90") / score);
  }

  private static Evaluation judge(
      Maintenance maintenance, RemainingLifeModel model, List<KnownLife> truths) {
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      return maintenance.evaluate(predictor, truths);
    }
  }

  /**
   * The interval score of the prediction plus and minus the 90 % quantile of the baseline's
   * absolute error, cut at 0 and the limit.
   */
  private static double constantWidth(
      RemainingLifeModel linear, List<KnownLife> learnt, List<KnownLife> truths) {
    try (Predictor<UnitHistory, Cycles> predictor = linear.open()) {
      double[] errors = predict(predictor, learnt);
      double[] truth = truth(learnt);
      for (int i = 0; i < errors.length; i++) {
        errors[i] = Math.abs(errors[i] - truth[i]);
      }
      Arrays.sort(errors);
      double half = errors[(int) Math.ceil(0.9 * (errors.length + 1)) - 1];
      double[] predicted = predict(predictor, truths);
      double[] low = Arrays.stream(predicted).map(p -> Math.max(0, p - half)).toArray();
      double[] high = Arrays.stream(predicted).map(p -> Math.min(LIMIT, p + half)).toArray();
      return RegressionMetrics.intervalScore(truth(truths), low, high, 0.9);
    }
  }

  private static double[] predict(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> lives) {
    return predictor.predictAll(lives.stream().map(KnownLife::history).toList()).stream()
        .mapToDouble(o -> o.orElseThrow().value().count())
        .toArray();
  }

  private static double[] truth(List<KnownLife> lives) {
    return lives.stream().mapToDouble(l -> Math.min(LIMIT, l.remaining())).toArray();
  }

  private static List<KnownLife> cuts(List<UnitHistory> units, SplittableRandom random) {
    List<KnownLife> cuts = new ArrayList<>();
    for (UnitHistory unit : units) {
      for (int i = 0; i < CUTS && unit.length() > SHORTEST; i++) {
        int length = random.nextInt(SHORTEST, unit.length() + 1);
        cuts.add(new KnownLife(unit.first(length), unit.length() - length));
      }
    }
    return cuts;
  }
}
