package io.millwright.runtime.explain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Columns, or runs of rows of columns, as features. */
final class ColumnView implements FeatureView<Table> {

  private final List<String> columns;
  private final int run;

  /**
   * @param columns the columns
   * @param run how many rows one feature has, 0 for all
   */
  ColumnView(List<String> columns, int run) {
    this.columns = List.copyOf(columns);
    this.run = run;
    if (columns.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "no column to explain\nMaybe name the inputs of the model");
    }
  }

  private int runs(Table input) {
    return run == 0 ? 1 : Math.max(1, (input.rows() + run - 1) / run);
  }

  @Override
  public List<String> names(Table input) {
    int runs = runs(input);
    if (run == 0) {
      return columns;
    }
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      for (int r = 0; r < runs; r++) {
        int end = input.rows() - (runs - 1 - r) * run;
        int from = Math.max(0, end - run) + 1;
        names.add(column + (from == end ? ", row " + end : ", rows " + from + " to " + end));
      }
    }
    return names;
  }

  @Override
  public Table mixed(Table input, Table reference, BitSet kept) {
    int runs = runs(input);
    if (kept.cardinality() == columns.size() * runs) {
      return input;
    }
    Schema schema = input.schema();
    int[] place = new int[schema.size()];
    for (int c = 0; c < place.length; c++) {
      place[c] = columns.indexOf(schema.columns().get(c).name());
    }
    TableBuilder builder = Table.builder(schema, input.rows());
    for (int row = 0; row < input.rows(); row++) {
      int of = run == 0 ? 0 : runs - 1 - (input.rows() - 1 - row) / run;
      for (int c = 0; c < place.length; c++) {
        boolean own = place[c] < 0 || kept.get(place[c] * runs + of);
        copy(
            own ? input : reference,
            own ? row : aligned(row, input, reference),
            c,
            schema,
            builder);
      }
      builder.endRow();
    }
    return builder.build();
  }

  /** Counted from the end, for the newest rows decide; a short reference gives its first row. */
  private static int aligned(int row, Table input, Table reference) {
    return Math.max(0, reference.rows() - input.rows() + row);
  }

  private static void copy(Table from, int row, int c, Schema schema, TableBuilder builder) {
    Column column = schema.columns().get(c);
    int at = from.schema().equals(schema) ? c : from.schema().indexOf(column.name());
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "the reference has no column \""
              + column.name()
              + "\"\nMaybe give background rows with the columns of the input");
    }
    if (column.type().isNumeric()) {
      builder.number(c, from.number(row, at));
    } else if (column.type().isText()) {
      builder.text(c, from.label(row, at));
    } else if (column.type() == ColumnType.TIME) {
      builder.time(c, from.time(row, at));
    } else {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          "column \""
              + column.name()
              + "\" holds "
              + column.type()
              + "\nMaybe leave it out of the input: only numbers and labels can be explained here");
    }
  }

  @Override
  public String text(Table input, int feature) {
    int runs = runs(input);
    int r = feature % runs;
    int row = run == 0 ? input.rows() - 1 : input.rows() - 1 - (runs - 1 - r) * run;
    return text(input, columns.get(feature / runs), row);
  }

  /** A value with its unit. */
  static String text(Table input, String name, int row) {
    int c = input.schema().indexOf(name);
    Column column = input.schema().column(name);
    if (column.type() == ColumnType.TIME) {
      long time = input.time(row, c);
      return time == Table.NO_TIME ? "missing" : Instant.ofEpochMilli(time).toString();
    }
    if (!column.type().isNumeric()) {
      return Objects.requireNonNullElse(input.label(row, c), "missing");
    }
    return text(input.number(row, c), column.unit().symbol());
  }

  static String text(double value, @Nullable String unit) {
    if (Double.isNaN(value)) {
      return "missing";
    }
    String number =
        value == Math.rint(value) && Math.abs(value) < 1e9
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.4g", value);
    return unit == null || unit.isEmpty() ? number : number + " " + unit;
  }
}
