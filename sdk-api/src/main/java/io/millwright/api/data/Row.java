package io.millwright.api.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row: a value for each column of its schema.
 *
 * @param schema the columns
 * @param values a {@link Double} for each column of numbers, a {@link String} for each category and
 *     an {@link Image} for each column of images; null means missing
 */
public record Row(Schema schema, List<@Nullable Object> values) {

  /** Checks the types, turns any {@link Number} into a {@link Double}, and copies. */
  public Row {
    Objects.requireNonNull(schema, "schema");
    if (values.size() != schema.size()) {
      throw new IllegalArgumentException(
          values.size() + " values for " + schema.size() + " columns " + schema.names());
    }
    List<@Nullable Object> copy = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      copy.add(checked(schema.columns().get(i), values.get(i)));
    }
    values = Collections.unmodifiableList(copy);
  }

  /**
   * A row of some values.
   *
   * @param schema the columns
   * @param values a value for each column; null means missing
   * @return the row
   */
  public static Row of(Schema schema, @Nullable Object... values) {
    List<@Nullable Object> list = new ArrayList<>(values.length);
    Collections.addAll(list, values);
    return new Row(schema, list);
  }

  private static @Nullable Object checked(Column column, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (column.type().isNumeric() && value instanceof Number n) {
      return n.doubleValue();
    }
    if (column.type() == ColumnType.CATEGORY && value instanceof String) {
      return value;
    }
    if (column.type() == ColumnType.IMAGE && value instanceof Image) {
      return value;
    }
    throw new IllegalArgumentException(
        "column \""
            + column.name()
            + "\" holds "
            + column.type()
            + ", but the value is "
            + value
            + " ("
            + value.getClass().getSimpleName()
            + ")");
  }

  /**
   * The row as a table of one row.
   *
   * @return the table
   */
  public Table toTable() {
    return Table.of(schema, List.of(this));
  }
}
