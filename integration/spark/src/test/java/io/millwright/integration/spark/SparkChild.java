package io.millwright.integration.spark;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A driver in a process of its own, with executors in further ones. Arguments: the bundle, how many
 * executors, how many rows are compared with one machine, how many are scored while an executor is
 * killed, how many are timed.
 */
final class SparkChild {

  private SparkChild() {}

  /** Rows of which every 97th has nothing, every 89th an unknown label and every 83rd no number. */
  private static Dataset<Row> rows(SparkSession spark, long count) {
    return spark
        .range(0, count, 1, 8)
        .selectExpr(
            "id",
            "case when id % 97 = 0 then null when id % 83 = 0 then double('NaN')"
                + " else (id * 41 % 97) / 97.0 end as heat",
            "case when id % 97 = 0 then null else float(id * 59 % 89) / 89 end as seconds",
            "case when id % 97 = 0 then null when id % 89 = 0 then 'gold'"
                + " when id % 3 = 0 then 'bronze' else 'steel' end as alloy",
            "'kept' as remark");
  }

  private static Row sums(SparkScoring scoring, SparkSession spark, long count) {
    return scoring
        .score(rows(spark, count), "outcome")
        .selectExpr(
            "count(*)",
            "sum(bigint(outcome.value * 1048576))",
            "count(outcome.abstained)",
            "sum(bigint(outcome.high * 1048576))")
        .first();
  }

  /** Scores, compares, kills, times; says what came out. */
  public static void main(String[] args) throws Exception {
    int executors = Integer.parseInt(args[1]);
    SparkSession spark = Cluster.session(executors);
    try {
      ModelSource bundle = ModelSource.file(Path.of(args[0]));
      SparkScoring scoring = SparkScoring.of(spark, bundle);
      System.out.println("same " + same(scoring, spark, bundle, Long.parseLong(args[2])));
      try {
        scoring.score(rows(spark, 10).withColumnRenamed("heat", "warmth"), "outcome");
      } catch (RuntimeException e) {
        System.out.println("refused " + e.getMessage().replace('\n', ' '));
      }
      long many = Long.parseLong(args[3]);
      Row before = sums(scoring, spark, many);
      System.out.println("opened " + scoring.opened() + " by " + executors);
      Thread killing =
          new Thread(
              () ->
                  ProcessHandle.current()
                      .descendants() // executors, and nothing else
                      .filter(ProcessHandle::isAlive)
                      .findFirst()
                      .ifPresent(p -> System.out.println("killed " + p.destroyForcibly())));
      SparkScoring again = SparkScoring.of(spark, bundle);
      Thread.sleep(100);
      killing.start();
      Row after = sums(again, spark, many);
      killing.join();
      System.out.println("after a kill " + before.equals(after) + " " + after);
      long timed = Long.parseLong(args[4]);
      for (int round = 0; timed > 0 && round < 2; round++) {
        long begin = System.nanoTime();
        sums(again, spark, timed);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
            "%d rows on %d executors in %.1f s, %.0f a second%n",
            timed, executors, seconds, timed / seconds);
      }
    } finally {
      spark.stop();
    }
  }

  /** Whether the cluster says of each row what one machine says, to the last bit. */
  private static String same(
      SparkScoring scoring, SparkSession spark, ModelSource bundle, long count) {
    List<Row> rows = scoring.score(rows(spark, count), "outcome").orderBy("id").collectAsList();
    TableBuilder table = Table.builder(scoring.info().inputs(), rows.size());
    List<String> names = scoring.info().inputs().names();
    for (Row row : rows) {
      Map<String, Object> cells = new java.util.HashMap<>();
      for (String name : names) {
        Object cell = row.getAs(name);
        boolean number = scoring.info().inputs().column(name).type().isNumeric();
        cells.put(
            name,
            cell instanceof Number n
                ? (Object) n.doubleValue()
                : number ? (Object) Double.NaN : cell);
      }
      table.add(names.stream().map(cells::get).toArray());
    }
    int abstained = 0;
    int flagged = 0;
    try (Millwright millwright = Millwright.create();
        Predictor<Table, Object> predictor = millwright.open(bundle)) {
      List<Outcome<Object>> outcomes = predictor.predictRows(table.build());
      for (int i = 0; i < outcomes.size(); i++) {
        Row outcome = rows.get(i).getAs("outcome");
        if (outcomes.get(i) instanceof Outcome.Prediction<Object> p) {
          Uncertainty.Interval interval = (Uncertainty.Interval) p.uncertainty().at(0.9);
          boolean equal =
              p.value().equals(outcome.getAs("value"))
                  && outcome.<Double>getAs("low") == interval.low()
                  && outcome.<Double>getAs("high") == interval.high()
                  && outcome.getList(outcome.fieldIndex("flags")).size() == p.flags().size()
                  && outcome.getAs("abstained") == null
                  && "kept".equals(rows.get(i).getAs("remark"));
          if (!equal) {
            return "not in row " + i + ": " + p + " " + rows.get(i);
          }
          flagged += p.flags().isEmpty() ? 0 : 1;
        } else {
          if (outcome.getAs("abstained") == null || outcome.getAs("value") != null) {
            return "not in row " + i + ": " + outcomes.get(i) + " " + rows.get(i);
          }
          abstained++;
        }
      }
    }
    return rows.size() + " rows, " + abstained + " abstained, " + flagged + " flagged";
  }
}
