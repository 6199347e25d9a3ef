package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.NumberArray;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.TableReader;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.arrays.NumpyFiles;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads CSV files and query results. Holds nothing. */
final class DefaultTableReader implements TableReader {

  @Override
  public ReadTable read(Path file, CsvFormat format) {
    return reading(file, format).table(null);
  }

  @Override
  public ReadTable read(Path file, Schema schema, CsvFormat format) {
    return reading(file, format).table(schema);
  }

  @Override
  public ReadingReport batches(
      Path file, CsvFormat format, int rows, Consumer<? super Table> batches) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch has at least 1 row, not " + rows);
    }
    return reading(file, format).batches(rows, batches);
  }

  private static CsvReading reading(Path file, CsvFormat format) {
    if (JsonLines.is(file)) {
      CsvFormat pointed = SourceRows.pointed(format);
      return new CsvReading(new SourceRows(new JsonLines(file, pointed), pointed), pointed);
    }
    return new CsvReading(CsvFile.of(file, format), format);
  }

  @Override
  public Table numpy(Path file) {
    return NumpyFiles.table(file);
  }

  @Override
  public Map<String, NumberArray> arrays(Path file) {
    return NumpyFiles.read(file);
  }

  @Override
  public Table jdbc(ResultSet result, Schema schema) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      labels.add(meta.getColumnLabel(i));
    }
    Problems problems = new Problems("the query");
    int[] places = new int[schema.size()];
    for (int c = 0; c < places.length; c++) {
      places[c] = place(labels, schema.columns().get(c).name());
      if (places[c] < 0) {
        problems.add(
            ErrorCode.MISSING_COLUMN,
            "column \"" + schema.columns().get(c).name() + "\"",
            "is missing; there are " + labels,
            "select it, with AS to give it this name.");
      }
    }
    problems.throwIfAny();
    TableBuilder table = Table.builder(schema, 1024);
    long row = 0;
    while (result.next()) {
      row++;
      @Nullable Object[] values = new Object[places.length];
      for (int c = 0; c < places.length; c++) {
        values[c] = cell(result.getObject(places[c] + 1), schema.columns().get(c), row);
      }
      table.add(values);
    }
    return table.build();
  }

  /**
   * Databases fold the case of names, so that of a label decides only between labels that differ by
   * nothing else.
   */
  private static int place(List<String> labels, String name) {
    if (labels.contains(name)) {
      return labels.indexOf(name);
    }
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Object cell(@Nullable Object value, Column column, long row) {
    if (value == null) {
      return null;
    }
    if (column.type().isText()) {
      return value.toString();
    }
    if (column.type() == ColumnType.TIME) {
      Instant time = time(value);
      if (time != null) {
        return time;
      }
    }
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw new MillwrightException(
        ErrorCode.WRONG_TYPE,
        "row "
            + row
            + " of the query, column \""
            + column.name()
            + "\": "
            + Judge.cut(value.toString())
            + " ("
            + value.getClass().getSimpleName()
            + ") is not a "
            + column.type()
            + "\nMaybe convert it in the query with CAST");
  }

  /** The instant of what drivers give; times without zone count as those of UTC. */
  private static @Nullable Instant time(Object value) {
    if (value instanceof Instant i) {
      return i;
    }
    if (value instanceof OffsetDateTime o) {
      return o.toInstant();
    }
    if (value instanceof java.sql.Timestamp t) {
      return t.toLocalDateTime().toInstant(ZoneOffset.UTC);
    }
    if (value instanceof java.sql.Date d) {
      return d.toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (value instanceof LocalDateTime l) {
      return l.toInstant(ZoneOffset.UTC);
    }
    return value instanceof LocalDate d ? d.atStartOfDay().toInstant(ZoneOffset.UTC) : null;
  }
}
