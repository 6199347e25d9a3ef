package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.benchmarks.quality.Milling;
import io.millwright.cli.maintenance.TurbofanFiles;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.runtime.watch.UnlabelledAccuracy;
import io.millwright.runtime.watch.UnlabelledDecisions;
import io.millwright.runtime.watch.UnlabelledError;
import io.millwright.runtime.watch.UnlabelledEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Accuracy, F1, cost and error before the truth is known, on models of real data: AI4I (failures)
 * and turbofans (remaining life), windows drawn from rows that neither model nor estimator saw,
 * inputs shifted by drawing rows with weights. Arguments: the folder of the data.
 */
public final class Unlabelled {

  private static final int WINDOWS = 300;
  private static final int WINDOW = 1000;

  private Unlabelled() {}

  /** Prints a table for each kind of model. */
  public static void main(String[] args) throws InterruptedException, IOException {
    Path data = Path.of(args[0]);
    try (Millwright millwright = Millwright.create()) {
      failures(millwright, data.resolve("ai4i-2020/ai4i2020.csv"));
      lives(millwright, data.resolve("c-mapss"));
    }
  }

  private static void failures(Millwright millwright, Path csv)
      throws InterruptedException, IOException {
    Table all = millwright.tables().csv(Milling.trimmed(csv));
    List<String> answers =
        List.of("UDI", "Product ID", "Machine failure", "TWF", "HDF", "PWF", "OSF", "RNF");
    Table readings =
        all.select(
            all.schema().columns().stream()
                .map(Column::name)
                .filter(n -> !answers.contains(n))
                .toList());
    double[] failed = all.numbers("Machine failure");
    int[] order = order(all.rows(), 1);
    int[] learnt = Arrays.copyOf(order, 4000);
    int[] held = Arrays.copyOfRange(order, 4000, 7000);
    int[] pool = Arrays.copyOfRange(order, 7000, order.length);
    FailureModel model =
        millwright
            .plugin(Maintenance.class)
            .failure()
            .key(1)
            .train(
                FailureData.of(
                    readings.rows(learnt),
                    Arrays.stream(learnt)
                        .mapToObj(i -> failed[i] == 1 ? "failure" : FailureData.NONE)
                        .toList()))
            .await();
    try (Predictor<Row, FailureRisk> predictor = model.open()) {
      FailureRisk[] then = risks(predictor, readings, held);
      FailureRisk[] now = risks(predictor, readings, pool);
      UnlabelledDecisions decisions =
          UnlabelledDecisions.of(probabilities(then), truths(failed, held));
      UnlabelledAccuracy accuracy =
          UnlabelledAccuracy.of(confidence(then), right(then, failed, held));
      Map<String, double[]> shifts = new LinkedHashMap<>();
      shifts.put("none", new double[pool.length]);
      for (String column : List.of("Torque", "Tool wear", "Air temperature")) {
        shifts.put("high " + column, scaled(readings.numbers(column), pool, 0.8));
      }
      shifts.put("slow spindle", scaled(readings.numbers("Rotational speed"), pool, -0.8));
      SplittableRandom random = new SplittableRandom(2);
      shifts.forEach(
          (shift, logWeight) -> {
            double[] near = new double[3];
            double[] inside = new double[3];
            for (int w = 0; w < WINDOWS; w++) {
              int[] rows = draw(random, logWeight);
              FailureRisk[] risks =
                  Arrays.stream(rows).mapToObj(i -> now[i]).toArray(FailureRisk[]::new);
              int[] at = Arrays.stream(rows).map(i -> pool[i]).toArray();
              double[] truth = truths(failed, at);
              boolean[] alarms = new boolean[risks.length];
              for (int i = 0; i < alarms.length; i++) {
                alarms[i] = risks[i].alarm();
              }
              double[] p = probabilities(risks);
              UnlabelledEstimate[] said = {
                accuracy.estimate(confidence(risks)),
                decisions.f1(p, alarms),
                decisions.cost(p, alarms, 1, 10)
              };
              double[] true_ = {
                Arrays.stream(right(risks, failed, at)).average().orElse(0),
                f1(alarms, truth),
                cost(alarms, truth)
              };
              for (int k = 0; k < 3; k++) {
                double off = Math.abs(said[k].value() - true_[k]);
                near[k] += off < (k < 2 ? 0.02 : 0.1 * true_[k]) ? 1.0 / WINDOWS : 0;
                inside[k] +=
                    true_[k] >= said[k].low() && true_[k] <= said[k].high() ? 1.0 / WINDOWS : 0;
              }
            }
            System.out.printf(
                Locale.ROOT,
                "AI4I, %-26s accuracy within 2 points %.0f %%, interval %.0f %%; F1 within 2"
                    + " points %.0f %%, interval %.0f %%; cost within 10 %% %.0f %%, interval %.0f"
                    + " %%%n",
                shift,
                100 * near[0],
                100 * inside[0],
                100 * near[1],
                100 * inside[1],
                100 * near[2],
                100 * inside[2]);
          });
    }
  }

