package io.millwright.core.learn.door;

import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.runtime.predict.TableTasks;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a target column becomes labels, and labels answers.
 *
 * @param binding the task and its types
 * @param label the label of a cell: a {@link Double} or a text, or null when it is not known
 * @param classes whether the answers are classes
 */
record Answer<L, V>(Binding<Table, L, V> binding, Reading<L> label, boolean classes) {

  /** Reads one label. */
  @FunctionalInterface
  interface Reading<L> {
    @Nullable L of(Table table, int row, int column);
  }

  /** Which answer a table calls for. */
  @FunctionalInterface
  interface Kind<V> {
    /**
     * @param trusted whether the target is taken as it is, without what its values tell of it
     */
    Answer<?, V> of(Table table, String target, boolean trusted);
  }

  /** Fewer rows do not tell that something is never negative. */
  private static final int ROWS_FOR_FLOOR = 50;

  /** What comes so near to 0, as a part of its largest tenth, and never below, stops there. */
  private static final double NEAR = 0.05;

  static Answer<Double, Double> ofNumber(Table table, String target, boolean trusted) {
    Column column = table.schema().column(target);
    boolean number = column.type() == ColumnType.NUMBER;
    double low = number && !trusted ? floor(table.numbers(target)) : Double.NEGATIVE_INFINITY;
    Binding<Table, Double, Double> binding =
        new Binding<>(
            TableLearning.NUMBER,
            TableTasks.NUMBER.encoder(),
            Heads.number(column.unit(), low, Double.POSITIVE_INFINITY));
    return new Answer<>(binding, Answer::number, false);
  }

  static Answer<String, ClassScores> ofClasses() {
    return new Answer<>(TableTasks.CLASSES, Answer::text, true);
  }

  /** What the column holds: see {@link TableLearning#target}. */
  static Answer<?, Object> of(Table table, String target, boolean trusted) {
    Column column = table.schema().column(target);
    return column.type().isText() || fewNumbers(table, column)
        ? any(ofClasses())
        : any(ofNumber(table, target, trusted));
  }

  /**
   * Where a quantity stops: at 0 for what is never negative and comes near it, such as times,
   * amounts and counts; else nowhere.
   */
  static double floor(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return sorted.length >= ROWS_FOR_FLOOR
            && sorted[0] >= 0
            && sorted[0] < NEAR * sorted[sorted.length * 9 / 10]
        ? 0
        : Double.NEGATIVE_INFINITY;
  }

  private static <L, V> Answer<L, Object> any(Answer<L, V> known) {
    Task<Table, V> task = known.binding.task();
    return new Answer<>(
        new Binding<>(
            new Task<>(task.id(), task.version(), Table.class, Object.class),
            known.binding.encoder(),
            known.binding.head().answering((Function<V, Object>) v -> v)),
        known.label,
        known.classes);
  }

  private static boolean fewNumbers(Table table, Column column) {
    return column.type() == ColumnType.NUMBER
        && Arrays.stream(table.numbers(column.name()))
                .filter(v -> !Double.isNaN(v))
                .distinct()
                .limit(3)
                .count()
            <= 2;
  }

  private static @Nullable Double number(Table table, int row, int column) {
    double value = table.number(row, column);
    return Double.isNaN(value) ? null : (Double) value;
  }

  private static @Nullable String text(Table table, int row, int column) {
    if (table.schema().columns().get(column).type().isText()) {
      String label = table.label(row, column);
      return label == null || label.isBlank() ? null : label;
    }
    double value = table.number(row, column);
    if (Double.isNaN(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
