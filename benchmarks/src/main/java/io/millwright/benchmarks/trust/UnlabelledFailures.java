package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.benchmarks.quality.Milling;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import io.millwright.runtime.watch.UnlabelledAccuracy;
import io.millwright.runtime.watch.UnlabelledDecisions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Accuracy, F1 and cost of failure models before the truth is known. */
final class UnlabelledFailures {

  private static final double MISS = 10;
  private static final String FAILURE = "failure";
  private static final int COLUMNS = 6;

  private UnlabelledFailures() {}

  /** What a model says of rows, and what came true. */
  private record Said(double[] p, boolean[] alarm, double[] failed) {
    Said rows(int... rows) {
      boolean[] alarms = new boolean[rows.length];
      for (int i = 0; i < rows.length; i++) {
        alarms[i] = alarm[rows[i]];
      }
      return new Said(UnlabelledWindows.at(p, rows), alarms, UnlabelledWindows.at(failed, rows));
    }

    /** The probability of the more likely side. */
    double[] confidence() {
      return Arrays.stream(p).map(v -> Math.max(v, 1 - v)).toArray();
    }

    double[] right() {
      return IntStream.range(0, p.length)
          .mapToDouble(i -> p[i] > 0.5 == (failed[i] == 1) ? 1 : 0)
          .toArray();
    }

    double f1() {
      double found = 0;
      double both = 0;
      for (int i = 0; i < p.length; i++) {
        found += alarm[i] ? failed[i] : 0;
        both += failed[i] + (alarm[i] ? 1 : 0);
      }
      return both == 0 ? 0 : 2 * found / both;
    }