  private static void lives(Millwright millwright, Path folder) throws InterruptedException {
    Maintenance maintenance = millwright.plugin(Maintenance.class);
    List<UnitHistory> units = new ArrayList<>(new TurbofanFiles(folder).train("FD001").units());
    int[] order = order(units.size(), 3);
    List<UnitHistory> dealt = Arrays.stream(order).mapToObj(units::get).toList();
    RemainingLifeModel model =
        maintenance.remainingLife().key(1).train(new Fleet(dealt.subList(0, 50))).await();
    SplittableRandom random = new SplittableRandom(4);
    List<KnownLife> held = cuts(dealt.subList(50, 75), random);
    List<KnownLife> pool = cuts(dealt.subList(75, 100), random);
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      double[][] then = errors(predictor, held);
      double[][] now = errors(predictor, pool);
      UnlabelledError estimator = UnlabelledError.of(then[0], then[1], names(held));
      double[] length = pool.stream().mapToDouble(l -> l.history().length()).toArray();
      List<String> names = names(pool);
      int[] every = IntStream.range(0, pool.size()).toArray();
      Map<String, double[]> shifts = new LinkedHashMap<>();
      shifts.put("none", new double[length.length]);
      shifts.put("older engines", scaled(length, every, 0.8));
      shifts.put("younger engines", scaled(length, every, -0.8));
      shifts.forEach(
          (shift, logWeight) -> {
            double near = 0;
            double inside = 0;
            for (int w = 0; w < WINDOWS; w++) {
              int[] rows = draw(random, logWeight);
              UnlabelledEstimate e =
                  estimator.estimate(
                      Arrays.stream(rows).mapToDouble(i -> now[0][i]).toArray(),
                      Arrays.stream(rows).mapToObj(names::get).toList());
              double truth = Arrays.stream(rows).mapToDouble(i -> now[1][i]).average().orElse(0);
              near += Math.abs(e.value() - truth) < 0.1 * truth ? 1.0 / WINDOWS : 0;
              inside += truth >= e.low() && truth <= e.high() ? 1.0 / WINDOWS : 0;
            }
            System.out.printf(
                Locale.ROOT,
                "turbofans, %-16s error within 10 %% %.0f %%, interval %.0f %%%n",
                shift,
                100 * near,
                100 * inside);
          });
    }
  }

  private static double[][] errors(
      Predictor<UnitHistory, Cycles> predictor, List<KnownLife> lives) {
    double[][] all = new double[2][lives.size()];
    List<Outcome<Cycles>> said =
        predictor.predictAll(lives.stream().map(KnownLife::history).toList());
    for (int i = 0; i < lives.size(); i++) {
      Outcome.Prediction<Cycles> p = said.get(i).orElseThrow();
      Uncertainty.Interval at = (Uncertainty.Interval) p.uncertainty().at(0.9);
      all[0][i] = Math.max(1e-3, Math.min(125, at.high()) - at.low());
      all[1][i] = Math.abs(p.value().count() - Math.min(125, lives.get(i).remaining()));
    }
    return all;
  }

  private static List<String> names(List<KnownLife> lives) {
    return lives.stream().map(l -> l.history().unit()).toList();
  }

  private static List<KnownLife> cuts(List<UnitHistory> units, SplittableRandom random) {
    List<KnownLife> cuts = new ArrayList<>();
    for (UnitHistory unit : units) {
      for (int i = 0; i < 20; i++) {
        int length = random.nextInt(20, unit.length() + 1);
        cuts.add(new KnownLife(unit.first(length), unit.length() - length));
      }
    }
    return cuts;
  }

  private static int[] order(int n, long key) {
    SplittableRandom random = new SplittableRandom(key);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[k];
      order[k] = t;
    }
    return order;
  }

  /** The strength times the standardised values: what is added to a row's log weight. */
  private static double[] scaled(double[] values, int[] rows, double strength) {
    double mean = Arrays.stream(rows).mapToDouble(i -> values[i]).average().orElse(0);
    double sd =
        Math.sqrt(
            Arrays.stream(rows)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .average()
                .orElse(1));
    return Arrays.stream(rows).mapToDouble(i -> strength * (values[i] - mean) / sd).toArray();
  }

  private static int[] draw(SplittableRandom random, double[] logWeight) {
    double[] cumulative = new double[logWeight.length];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.exp(logWeight[i]);
      cumulative[i] = sum;
    }
    int[] rows = new int[WINDOW];
    for (int i = 0; i < rows.length; i++) {
      int at = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
      rows[i] = Math.min(cumulative.length - 1, at < 0 ? -at - 1 : at);
    }
    return rows;
  }

  private static FailureRisk[] risks(
      Predictor<Row, FailureRisk> predictor, Table readings, int[] rows) {
    return predictor.predictAll(Arrays.stream(rows).mapToObj(readings::row).toList()).stream()
        .map(o -> o.orElseThrow().value())
        .toArray(FailureRisk[]::new);
  }

  private static double[] probabilities(FailureRisk[] risks) {
    return Arrays.stream(risks).mapToDouble(FailureRisk::probability).toArray();
  }

  /** Of the more likely side. */
  private static double[] confidence(FailureRisk[] risks) {
    return Arrays.stream(risks)
        .mapToDouble(r -> Math.max(r.probability(), 1 - r.probability()))
        .toArray();
  }

  private static double[] right(FailureRisk[] risks, double[] failed, int[] rows) {
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> risks[i].probability() > 0.5 == (failed[rows[i]] == 1) ? 1 : 0)
        .toArray();
  }

  private static double[] truths(double[] failed, int[] rows) {
    return Arrays.stream(rows).mapToDouble(i -> failed[i]).toArray();
  }

  private static double f1(boolean[] alarms, double[] truth) {
    double found = 0;
    double both = 0;
    for (int i = 0; i < alarms.length; i++) {
      found += alarms[i] ? truth[i] : 0;
      both += truth[i] + (alarms[i] ? 1 : 0);
    }
    return both == 0 ? 0 : 2 * found / both;
  }

  private static double cost(boolean[] alarms, double[] truth) {
    double sum = 0;
    for (int i = 0; i < alarms.length; i++) {
      sum += alarms[i] ? 1 - truth[i] : 10 * truth[i];
    }
    return sum / alarms.length;
  }
}
