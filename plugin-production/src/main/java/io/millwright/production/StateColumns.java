package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns of a table hold a log of machine states.
 *
 * @param at the moment
 * @param resource the machine
 * @param state the state
 * @param amount how much of the slot the state took; empty when every row counts alike
 * @param pieces pieces made; empty when not recorded
 */
public record StateColumns(String at, String resource, String state, String amount, String pieces) {

  /**
   * The names {@code ts}, {@code asset}, {@code status}, {@code status_time} and {@code items}.
   *
   * @return the columns
   */
  public static StateColumns usual() {
    return new StateColumns("ts", "asset", "status", "status_time", "items");
  }

  /**
   * These columns for a table that may lack amounts or pieces.
   *
   * @param table the table
   * @return the columns, without amount and pieces where the table has none of their names
   */
  public StateColumns of(Table table) {
    List<String> names = table.schema().names();
    return new StateColumns(
        at,
        resource,
        state,
        names.contains(amount) ? amount : "",
        names.contains(pieces) ? pieces : "");
  }

  /**
   * The rows of a table.
   *
   * @param table the table
   * @return its rows
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}, {@link ErrorCode#WRONG_TYPE}
   *     or {@link ErrorCode#BAD_VALUE}, naming column and row
   */
  public List<StateReading> read(Table table) {
    List<String> names = table.schema().names();
    int t = place(names, at);
    int r = place(names, resource);
    int s = place(names, state);
    int a = amount.isEmpty() ? -1 : place(names, amount);
    int p = pieces.isEmpty() ? -1 : place(names, pieces);
    List<StateReading> readings = new ArrayList<>(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      readings.add(
          new StateReading(
              text(table, row, r),
              time(table, row, t),
              text(table, row, s),
              a < 0 ? 1 : number(table, row, a),
              p < 0 ? Double.NaN : number(table, row, p)));
    }
    return readings;
  }

  private static int place(List<String> names, String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "the state log has no column \""
              + name
              + "\"; it has "
              + names
              + "\nMaybe name the columns of time, resource, state, amount and pieces");
    }
    return at;
  }

  private static double number(Table table, int row, int column) {
    if (table.schema().columns().get(column).type() != ColumnType.NUMBER) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          "column "
              + table.schema().names().get(column)
              + " should hold numbers, but holds texts\nMaybe name another column");
    }
    return table.number(row, column);
  }

  private static String text(Table table, int row, int column) {
    if (table.schema().columns().get(column).type() == ColumnType.NUMBER) {
      double v = table.number(row, column);
      return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : String.valueOf(v);
    }
    return String.valueOf(table.label(row, column));
  }

  private static Instant time(Table table, int row, int column) {
    if (table.schema().columns().get(column).type() == ColumnType.TIME) {
      long v = table.time(row, column);
      if (v != Table.NO_TIME) {
        return Instant.ofEpochMilli(v);
      }
    }
    String word = text(table, row, column).strip().replace(' ', 'T');
    try {
      return word.endsWith("Z") || word.matches(".*T.*[+-][0-9]{2}:?[0-9]{2}$")
          ? OffsetDateTime.parse(word).toInstant()
          : LocalDateTime.parse(word).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "row " + (row + 1) + ": \"" + word + "\" is no time\nMaybe name another column",
          e);
    }
  }
}
