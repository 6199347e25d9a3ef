package io.millwright.integration.spark;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.learn.ClassScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * Batch scoring of DataFrames. The bundle is broadcast once, each executor opens one predictor, and
 * every row is an independent input; its columns are found by name. Answers are those of one
 * machine, row by row, whatever the partitions. A row that cannot be answered stays, with the
 * reason. Thread-safe; used on the driver.
 *
 * <p>The outcome is a struct: {@code value} (double: the number, or the probability of the best
 * class), {@code label} (string: the best class; null for a number), {@code low} and {@code high}
 * (double: the 90 % interval; null where there is none), {@code flags} (array of strings), {@code
 * abstained} (string: the code; null for an answer), {@code reason} (string).
 */
public final class SparkScoring {

  private static final int AT_A_TIME = 1024;
  private static final double LEVEL = 0.9;

  /** What {@link #score} adds. */
  private static final StructType OUTCOME =
      new StructType()
          .add("value", DataTypes.DoubleType)
          .add("label", DataTypes.StringType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType)
          .add("flags", DataTypes.createArrayType(DataTypes.StringType))
          .add("abstained", DataTypes.StringType)
          .add("reason", DataTypes.StringType);

  private final ModelInfo info;
  private final Broadcast<Carried> carried;
  private final LongAccumulator opened;

  private SparkScoring(ModelInfo info, Broadcast<Carried> carried, LongAccumulator opened) {
    this.info = info;
    this.carried = carried;
    this.opened = opened;
  }

  /**
   * Makes a bundle ready for a cluster.
   *
   * @param spark the session
   * @param bundle a model of independent rows that answers a number or a class
   * @return the scoring
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be read; as {@link
   *     Millwright#info}
   */
  public static SparkScoring of(SparkSession spark, ModelSource bundle) {
    byte[] bytes = ExecutorHost.read(bundle);
    ModelInfo info;
    try (Millwright millwright = Millwright.create()) {
      info = millwright.info(ModelSource.bytes(bundle.toString(), bytes));
    }
    LongAccumulator opened = spark.sparkContext().longAccumulator("predictors opened");
    Carried carried = new Carried(bundle.toString(), bytes, opened);
    return new SparkScoring(
        info,
        spark.sparkContext().broadcast(carried, ClassTag$.MODULE$.apply(Carried.class)),
        opened);
  }

  /** {@return what the model is; its inputs are the columns that are needed} */
  public ModelInfo info() {
    return info;
  }

  /** {@return how many predictors the executors have opened so far: one in each} */
  public long opened() {
    return opened.value();
  }

  /**
   * Answers every row.
   *
   * @param rows holds the model's inputs by name, numbers of any type and labels as strings; other
   *     columns are handed on
   * @param column what the outcome is called
   * @return the rows with the outcome behind them; computed when an action asks for it
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for all columns that are missing
   *     or hold something else, at once; with {@link ErrorCode#BAD_OPTION} when there is a column
   *     of that name
   */
  public Dataset<Row> score(Dataset<Row> rows, String column) {
    StructType given = rows.schema();
    if (Arrays.asList(given.fieldNames()).contains(column)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "there is a column \"" + column + "\" already\nMaybe call the outcome otherwise");
    }
    Cells cells = Cells.of(info.inputs(), given);
    Broadcast<Carried> model = carried;
    List<StructField> fields = new ArrayList<>(Arrays.asList(given.fields()));
    fields.add(DataTypes.createStructField(column, OUTCOME, false));
    return rows.mapPartitions(
        (Iterator<Row> partition) -> new Scored(partition, model, cells),
        Encoders.row(DataTypes.createStructType(fields)));
  }

  /** The rows of a partition, answered some at a time. */
  private static final class Scored implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Broadcast<Carried> model;
    private final Cells cells;
    private Iterator<Row> ready = List.<Row>of().iterator();

    Scored(Iterator<Row> rows, Broadcast<Carried> model, Cells cells) {
      this.rows = rows;
      this.model = model;
      this.cells = cells;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!ready.hasNext()) {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        List<Row> some = new ArrayList<>(AT_A_TIME);
        while (rows.hasNext() && some.size() < AT_A_TIME) {
          some.add(rows.next());
        }
        var predictor = model.value().predictor();
        List<Outcome<Object>> outcomes =
            predictor.predictRows(cells.table(predictor.info().inputs(), some));
        List<Row> scored = new ArrayList<>(some.size());
        for (int i = 0; i < some.size(); i++) {
          scored.add(with(some.get(i), outcome(outcomes.get(i))));
        }
        ready = scored.iterator();
      }
      return ready.next();
    }
  }

  private static Row with(Row row, Row outcome) {
    @Nullable Object[] all = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      all[i] = row.get(i);
    }
    all[row.size()] = outcome;
    return RowFactory.create(all);
  }

  private static Row outcome(Outcome<Object> outcome) {
    if (outcome instanceof Outcome.Abstention<Object> a) {
      String reason =
          a.findings().isEmpty()
              ? ""
              : a.findings().get(0).place() + " " + a.findings().get(0).message();
      return RowFactory.create(null, null, null, null, new String[0], a.code().toString(), reason);
    }
    Outcome.Prediction<Object> p = (Outcome.Prediction<Object>) outcome;
    String[] flags = p.flags().stream().map(Flag::name).sorted().toArray(String[]::new);
    if (p.value() instanceof ClassScores scores) {
      String best = scores.best();
      return RowFactory.create(scores.of(best), best, null, null, flags, null, null);
    }
    if (!(p.value() instanceof Double value)) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "the model answers "
              + p.value().getClass().getSimpleName()
              + ", neither a number nor a class\nMaybe score it in a program of your own");
    }
    Double low = null;
    Double high = null;
    if (p.uncertainty().at(LEVEL) instanceof Uncertainty.Interval interval) {
      low = interval.low();
      high = interval.high();
    }
    return RowFactory.create(value, null, low, high, flags, null, null);
  }
}
