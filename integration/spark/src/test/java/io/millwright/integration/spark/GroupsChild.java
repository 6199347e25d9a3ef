package io.millwright.integration.spark;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Series;
import io.millwright.api.data.SeriesTables;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ModelKind;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A driver in a process of its own. Arguments: a bundle that forecasts, how many executors, how
 * many series are compared with one machine, how many are timed.
 */
final class GroupsChild {

  private static final StructType STEPS =
      new StructType()
          .add("step", DataTypes.IntegerType)
          .add("mean", DataTypes.DoubleType)
          .add("p90", DataTypes.DoubleType);

  private static final Schema WEAR =
      Schema.of(Column.number("load"), Column.number("heat"), Column.number("wear"));

  private GroupsChild() {}

  /** Forty months of each item, in any order; every 97th item has one month alone. */
  private static Dataset<Row> sales(SparkSession spark, long items) {
    return spark
        .range(0, items * 40, 1, 8)
        .selectExpr(
            "concat('item ', id % " + items + ") as item",
            "date_format(add_months(date'2021-01-01', int(id div " + items + ")), 'yyyy-MM') month",
            "double(100 + id % 13 * (id div " + items + ") + id * 41 % 97) as sold",
            "id % " + items + " % 97 = 0 as short",
            "id div " + items + " as n")
        .where("not short or n = 0")
        .select("item", "month", "sold");
  }

  private static List<Object[]> forecast(Table rows, Predictor<Series, Forecast> predictor) {
    Series series =
        SeriesTables.ofLong(rows, "item", "month", "sold", Optional.of(Frequency.MONTHLY)).get(0);
    Outcome<Forecast> outcome = predictor.predict(series);
    List<Object[]> steps = new ArrayList<>();
    for (Distribution period : outcome.orElseThrow().value().periods()) {
      steps.add(new Object[] {steps.size() + 1, period.mean(), period.quantile(0.9)});
    }
    return steps;
  }

  /** A history to sweep over. */
  private static Table history() {
    TableBuilder rows = Table.builder(WEAR, 240);
    for (int i = 0; i < 240; i++) {
      double load = i * 37 % 100 / 100.0;
      double heat = i * 61 % 90 / 90.0;
      rows.add(load, heat, load + load * heat + (i * 13 % 7) / 70.0);
    }
    return rows.build();
  }

  private static double learnt(Millwright millwright, Table rows, ModelKind kind)
      throws InterruptedException {
    return millwright
        .learning()
        .number("wear")
        .among(kind)
        .key(5)
        .train(rows)
        .await()
        .evaluation()
        .rmse();
  }

