package io.millwright.integration.spark;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag$;

/**
 * Work on the groups of a DataFrame (grouped map): forecasts of many series, trainings of many
 * assets; and sweeps of settings as tasks. Each group is worked on as a whole, in the order of the
 * columns that are named, by what one machine would use, so that answers do not depend on
 * partitions and executors. Thread-safe; used on the driver.
 */
public final class SparkGroups {

  /** Behind the columns of a result: why a group has none. */
  static final List<String> REFUSALS = List.of("abstained", "reason");

  private final SparkSession spark;
  private final Broadcast<ExecutorHost> host;

  private SparkGroups(SparkSession spark, ExecutorHost host) {
    this.spark = spark;
    this.host = spark.sparkContext().broadcast(host, ClassTag$.MODULE$.apply(ExecutorHost.class));
  }

  /**
   * Groups and tasks that need no model.
   *
   * @param spark the session
   * @return the groups
   */
  public static SparkGroups of(SparkSession spark) {
    return new SparkGroups(spark, ExecutorHost.without());
  }

  /**
   * Groups and tasks with a model, which is broadcast once.
   *
   * @param spark the session
   * @param bundle the model, of any task
   * @return the groups
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be read
   */
  public static SparkGroups with(SparkSession spark, ModelSource bundle) {
    return new SparkGroups(spark, ExecutorHost.with(bundle));
  }

  /**
   * Works on each group.
   *
   * @param rows numbers of any numeric type, booleans (1 and 0), texts, dates and time stamps
   *     (times in UTC); a group's rows must fit into an executor's memory
   * @param by the columns whose values make a group, at least one
   * @param order the columns by which a group's rows are put into order; where they are equal the
   *     order is any
   * @param result the columns that the work gives
   * @param work what is done with a group
   * @return the columns of {@code by}, those of {@code result}, and {@code abstained} and {@code
   *     reason}, which are null but in the one row of a group that was refused
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for all columns that are not
   *     there or hold something else, at once; with {@link ErrorCode#BAD_OPTION} when names of the
   *     result are taken or nothing groups
   */
  public Dataset<Row> map(
      Dataset<Row> rows, List<String> by, List<String> order, StructType result, GroupWork work) {
    StructType given = rows.schema();
    GroupColumns columns = GroupColumns.of(given, by, order);
    List<StructField> fields = new ArrayList<>();
    by.forEach(name -> fields.add(given.fields()[given.fieldIndex(name)]));
    for (StructField field : result.fields()) {
      fields.add(DataTypes.createStructField(field.name(), field.dataType(), true));
    }
    for (String name : REFUSALS) {
      fields.add(DataTypes.createStructField(name, DataTypes.StringType, true));
    }
    Set<String> names = new HashSet<>();
    for (StructField field : fields) {
      if (!names.add(field.name())) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "there are two columns \""
                + field.name()
                + "\"\nMaybe call that of the result otherwise");
      }
    }
    List<Column> sorted = new ArrayList<>();
    by.forEach(name -> sorted.add(functions.col("`" + name + "`")));
    Column[] keys = sorted.toArray(Column[]::new);
    order.forEach(name -> sorted.add(functions.col("`" + name + "`")));
    Broadcast<ExecutorHost> there = host;
    int width = result.size();
    return rows.repartition(keys)
        .sortWithinPartitions(sorted.toArray(Column[]::new))
        .mapPartitions(
            (Iterator<Row> partition) -> new Grouped(partition, columns, width, work, there),
            Encoders.row(DataTypes.createStructType(fields)));
  }

  /**
   * Works with each setting as a task of its own: a sweep of hyper-parameters, the folds of one
   * training.
   *
   * @param settings the settings
   * @param work what is done with each; what comes out must be serialisable
   * @return what came out, in the order of the settings
   * @param <T> a setting
   * @param <R> what comes out
   */
  public <T extends Serializable, R> List<R> sweep(List<T> settings, TaskWork<T, R> work) {
    if (settings.isEmpty()) {
      return List.of();
    }
    Broadcast<ExecutorHost> there = host;
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = IntStream.range(0, settings.size()).boxed().toList();
    List<T> all = new ArrayList<>(settings);
    return context
        .parallelize(numbers, numbers.size())
        .map(number -> work.apply(all.get(number), there.value()))
        .collect();
  }
}
