package io.millwright.api.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * One row: a value for each column of its schema. A row of a table is read where it lies. Immutable
 * and thread-safe; compared by schema and values.
 */
public final class Row {

  private final Table table;
  private final int at;

  /**
   * A row of some values.
   *
   * @param schema the columns
   * @param values a {@link Number} for each column of numbers, a {@link String} for each category
   *     and text, an {@link java.time.Instant} for each time and an {@link Image} for each column
   *     of images; null means missing
   * @throws IllegalArgumentException when the number of values or a type does not fit
   */
  public Row(Schema schema, List<? extends @Nullable Object> values) {
    this(Table.builder(schema, 1).add(values).build(), 0);
  }

  Row(Table table, int at) {
    this.table = table;
    this.at = at;
  }

  /**
   * A row of some values.
   *
   * @param schema the columns
   * @param values a value for each column; null means missing
   * @return the row
   * @throws IllegalArgumentException when the number of values or a type does not fit
   */
  public static Row of(Schema schema, @Nullable Object... values) {
    return new Row(schema, Arrays.asList(values));
  }

  /**
   * The columns.
   *
   * @return the schema
   */
  public Schema schema() {
    return table.schema();
  }

  /**
   * The values.
   *
   * @return a {@link Double} for each column of numbers, a {@link String} for each category and
   *     text, an {@link java.time.Instant} for each time and an {@link Image} for each column of
   *     images; null means missing; a view that cannot be changed
   */
  public List<@Nullable Object> values() {
    return Collections.unmodifiableList(new Values());
  }

  /** Looks each value up when it is asked for. */
  private final class Values extends AbstractList<@Nullable Object> implements RandomAccess {
    @Override
    public @Nullable Object get(int column) {
      return table.value(at, Objects.checkIndex(column, size()));
    }

    @Override
    public int size() {
      return table.schema().size();
    }
  }

  /**
   * A number.
   *
   * @param column a column of numbers, counted from 0
   * @return the value; NaN when missing
   */
  public double number(int column) {
    return table.number(at, column);
  }

  /**
   * A text.
   *
   * @param column a column that is neither of numbers nor of images, counted from 0
   * @return the text, as {@link Table#label} gives it; null when missing
   */
  public @Nullable String label(int column) {
    return table.label(at, column);
  }

  /**
   * The row as a table of one row, which shares its memory.
   *
   * @return the table
   */
  public Table toTable() {
    return table.rows() == 1 ? table : table.slice(at, at + 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row
        && schema().equals(row.schema())
        && values().equals(row.values());
  }

  @Override
  public int hashCode() {
    return 31 * schema().hashCode() + values().hashCode();
  }

  @Override
  public String toString() {
    return schema().names() + " = " + values();
  }
}
