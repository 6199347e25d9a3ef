package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows under one schema, stored by column. Immutable and thread-safe; compared by content. */
public final class Table {

  private final Schema schema;
  private final int rows;
  private final double[][] numbers;
  private final @Nullable String[][] labels;
  private final @Nullable Image[][] images;

  private Table(
      Schema schema,
      int rows,
      double[][] numbers,
      @Nullable String[][] labels,
      @Nullable Image[][] images) {
    this.schema = schema;
    this.rows = rows;
    this.numbers = numbers;
    this.labels = labels;
    this.images = images;
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
    Builder builder = builder(schema, rows.size());
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
   * @throws IllegalArgumentException when a column holds categories or a row has another length
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
    return new Table(
        schema, values.length, numbers, new String[schema.size()][], new Image[schema.size()][]);
  }

  /**
   * Starts a table that is filled row by row.
   *
   * @param schema the columns
   * @param expectedRows how many rows are expected; a hint
   * @return a builder
   */
  public static Builder builder(Schema schema, int expectedRows) {
    return new Builder(schema, expectedRows);
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
   */
  public double number(int row, int column) {
    Objects.checkIndex(row, rows);
    return numbersOf(column)[row];
  }

  /**
   * A label.
   *
   * @param row the row, counted from 0
   * @param column a column of categories, counted from 0
   * @return the label; null when missing
   */
  public @Nullable String label(int row, int column) {
    Objects.checkIndex(row, rows);
    return labelsOf(column)[row];
  }

  /**
   * An image.
   *
   * @param row the row, counted from 0
   * @param column a column of images, counted from 0
   * @return the image; null when missing
   */
  public @Nullable Image image(int row, int column) {
    Objects.checkIndex(row, rows);
    Column c = schema.columns().get(column);
    if (c.type() != ColumnType.IMAGE) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE, "column \"" + c.name() + "\" holds " + c.type() + ", not images");
    }
    return images[column][row];
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
    schema.column(name);
    return numbersOf(schema.indexOf(name)).clone();
  }

  /**
   * A column of labels.
   *
   * @param name its name
   * @return its values; null when missing
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public List<@Nullable String> labels(String name) {
    schema.column(name);
    List<@Nullable String> copy = new ArrayList<>();
    for (String label : labelsOf(schema.indexOf(name))) {
      copy.add(label);
    }
    return java.util.Collections.unmodifiableList(copy);
  }

  /**
   * One row.
   *
   * @param row the row, counted from 0
   * @return the row
   */
  public Row row(int row) {
    Objects.checkIndex(row, rows);
    @Nullable Object[] values = new Object[schema.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] =
          switch (schema.columns().get(c).type()) {
            case NUMBER, AGE -> Double.isNaN(numbers[c][row]) ? null : (Object) numbers[c][row];
            case CATEGORY -> labels[c][row];
            case IMAGE -> images[c][row];
          };
    }
    return Row.of(schema, values);
  }

  /**
   * Some of the rows.
   *
   * @param chosen the rows, counted from 0, in the order they should have; a row may stand more
   *     than once
   * @return a new table
   */
  public Table rows(int... chosen) {
    double[][] n = new double[numbers.length][];
    @Nullable String[][] l = new String[numbers.length][];
    @Nullable Image[][] m = new Image[numbers.length][];
    for (int c = 0; c < numbers.length; c++) {
      switch (schema.columns().get(c).type()) {
        case NUMBER, AGE -> {
          n[c] = new double[chosen.length];
          for (int i = 0; i < chosen.length; i++) {
            n[c][i] = numbers[c][chosen[i]];
          }
        }
        case CATEGORY -> {
          l[c] = new String[chosen.length];
          for (int i = 0; i < chosen.length; i++) {
            l[c][i] = labels[c][chosen[i]];
          }
        }
        case IMAGE -> {
          m[c] = new Image[chosen.length];
          for (int i = 0; i < chosen.length; i++) {
            m[c][i] = images[c][chosen[i]];
          }
        }
      }
    }
    return new Table(schema, chosen.length, n, l, m);
  }

  /**
   * A run of rows.
   *
   * @param from the first row, counted from 0
   * @param to the end, excluded
   * @return a new table
   */
  public Table slice(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    int[] chosen = new int[to - from];
    Arrays.setAll(chosen, i -> from + i);
    return rows(chosen);
  }

  /**
   * Some of the columns. Shares memory with this table.
   *
   * @param names the columns, in the order they should have
   * @return a new table
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}
   */
  public Table columns(List<String> names) {
    List<Column> columns = new ArrayList<>();
    double[][] n = new double[names.size()][];
    @Nullable String[][] l = new String[names.size()][];
    @Nullable Image[][] m = new Image[names.size()][];
    for (int i = 0; i < names.size(); i++) {
      columns.add(schema.column(names.get(i)));
      int c = schema.indexOf(names.get(i));
      n[i] = numbers[c];
      l[i] = labels[c];
      m[i] = images[c];
    }
    return new Table(new Schema(columns), rows, n, l, m);
  }

  private double[] numbersOf(int column) {
    Column c = schema.columns().get(column);
    if (!c.type().isNumeric()) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE, "column \"" + c.name() + "\" holds " + c.type() + ", not numbers");
    }
    return numbers[column];
  }

  private @Nullable String[] labelsOf(int column) {
    Column c = schema.columns().get(column);
    if (c.type() != ColumnType.CATEGORY) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE, "column \"" + c.name() + "\" holds " + c.type() + ", not labels");
    }
    return labels[column];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Table t
        && rows == t.rows
        && schema.equals(t.schema)
        && Arrays.deepEquals(numbers, t.numbers)
        && Arrays.deepEquals(labels, t.labels)
        && Arrays.deepEquals(images, t.images);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        schema,
        rows,
        Arrays.deepHashCode(numbers),
        Arrays.deepHashCode(labels),
        Arrays.deepHashCode(images));
  }

  @Override
  public String toString() {
    return rows + " rows of " + schema.names();
  }

  /** Fills a table row by row. Not thread-safe. */
  public static final class Builder {

    private final Schema schema;
    private double[][] numbers;
    private @Nullable String[][] labels;
    private @Nullable Image[][] images;
    private int rows;

    private Builder(Schema schema, int expectedRows) {
      this.schema = schema;
      int capacity = Math.max(1, expectedRows);
      numbers = new double[schema.size()][];
      labels = new String[schema.size()][];
      images = new Image[schema.size()][];
      for (int c = 0; c < schema.size(); c++) {
        switch (schema.columns().get(c).type()) {
          case NUMBER, AGE -> numbers[c] = new double[capacity];
          case CATEGORY -> labels[c] = new String[capacity];
          case IMAGE -> images[c] = new Image[capacity];
        }
      }
    }

    /**
     * Adds a row.
     *
     * @param values a {@link Number} for each column of numbers, a {@link String} for each
     *     category, an {@link Image} for each column of images; null means missing
     * @return this
     * @throws IllegalArgumentException when the number of values or a type does not fit
     */
    public Builder add(@Nullable Object... values) {
      return add(Arrays.asList(values));
    }

    /**
     * Adds a row.
     *
     * @param values a {@link Number} for each column of numbers, a {@link String} for each
     *     category, an {@link Image} for each column of images; null means missing
     * @return this
     * @throws IllegalArgumentException when the number of values or a type does not fit
     */
    public Builder add(List<? extends @Nullable Object> values) {
      if (values.size() != schema.size()) {
        throw new IllegalArgumentException(
            "row "
                + rows
                + " has "
                + values.size()
                + " values for "
                + schema.size()
                + " columns "
                + schema.names());
      }
      for (int c = 0; c < schema.size(); c++) {
        Column column = schema.columns().get(c);
        Object value = values.get(c);
        if (column.type().isNumeric() && (value == null || value instanceof Number)) {
          if (rows == numbers[c].length) {
            numbers[c] = Arrays.copyOf(numbers[c], rows * 2);
          }
          numbers[c][rows] = value == null ? Double.NaN : ((Number) value).doubleValue();
        } else if (column.type() == ColumnType.CATEGORY
            && (value == null || value instanceof String)) {
          if (rows == labels[c].length) {
            labels[c] = Arrays.copyOf(labels[c], rows * 2);
          }
          labels[c][rows] = (String) value;
        } else if (column.type() == ColumnType.IMAGE && (value == null || value instanceof Image)) {
          if (rows == images[c].length) {
            images[c] = Arrays.copyOf(images[c], rows * 2);
          }
          images[c][rows] = (Image) value;
        } else {
          throw new IllegalArgumentException(
              "row "
                  + rows
                  + ", column \""
                  + column.name()
                  + "\" holds "
                  + column.type()
                  + ", but the value is "
                  + value);
        }
      }
      rows++;
      return this;
    }

    /**
     * The table of the rows added so far.
     *
     * @return the table
     */
    public Table build() {
      double[][] n = new double[schema.size()][];
      @Nullable String[][] l = new String[schema.size()][];
      @Nullable Image[][] m = new Image[schema.size()][];
      for (int c = 0; c < schema.size(); c++) {
        switch (schema.columns().get(c).type()) {
          case NUMBER, AGE -> n[c] = Arrays.copyOf(numbers[c], rows);
          case CATEGORY -> l[c] = Arrays.copyOf(labels[c], rows);
          case IMAGE -> m[c] = Arrays.copyOf(images[c], rows);
        }
      }
      return new Table(schema, rows, n, l, m);
    }
  }
}