    double cost() {
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        sum += alarm[i] ? 1 - failed[i] : MISS * failed[i];
      }
      return sum / p.length;
    }
  }

  /** What is learnt from held-out answers. */
  private record Estimators(UnlabelledAccuracy accuracy, UnlabelledDecisions decisions) {
    static Estimators of(Said held) {
      return new Estimators(
          UnlabelledAccuracy.of(held.confidence(), held.right()),
          UnlabelledDecisions.of(held.p(), held.failed()));
    }
  }

  private static Said said(Predictor<Row, FailureRisk> predictor, Table rows, double[] failed) {
    FailureRisk[] risks =
        predictor.predictAll(IntStream.range(0, rows.rows()).mapToObj(rows::row).toList()).stream()
            .map(o -> o.orElseThrow().value())
            .toArray(FailureRisk[]::new);
    boolean[] alarms = new boolean[risks.length];
    for (int i = 0; i < alarms.length; i++) {
      alarms[i] = risks[i].alarm();
    }
    return new Said(
        Arrays.stream(risks).mapToDouble(FailureRisk::probability).toArray(), alarms, failed);
  }

  private static FailureModel model(Millwright millwright, Table rows, double[] failed)
      throws InterruptedException {
    return millwright
        .plugin(Maintenance.class)
        .failure()
        .key(1)
        .train(
            FailureData.of(
                rows,
                Arrays.stream(failed).mapToObj(f -> f == 1 ? FAILURE : FailureData.NONE).toList()))
        .await();
  }

  /** AI4I: 4,000 rows learnt, 3,000 held out for the estimator, windows from the other 3,000. */
  static void milling(Millwright millwright, Path csv) throws InterruptedException, IOException {
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
    int[] order = UnlabelledWindows.order(all.rows(), 1);
    int[] learnt = Arrays.copyOf(order, 4000);
    int[] held = Arrays.copyOfRange(order, 4000, 7000);
    int[] pool = Arrays.copyOfRange(order, 7000, order.length);
    try (Predictor<Row, FailureRisk> predictor =
        model(millwright, readings.rows(learnt), UnlabelledWindows.at(failed, learnt)).open()) {
      Table asked = readings.rows(pool);
      Map<String, double[]> shifts = new LinkedHashMap<>();
      shifts.put("none", new double[pool.length]);
      for (String column : List.of("Torque", "Tool wear", "Air temperature")) {
        shifts.put("high " + column, UnlabelledWindows.weights(asked.numbers(column), true));
      }
      shifts.put(
          "slow spindle", UnlabelledWindows.weights(asked.numbers("Rotational speed"), false));
      judge(
          "AI4I",
          said(predictor, readings.rows(held), UnlabelledWindows.at(failed, held)),
          said(predictor, asked, UnlabelledWindows.at(failed, pool)),
          shifts,
          new int[] {1000, 3000},
          60);
    }
  }

  /** Drawn rows, one in thirty fails: as many failures as an estimate needs. */
  static void drawn(Millwright millwright) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(8);
    double[][] learnt = inputs(random, 6000);
    double[][] held = inputs(random, 60_000);
    double[][] pool = inputs(random, 120_000);
    try (Predictor<Row, FailureRisk> predictor =
        model(millwright, table(learnt), failures(random, learnt)).open()) {
      Map<String, double[]> shifts = new LinkedHashMap<>();
      shifts.put("none", new double[pool.length]);
      for (int c = 0; c < 4; c++) {
        int column = c;
        shifts.put(
            "high c" + c,
            UnlabelledWindows.weights(
                Arrays.stream(pool).mapToDouble(x -> x[column]).toArray(), true));
      }
      judge(
          "drawn",
          said(predictor, table(held), failures(random, held)),
          said(predictor, table(pool), failures(random, pool)),
          shifts,
          new int[] {1000, 30_000},
          20);
    }
  }

  private static double[][] inputs(SplittableRandom random, int rows) {
    double[][] inputs = new double[rows][COLUMNS];
    for (double[] x : inputs) {
      Arrays.setAll(x, c -> random.nextGaussian());
    }
    return inputs;
  }

  private static double[] failures(SplittableRandom random, double[][] inputs) {
    return Arrays.stream(inputs)
        .mapToDouble(
            x -> {
              double z = -5.2 + 1.2 * x[0] + 1.5 * x[1] * x[2] + (x[3] > 1 ? 2 : 0) + 0.5 * x[4];
              return random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
            })
        .toArray();
  }

  private static Table table(double[]... inputs) {
    return Table.ofNumbers(
        new Schema(IntStream.range(0, COLUMNS).mapToObj(c -> Column.number("c" + c)).toList()),
        inputs);
  }

  private static void judge(
      String what,
      Said held,
      Said pool,
      Map<String, double[]> shifts,
      int[] sizes,
      int windowsEach) {
    System.out.printf(
        "%s: %.0f failures held out, %.0f to draw from%n",
        what, Arrays.stream(held.failed()).sum(), Arrays.stream(pool.failed()).sum());
    Estimators estimators = Estimators.of(held);
    Estimators knowing = Estimators.of(pool);
    SplittableRandom random = new SplittableRandom(2);
    UnlabelledWindows windows = new UnlabelledWindows();
    for (int size : sizes) {
      for (Map.Entry<String, double[]> shift : shifts.entrySet()) {
        String name = what + ", " + size + " rows, " + shift.getKey() + ": ";
        for (int w = 0; w < windowsEach; w++) {
          Said now = pool.rows(UnlabelledWindows.draw(random, shift.getValue(), size));
          windows.add(
              name + "accuracy",
              estimators.accuracy().estimate(now.confidence()),
              knowing.accuracy().estimate(now.confidence()).value(),
              Arrays.stream(now.right()).average().orElse(0),
              0.02);
          windows.add(
              name + "F1",
              estimators.decisions().f1(now.p(), now.alarm()),
              knowing.decisions().f1(now.p(), now.alarm()).value(),
              now.f1(),
              0.02);
          windows.add(
              name + "cost",
              estimators.decisions().cost(now.p(), now.alarm(), 1, MISS),
              knowing.decisions().cost(now.p(), now.alarm(), 1, MISS).value(),
              now.cost(),
              0.1 * now.cost());
        }
        windows.print();
      }
    }
  }
}
