package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the risk of failure is worth for rows of which one reading is missing: the mean of what is
 * told beside the share that failed, log loss and area under the curve, for complete rows, for gaps
 * as they are answered, and for gaps filled with the median of training. Arguments: the CSV file of
 * AI4I 2020, or {@code generated} for drawn readings of known truth.
 */
public final class MissingReadings {

  private MissingReadings() {}

  /** Runs the comparison and prints a table. */
  public static void main(String[] args) throws InterruptedException, IOException {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      if (args[0].equals("generated")) {
        for (String truth : List.of("linear", "threshold", "product")) {
          Table learnt = Table.ofNumbers(SCHEMA, drawn(2000, 1));
          Table judged = Table.ofNumbers(SCHEMA, drawn(10_000, 2));
          System.out.println(truth);
          compare(
              maintenance, learnt, outcomes(learnt, truth, 3), judged, outcomes(judged, truth, 4));
        }
        return;
      }
      Table all = millwright.tables().csv(Milling.trimmed(Path.of(args[0])));
      Table readings =
          all.select(
              all.schema().columns().stream()
                  .map(Column::name)
                  .filter(n -> !Milling.ANSWERS.contains(n))
                  .toList());
      List<String> outcomes = Milling.outcomes(all);
      int[] fold = Milling.folds(outcomes, 0);
      int[] learnt = Milling.rows(fold, 0, false);
      int[] judged = Milling.rows(fold, 0, true);
      compare(
          maintenance,
          readings.rows(learnt),
          Arrays.stream(learnt).mapToObj(outcomes::get).toList(),
          readings.rows(judged),
          Arrays.stream(judged).mapToObj(outcomes::get).toList());
    }
  }

  private static final Schema SCHEMA =
      Schema.of(
          Column.number("telling"),
          Column.number("like it"),
          Column.number("curved"),
          Column.number("other"));

  private static double[][] drawn(int rows, long key) {
    java.util.Random random = new java.util.Random(key);
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      double common = random.nextGaussian();
      double telling = 0.7 * common + 0.7 * random.nextGaussian();
      values[i] =
          new double[] {
            Math.exp(telling),
            0.8 * common + 0.6 * random.nextGaussian(),
            telling * telling + 0.5 * random.nextGaussian(),
            random.nextGaussian()
          };
    }
    return values;
  }

  private static List<String> outcomes(Table table, String truth, long key) {
    SplittableRandom random = new SplittableRandom(key);
    List<String> outcomes = new ArrayList<>();
    double[] telling = table.numbers("telling");
    double[] other = table.numbers("other");
    for (int i = 0; i < telling.length; i++) {
      double z = Math.log(telling[i]);
      double p =
          switch (truth) {
            case "linear" -> 1 / (1 + Math.exp(3.5 - 2 * z - 0.5 * other[i]));
            case "threshold" -> z > 1.2 ? 0.8 : 0.02;
            default -> z * other[i] > 1 ? 0.7 : 0.03;
          };
      outcomes.add(random.nextDouble() < p ? "failed" : FailureData.NONE);
    }
    return outcomes;
  }

  private static void compare(
      Maintenance maintenance,
      Table learnt,
      List<String> outcomes,
      Table judged,
      List<String> truths)
      throws InterruptedException {
    FailureModel model = maintenance.failure().train(FailureData.of(learnt, outcomes)).await();
    try (Predictor<Row, FailureRisk> risk = model.open()) {
      System.out.printf(
          "%-28s %9s %9s %9s %9s %9s%n", "reading", "share", "told", "lost", "log loss", "auc");
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < judged.rows(); i++) {
        rows.add(judged.row(i));
      }
      print("complete", risk, rows, truths);
      for (Column column : judged.schema().columns()) {
        print(column.name() + " missing", risk, with(judged, column, null), truths);
        print("  median", risk, with(judged, column, typical(learnt, column)), truths);
      }
    }
  }

  private static Object typical(Table learnt, Column column) {
    if (column.type() == ColumnType.NUMBER) {
      double[] sorted = Arrays.stream(learnt.numbers(column.name())).sorted().toArray();
      return sorted[sorted.length / 2];
    }
    Map<String, Integer> count = new HashMap<>();
    for (String label : learnt.labels(column.name())) {
      count.merge(String.valueOf(label), 1, Integer::sum);
    }
    return count.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static List<Row> with(Table table, Column column, @Nullable Object value) {
    List<Row> rows = new ArrayList<>();
    int at = table.schema().indexOf(column.name());
    for (int i = 0; i < table.rows(); i++) {
      List<@Nullable Object> values = new ArrayList<>(table.row(i).values());
      values.set(at, value == null && column.type() == ColumnType.NUMBER ? Double.NaN : value);
      rows.add(new Row(table.schema(), values));
    }
    return rows;
  }

  private static void print(
      String name, Predictor<Row, FailureRisk> risk, List<Row> rows, List<String> truths) {
    double[] told =
        risk.predictAll(rows).stream()
            .mapToDouble(o -> o.orElseThrow().value().probability())
            .toArray();
    boolean[] failed = new boolean[told.length];
    double share = 0;
    double loss = 0;
    for (int i = 0; i < told.length; i++) {
      failed[i] = !truths.get(i).equals(FailureData.NONE);
      share += failed[i] ? 1.0 / told.length : 0;
      loss -= Math.log(Math.max(1e-9, failed[i] ? told[i] : 1 - told[i])) / told.length;
    }
    double mean = Arrays.stream(told).average().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%-28s %9.4f %9.4f %8.0f%% %9.4f %9.3f%n",
        name,
        share,
        mean,
        100 * (1 - mean / share),
        loss,
        ClassMetrics.rocAuc(failed, told));
  }
}
