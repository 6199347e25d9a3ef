package io.millwright.integration.spark;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a DataFrame as those of a table, and which of them make a group.
 *
 * @param names their names
 * @param kinds what they hold
 * @param keys the places of those that make a group
 */
record GroupColumns(List<String> names, List<Kind> kinds, int[] keys) implements Serializable {

  private static final long serialVersionUID = 1;

  /** What a column holds. */
  enum Kind {
    NUMBER,
    CATEGORY,
    TIME
  }

  /**
   * Looks at the columns.
   *
   * @throws MillwrightException for all that do not fit, at once
   */
  static GroupColumns of(StructType columns, List<String> by, List<String> order) {
    if (by.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "no column makes a group\nMaybe name that of the series or assets");
    }
    List<String> names = List.of(columns.fieldNames());
    List<Finding> findings = new ArrayList<>();
    for (String name : by) {
      there(name, names, findings);
    }
    for (String name : order) {
      there(name, names, findings);
    }
    List<Kind> kinds = new ArrayList<>();
    for (StructField field : columns.fields()) {
      Kind kind = kind(field.dataType());
      if (kind == null) {
        findings.add(
            new Finding(
                ErrorCode.WRONG_SHAPE,
                "column \"" + field.name() + "\"",
                "holds " + field.dataType().simpleString(),
                "leave it out by select, or cast it."));
      } else {
        kinds.add(kind);
      }
    }
    if (!findings.isEmpty()) {
      throw MillwrightException.of("the DataFrame", findings);
    }
    return new GroupColumns(names, kinds, by.stream().mapToInt(names::indexOf).toArray());
  }

  private static void there(String name, List<String> names, List<Finding> findings) {
    if (!names.contains(name)) {
      findings.add(
          new Finding(
              ErrorCode.WRONG_SHAPE,
              "column \"" + name + "\"",
              "is not there",
              "name one of " + names + "."));
    }
  }

  private static @Nullable Kind kind(DataType type) {
    if (type instanceof NumericType || type instanceof BooleanType) {
      return Kind.NUMBER;
    } else if (type instanceof StringType) {
      return Kind.CATEGORY;
    }
    boolean time =
        type instanceof TimestampType
            || type instanceof TimestampNTZType
            || type instanceof DateType;
    return time ? Kind.TIME : null;
  }

  /** Whether two rows are of one group. */
  boolean same(Row one, Row other) {
    for (int key : keys) {
      if (!Objects.equals(one.get(key), other.get(key))) {
        return false;
      }
    }
    return true;
  }

  /** The rows of a group. */
  Table table(List<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      columns.add(
          switch (kinds.get(c)) {
            case NUMBER -> Column.number(names.get(c));
            case CATEGORY -> Column.category(names.get(c));
            case TIME -> Column.time(names.get(c));
          });
    }
    TableBuilder table = Table.builder(new Schema(columns), rows.size());
    @Nullable Object[] cells = new Object[columns.size()];
    for (Row row : rows) {
      for (int c = 0; c < cells.length; c++) {
        cells[c] = cell(row.get(c), kinds.get(c));
      }
      table.add(cells);
    }
    return table.build();
  }

  private static @Nullable Object cell(@Nullable Object cell, Kind kind) {
    return switch (kind) {
      case NUMBER -> Cells.number(cell);
      case CATEGORY -> cell;
      case TIME -> cell == null ? null : time(cell);
    };
  }

  /** Whichever of Spark's two families of classes for times a session uses. */
  private static Instant time(Object cell) {
    if (cell instanceof Instant instant) {
      return instant;
    } else if (cell instanceof java.sql.Timestamp stamp) {
      return stamp.toInstant();
    } else if (cell instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    LocalDate day = cell instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) cell;
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
