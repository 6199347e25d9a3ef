package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Problems;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads CSV files and query results. Holds nothing. */
final class DefaultTableReader implements TableReader {

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");

  @Override
  public Table csv(Path file, Schema schema) {
    Table.Builder table = Table.builder(schema, 1024);
    CsvFile csv = new CsvFile(file);
    csv.read(
        headers -> {
          int[] places = places(file, headers, schema);
          return line -> {
            @Nullable Object[] values = new Object[places.length];
            for (int c = 0; c < places.length; c++) {
              Column column = schema.columns().get(c);
              String cell = line.fields().get(places[c]);
              if (column.type() == ColumnType.CATEGORY) {
                values[c] = cell.isBlank() ? null : cell.strip();
              } else if (!cell.isBlank()) {
                Double number = number(cell);
                if (number == null) {
                  throw notANumber(csv, line.number(), column.name(), cell);
                }
                values[c] = number;
              }
            }
            table.add(values);
          };
        });
    return table.build();
  }

  @Override
  public Table csv(Path file) {
    List<Header> headers = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    CsvFile csv = new CsvFile(file);
    csv.read(
        found -> {
          headers.addAll(found);
          found.forEach(h -> kinds.add(new Kind()));
          return line -> {
            rows.add(line.fields());
            for (int c = 0; c < kinds.size(); c++) {
              kinds.get(c).see(line.number(), line.fields().get(c));
            }
          };
        });
    for (int c = 0; c < kinds.size(); c++) {
      Kind kind = kinds.get(c);
      if (kind.meantAsNumbers(headers.get(c))) {
        throw notANumber(csv, kind.line, headers.get(c).text(), kind.word);
      }
    }
    Schema schema = new Schema(columns(headers, kinds));
    Table.Builder table = Table.builder(schema, rows.size());
    for (List<String> row : rows) {
      @Nullable Object[] values = new Object[schema.size()];
      for (int c = 0; c < values.length; c++) {
        String cell = row.get(c);
        if (!cell.isBlank()) {
          values[c] =
              schema.columns().get(c).type() == ColumnType.NUMBER
                  ? number(cell)
                  : (Object) cell.strip();
        }
      }
      table.add(values);
    }
    return table.build();
  }

  private static MillwrightException notANumber(
      CsvFile csv, long line, String column, String cell) {
    return csv.bad(
        line,
        "column \"" + column + "\" holds \"" + shortened(cell) + "\", which is not a number",
        DECIMAL_COMMA.matcher(cell.strip()).matches()
            ? "numbers are written with a decimal comma; write a point"
            : "the value is missing, then leave the cell empty; or the column holds labels, then"
                + " read it with a schema that says so");
  }

  /** What the cells of a column have shown so far. */
  private static final class Kind {
    private boolean numbers;
    private boolean commas = true;
    private long line;
    private String word = "";

    void see(long at, String cell) {
      if (cell.isBlank()) {
        return;
      }
      if (number(cell) != null) {
        numbers = true;
        return;
      }
      commas = commas && DECIMAL_COMMA.matcher(cell.strip()).matches();
      if (word.isEmpty()) {
        word = cell;
        line = at;
      }
    }

    boolean numeric() {
      return word.isEmpty();
    }

    /**
     * Numbers with a word among them, under a heading with a unit, or numbers with a decimal comma:
     * to take these for labels would only move the trouble to where nobody understands it.
     */
    boolean meantAsNumbers(Header header) {
      return !numeric() && (commas || (numbers && !header.unit().equals(Unit.NONE)));
    }
  }

  /**
   * A bracket in the heading of labels is no unit, and two columns that differ by it alone keep it.
   */
  private static List<Column> columns(List<Header> headers, List<Kind> kinds) {
    Set<String> once = new HashSet<>();
    Set<String> twice = new HashSet<>();
    headers.forEach(h -> (once.add(h.name()) ? once : twice).add(h.name()));
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < headers.size(); c++) {
      Header header = headers.get(c);
      if (!kinds.get(c).numeric()) {
        columns.add(Column.category(header.text()));
      } else {
        String name = twice.contains(header.name()) ? header.text() : header.name();
        columns.add(Column.number(name, header.unit()));
      }
    }
    return columns;
  }

  private static int[] places(Path file, List<Header> headers, Schema schema) {
    Problems problems = new Problems(file.toString());
    int[] places = new int[schema.size()];
    for (int c = 0; c < places.length; c++) {
      Column column = schema.columns().get(c);
      String place = "column \"" + column.name() + "\"";
      places[c] = place(headers, column);
      if (column.type() == ColumnType.IMAGE) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            place,
            "holds images, which a text file does not",
            "read the files with Image.read and put them into a table.");
      }
      if (places[c] < 0) {
        problems.add(
            ErrorCode.MISSING_COLUMN,
            place,
            "is missing; there are " + headers.stream().map(Header::text).toList(),
            "rename a heading, or read another file.");
        continue;
      }
      Header header = headers.get(places[c]);
      boolean hasUnit = !header.text().equals(column.name()) && !header.unit().equals(Unit.NONE);
      if (hasUnit && !header.unit().equals(column.unit())) {
        problems.add(
            ErrorCode.WRONG_UNIT,
            place,
            "is in " + header.unit() + ", but " + column.unit() + " is needed",
            "convert the values, or declare the unit of the file.");
      }
    }
    problems.throwIfAny();
    return places;
  }

  private static int place(List<Header> headers, Column column) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).text().equals(column.name())) {
        return i;
      }
    }
    int found = -1;
    for (int i = 0; i < headers.size(); i++) {
      // Of columns that differ by unit alone the one in the wanted unit is meant.
      if (headers.get(i).name().equals(column.name())
          && (found < 0 || headers.get(i).unit().equals(column.unit()))) {
        found = i;
      }
    }
    return found;
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
    Table.Builder table = Table.builder(schema, 1024);
    int row = 0;
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

  private static @Nullable Object cell(@Nullable Object value, Column column, int row) {
    if (value == null) {
      return null;
    }
    if (column.type() == ColumnType.CATEGORY) {
      return value.toString();
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
            + shortened(value.toString())
            + " ("
            + value.getClass().getSimpleName()
            + ") is not a number\nMaybe convert it in the query with CAST");
  }

  /** The number of a cell, written as people and machines write numbers; null when it is none. */
  private static @Nullable Double number(String cell) {
    String text = cell.strip();
    char last = text.charAt(text.length() - 1);
    // Java would take 1d and 0x1p3 for numbers; in a table they are codes.
    boolean code = "dDfF".indexOf(last) >= 0 || text.indexOf('x') >= 0 || text.indexOf('X') >= 0;
    if (code) {
      return null;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