  /** Forecasts, learns, sweeps, compares, times; says what came out. */
  public static void main(String[] args) throws Exception {
    int executors = Integer.parseInt(args[1]);
    SparkSession spark = Cluster.session(executors);
    try (Millwright millwright = Millwright.create()) {
      ModelSource bundle = ModelSource.file(Path.of(args[0]));
      SparkGroups groups = SparkGroups.with(spark, bundle);
      GroupWork work = (rows, host) -> forecast(rows, host.predictor(SupplyChain.FORECAST));
      series(spark, groups, work, millwright, bundle, Long.parseLong(args[2]));
      assets(spark, millwright);
      List<ModelKind> kinds = List.of(ModelKind.DECISION_TREE, ModelKind.BOOSTED_TREES);
      List<Double> alone = new ArrayList<>();
      for (ModelKind kind : kinds) {
        alone.add(learnt(millwright, history(), kind));
      }
      List<Double> swept =
          SparkGroups.of(spark)
              .sweep(
                  new ArrayList<>(kinds),
                  (kind, host) -> learnt(host.millwright(), history(), kind));
      System.out.println("sweep as one machine: " + alone.equals(swept) + " " + swept);
      try {
        groups.map(
            sales(spark, 3).selectExpr("item", "array(sold) as place"),
            List.of("item"),
            List.of("sales"),
            STEPS,
            work);
      } catch (MillwrightException e) {
        System.out.println("refused all at once: " + e.getMessage().replace('\n', ' '));
      }
      long timed = Long.parseLong(args[3]);
      if (timed > 0) {
        long begin = System.nanoTime();
        Row sums =
            groups
                .map(sales(spark, timed), List.of("item"), List.of("month"), STEPS, work)
                .selectExpr("count(distinct item)", "count(abstained)", "sum(bigint(mean * 1024))")
                .first();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
            "%d series on %d executors in %.1f s, %.0f a second: %s%n",
            timed, executors, seconds, timed / seconds, sums);
      }
    } finally {
      spark.stop();
    }
  }

  private static void series(
      SparkSession spark,
      SparkGroups groups,
      GroupWork work,
      Millwright millwright,
      ModelSource bundle,
      long count) {
    Dataset<Row> sales = sales(spark, count);
    List<Row> answers =
        groups
            .map(sales, List.of("item"), List.of("month"), STEPS, work)
            .orderBy("item", "step")
            .collectAsList();
    List<Row> all = sales.orderBy("item", "month").collectAsList();
    int at = 0;
    int same = 0;
    int refused = 0;
    try (Predictor<Series, Forecast> predictor = millwright.open(SupplyChain.FORECAST, bundle)) {
      for (int from = 0; from < all.size(); ) {
        int to = from;
        TableBuilder rows =
            Table.builder(
                Schema.of(Column.category("item"), Column.category("month"), Column.number("sold")),
                40);
        while (to < all.size() && all.get(to).getString(0).equals(all.get(from).getString(0))) {
          rows.add(all.get(to).getString(0), all.get(to).getString(1), all.get(to).getDouble(2));
          to++;
        }
        try {
          for (Object[] step : forecast(rows.build(), predictor)) {
            Row row = answers.get(at++);
            boolean equal =
                row.get(0).equals(all.get(from).get(0))
                    && row.get(1).equals(step[0])
                    && row.get(2).equals(step[1])
                    && row.get(3).equals(step[2])
                    && row.get(4) == null;
            if (!equal) {
              throw new IllegalStateException(row + " is not " + List.of(step));
            }
          }
        } catch (MillwrightException e) {
          Row row = answers.get(at++);
          if (!e.code().toString().equals(row.getString(4)) || row.get(2) != null) {
            throw new IllegalStateException(row + " is not " + e);
          }
          refused++;
        }
        same++;
        from = to;
      }
    }
    System.out.println("series as one machine: " + same + ", refused " + refused);
    if (at != answers.size()) {
      throw new IllegalStateException(answers.size() + " rows for " + at);
    }
  }

  private static void assets(SparkSession spark, Millwright millwright)
      throws InterruptedException {
    Dataset<Row> rows =
        spark
            .range(0, 6 * 240, 1, 8)
            .selectExpr("id div 240 as asset", "int(id % 240) as n")
            .selectExpr(
                "*",
                "(n * 37 + asset * 11) % 100 / double(100) as load",
                "(n * 61 + asset * 7) % 90 / double(90) as heat")
            .selectExpr("*", "asset * load + load * heat + n * 13 % 7 / double(70) as wear");
    GroupWork work =
        (table, host) ->
            List.<Object[]>of(
                new Object[] {
                  learnt(host.millwright(), table.without("asset", "n"), ModelKind.BOOSTED_TREES)
                });
    List<Row> learnt =
        SparkGroups.of(spark)
            .map(
                rows,
                List.of("asset"),
                List.of("n"),
                new StructType().add("rmse", DataTypes.DoubleType),
                work)
            .orderBy("asset")
            .collectAsList();
    List<Row> all = rows.orderBy("asset", "n").collectAsList();
    int same = 0;
    for (Row row : learnt) {
      TableBuilder history = Table.builder(WEAR, 240);
      for (Row one : all) {
        if (one.getLong(0) == row.getLong(0)) {
          history.add(one.getDouble(2), one.getDouble(3), one.getDouble(4));
        }
      }
      double alone = learnt(millwright, history.build(), ModelKind.BOOSTED_TREES);
      same += row.getDouble(1) == alone ? 1 : 0;
    }
    System.out.println("assets as one machine: " + same);
  }
}
