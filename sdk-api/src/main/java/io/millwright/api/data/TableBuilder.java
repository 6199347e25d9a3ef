package io.millwright.api.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a table row by row, or column by column. Not thread-safe. */
public final class TableBuilder {

  private final Schema schema;
  private final ColumnValues.Growing[] columns;
  private int rows;

  TableBuilder(Schema schema, int expectedRows) {
    this.schema = schema;
    columns = new ColumnValues.Growing[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = new ColumnValues.Growing(schema.columns().get(c), expectedRows);
    }
  }

  /**
   * Adds a row.
   *
   * @param values a {@link Number} for each column of numbers, a {@link String} for each category
   *     and text, an {@link java.time.Instant} for each time, an {@link Image} for each column of
   *     images; null means missing
   * @return this
   * @throws IllegalArgumentException when the number of values or a type does not fit
   */
  public TableBuilder add(@Nullable Object... values) {
    return add(Arrays.asList(values));
  }

  /**
   * Adds a row.
   *
   * @param values as {@link #add(Object...)}
   * @return this
   * @throws IllegalArgumentException when the number of values or a type does not fit
   */
  public TableBuilder add(List<? extends @Nullable Object> values) {
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
    for (int c = 0; c < columns.length; c++) {
      Object value = values.get(c);
      if (!columns[c].takes(value)) {
        Column column = schema.columns().get(c);
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
    for (int c = 0; c < columns.length; c++) {
      columns[c].add(values.get(c));
    }
    rows++;
    return this;
  }

  /**
   * Adds a number to one column, without boxing it. Whoever fills by column must give each column
   * one value and then call {@link #endRow}.
   *
   * @param column a column of numbers, counted from 0
   * @param value the value; NaN when missing
   */
  public void number(int column, double value) {
    columns[column].number(value);
  }

  /**
   * Adds a category or text to one column, as {@link #number} does.
   *
   * @param column a column of categories or texts, counted from 0
   * @param value the value; null when missing
   */
  public void text(int column, @Nullable String value) {
    columns[column].text(value);
  }

  /**
   * Adds a time to one column, as {@link #number} does.
   *
   * @param column a column of times, counted from 0
   * @param millis milliseconds since 1970-01-01T00:00Z; {@link Table#NO_TIME} when missing
   */
  public void time(int column, long millis) {
    columns[column].time(millis);
  }

  /** Ends a row that was filled column by column. */
  public void endRow() {
    rows++;
  }

  /**
   * How many different texts a column has so far.
   *
   * @param column a column of categories or texts, counted from 0
   * @return the number of different values
   */
  public int distinct(int column) {
    return columns[column].distinct();
  }

  /**
   * The table of the rows added so far. More rows may be added afterwards, for another table.
   *
   * @return the table
   * @throws IllegalStateException when a column has another number of values than there are rows
   */
  public Table build() {
    ColumnValues[] values = new ColumnValues[columns.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = columns[c].build();
      if (values[c].size != rows) {
        throw new IllegalStateException(
            "column \""
                + schema.columns().get(c).name()
                + "\" has "
                + values[c].size
                + " values for "
                + rows
                + " rows");
      }
    }
    return new Table(schema, rows, values);
  }
}
