package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows under one schema, stored by column: numbers and times as arrays of primitives, categories
 * and texts as places in a dictionary. Runs of rows and choices of columns share memory. Immutable
 * and thread-safe; compared by content.
 */
public final class Table {

  /** Stands for a time that is not known, in milliseconds. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private final Schema schema;
  private final int rows;
  private final ColumnValues[] values;

  Table(Schema schema, int rows, ColumnValues[] values) {
    this.schema = schema;
    this.rows = rows;
    this.values = values;
  }

  /**
   * A table of some rows.
   *
   * @param schema the columns
   * @param rows the rows, each with an equal schema; may be empty
   * @return the table
   * @throws IllegalArgumentException when a row has another schema
   */
  public static Table of(Schema schema, List<Row> rows) {
    TableBuilder builder = builder(schema, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (!row.schema().equals(schema)) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " has the columns "
                + row.schema().columns()
                + ", but the table has "
                + schema.columns());
      }
      builder.add(row.values());
    }
    return builder.build();
  }

  /**
   * A table of numbers.
   *
   * @param schema the columns, all of numbers
   * @param values the values by row, each as long as the schema; copied
   * @return the table
   * @throws IllegalArgumentException when a column holds something else or a row has another length
   */
  public static Table ofNumbers(Schema schema, double[][] values) {
    double[][] numbers = new double[schema.size()][values.length];
    for (Column column : schema.columns()) {
      if (!column.type().isNumeric()) {
        throw new IllegalArgumentException(
            "column \"" + column.name() + "\" holds " + column.type());
      }
    }
    for (int r = 0; r < values.length; r++) {
      if (values[r].length != schema.size()) {
        throw new IllegalArgumentException(
            "row " + r + " has " + values[r].length + " values for " + schema.size() + " columns");
      }
      for (int c = 0; c < schema.size(); c++) {
        numbers[c][r] = values[r][c];
      }
    }
    ColumnValues[] columns = new ColumnValues[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = new ColumnValues.Numbers(numbers[c], 0, values.length);
    }
    return new Table(schema, values.length, columns);
  }

  /**
   * Starts a table that is filled row by row.
   *
   * @param schema the columns
   * @param expectedRows how many rows are expected; a hint
   * @return a builder
   */
  public static TableBuilder builder(Schema schema, int expectedRows) {
    return new TableBuilder(schema, expectedRows);
  }

  /**
   * The columns.
   *
   * @return the schema
   */
  public Schema schema() {
    return schema;
  }

  /**
   * The number of rows.
   *
   * @return the number of rows, possibly 0
   */
  public int rows() {
    return rows;
  }

  /**
   * A number.
   *
   * @param row the row, counted from 0
   * @param column a column of numbers, counted from 0
   * @return the value; NaN when missing
   * @throws MillwrightException with {@link ErrorCode#WRONG_TYPE}
   */
  public double number(int row, int column) {
    Objects.checkIndex(row, rows);
    return values[column] instanceof ColumnValues.Numbers n ? n.at(row) : numbersOf(column).at(row);
  }

  /**
   * A text.
   *
   * @param row the row, counted from 0
   * @param column a column of categories, texts or times, counted from 0
   * @return the category or text; a time as ISO 8601 writes it, without offset and as a date where
   *     the whole column holds dates; null when missing
   * @throws MillwrightException with {@link ErrorCode#WRONG_TYPE}
   */
  public @Nullable String label(int row, int column) {
    Objects.checkIndex(row, rows);
    ColumnValues of = values[column];
    if (of instanceof ColumnValues.Texts t) {
      return t.at(row);
    }
    if (of instanceof ColumnValues.Times t) {
      return t.text(row);
    }
    throw wrong(column, "texts");
  }

  /**
   * A point in time.
   *
   * @param row the row, counted from 0
   * @param column a column of times, counted from 0
   * @return milliseconds since 1970-01-01T00:00Z; {@link #NO_TIME} when missing
   * @throws MillwrightException with {@link ErrorCode#WRONG_TYPE}
   */
  public long time(int row, int column) {
    Objects.checkIndex(row, rows);
    return timesOf(column).at(row);
  }

  /**
   * An image.
   *
   * @param row the row, counted from 0
   * @param column a column of images, counted from 0
   * @return the image; null when missing
   * @throws MillwrightException with {@link ErrorCode#WRONG_TYPE}
   */
  public @Nullable Image image(int row, int column) {
    Objects.checkIndex(row, rows);
    if (values[column] instanceof ColumnValues.Images i) {
      return i.at(row);
    }
    throw wrong(column, "images");
  }

  @Nullable Object value(int row, int column) {
    return values[column].boxed(row);
  }

  /**
   * A column of numbers.
   *
   * @param name its name
   * @return a copy of its values; NaN when missing
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public double[] numbers(String name) {
    return numbersOf(place(name)).copy();
  }

  /**
   * A column of times.
   *
   * @param name its name
   * @return a copy of its values in milliseconds since 1970-01-01T00:00Z; {@link #NO_TIME} when
   *     missing
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public long[] times(String name) {
    return timesOf(place(name)).copy();
  }

  /**
   * A column of categories, texts or times.
   *
   * @param name its name
   * @return its values as {@link #label} gives them; null when missing
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public List<@Nullable String> labels(String name) {
    int column = place(name);
    List<@Nullable String> copy = new ArrayList<>(rows);
    if (rows == 0 && !(values[column] instanceof ColumnValues.Texts)) {
      timesOf(column);
    }
    for (int row = 0; row < rows; row++) {
      copy.add(label(row, column));
    }
    return Collections.unmodifiableList(copy);
  }

  /**
   * The different values of a column of categories or texts.
   *
   * @param name its name
   * @return each value once, in the order of its first row; missing ones left out
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public List<String> distinct(String name) {
    int column = place(name);
    if (values[column] instanceof ColumnValues.Texts t) {
      return Collections.unmodifiableList(t.distinct());
    }
    throw wrong(column, "categories or texts");
  }

  /**
   * One row, read where it lies.
   *
   * @param row the row, counted from 0
   * @return the row, which shares this table's memory
   */
  public Row row(int row) {
    return new Row(this, Objects.checkIndex(row, rows));
  }

  /**
   * Some of the rows.
   *
   * @param chosen the rows, counted from 0, in the order they should have; a row may stand more
   *     than once
   * @return a new table
   */
  public Table rows(int... chosen) {
    ColumnValues[] picked = new ColumnValues[values.length];
    for (int c = 0; c < picked.length; c++) {
      picked[c] = values[c].pick(chosen);
    }
    return new Table(schema, chosen.length, picked);
  }

  /**
   * A run of rows, which shares this table's memory.
   *
   * @param from the first row, counted from 0
   * @param to the end, excluded
   * @return a new table
   */
  public Table slice(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    ColumnValues[] run = new ColumnValues[values.length];
    for (int c = 0; c < run.length; c++) {
      run[c] = values[c].slice(from, to - from);
    }
    return new Table(schema, to - from, run);
  }

  /**
   * Some of the columns. Shares memory with this table.
   *
   * @param names the columns, in the order they should have
   * @return a new table
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}
   */
  public Table select(List<String> names) {
    List<Column> columns = new ArrayList<>();
    ColumnValues[] chosen = new ColumnValues[names.size()];
    for (int i = 0; i < chosen.length; i++) {
      columns.add(schema.column(names.get(i)));
      chosen[i] = values[schema.indexOf(names.get(i))];
    }
    return new Table(new Schema(columns), rows, chosen);
  }

  /**
   * All columns but some. Shares memory with this table.
   *
   * @param names the columns to leave out
   * @return a new table
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}
   */
  public Table without(String... names) {
    Set<String> out = new HashSet<>();
    for (String name : names) {
      out.add(schema.column(name).name());
    }
    return select(schema.names().stream().filter(n -> !out.contains(n)).toList());
  }

  /**
   * The table with one more column of numbers, or another one of the same name in its place. Shares
   * memory with this table.
   *
   * @param column a column of numbers
   * @param numbers a value for each row, NaN when missing; copied
   * @return a new table
   * @throws IllegalArgumentException when the column holds something else, or the number of values
   *     is not that of the rows
   */
  public Table with(Column column, double[] numbers) {
    need(column, column.type().isNumeric(), numbers.length);
    return with(column, new ColumnValues.Numbers(numbers.clone(), 0, rows));
  }

  /**
   * The table with one more column of categories or texts, or another one of the same name in its
   * place. Shares memory with this table.
   *
   * @param column a column of categories or texts
   * @param texts a value for each row, null when missing
   * @return a new table
   * @throws IllegalArgumentException as {@link #with(Column, double[])}
   */
  public Table with(Column column, List<? extends @Nullable String> texts) {
    need(column, column.type().isText(), texts.size());
    ColumnValues.Growing growing = new ColumnValues.Growing(column, rows);
    texts.forEach(growing::text);
    return with(column, growing.build());
  }

  /**
   * The table with one more column of times, or another one of the same name in its place. Shares
   * memory with this table.
   *
   * @param column a column of times
   * @param millis milliseconds since 1970-01-01T00:00Z for each row, {@link #NO_TIME} when missing;
   *     copied
   * @return a new table
   * @throws IllegalArgumentException as {@link #with(Column, double[])}
   */
  public Table with(Column column, long[] millis) {
    need(column, column.type() == ColumnType.TIME, millis.length);
    return with(column, new ColumnValues.Times(millis.clone(), 0, rows));
  }

  private void need(Column column, boolean fits, int length) {
    if (!fits) {
      throw new IllegalArgumentException(
          "column \"" + column.name() + "\" holds " + column.type() + ", but the values do not");
    }
    if (length != rows) {
      throw new IllegalArgumentException(
          "column \"" + column.name() + "\" has " + length + " values for " + rows + " rows");
    }
  }

  private Table with(Column column, ColumnValues added) {
    int place = schema.indexOf(column.name());
    int at = place < 0 ? schema.size() : place;
    List<Column> columns = new ArrayList<>(schema.columns());
    ColumnValues[] all = Arrays.copyOf(values, Math.max(values.length, at + 1));
    if (place < 0) {
      columns.add(column);
    } else {
      columns.set(at, column);
    }
    all[at] = added;
    return new Table(new Schema(columns), rows, all);
  }

  private int place(String name) {
    int place = schema.indexOf(name);
    if (place < 0) {
      schema.column(name);
    }
    return place;
  }

  private ColumnValues.Numbers numbersOf(int column) {
    if (values[column] instanceof ColumnValues.Numbers n) {
      return n;
    }
    throw wrong(column, "numbers");
  }

  private ColumnValues.Times timesOf(int column) {
    if (values[column] instanceof ColumnValues.Times t) {
      return t;
    }
    throw wrong(column, "times");
  }

  private MillwrightException wrong(int column, String wanted) {
    Column c = schema.columns().get(column);
    return new MillwrightException(
        ErrorCode.WRONG_TYPE,
        "column \""
            + c.name()
            + "\" holds "
            + c.type()
            + ", not "
            + wanted
            + "\nMaybe another column is meant, it should be read as another type, or left out by"
            + " without(...)");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Table t
        && rows == t.rows
        && schema.equals(t.schema)
        && Arrays.equals(values, t.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema, rows, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return rows + " rows of " + schema.names();
  }
}
