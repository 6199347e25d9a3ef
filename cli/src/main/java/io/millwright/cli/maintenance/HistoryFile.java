package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Histories of several units in one table, one row a cycle.
 *
 * @param file where the table comes from, for messages
 * @param unit the column that names the unit
 * @param time the column by which a unit's rows are put in order; null when they are in order
 * @param ageUnknown whether the records do not begin when their units were new
 */
record HistoryFile(Path file, String unit, @Nullable String time, boolean ageUnknown) {

  /** Fewer whole numbers may fall by chance. */
  private static final int WHOLE = 8;

  /**
   * The units in the order of their first rows.
   *
   * @param table all columns
   * @param running the units that still run; the others have failed after their last row
   * @param left columns that are no readings
   * @return their histories
   */
  List<UnitHistory> units(Table table, Set<String> running, List<String> left) {
    has(table.schema(), unit);
    if (time != null) {
      has(table.schema(), time);
    }
    Map<String, List<Integer>> rows = rows(table);
    Set<String> unknown = new HashSet<>(running);
    unknown.removeAll(rows.keySet());
    if (!unknown.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          file + " has no unit " + unknown + "\nMaybe one of " + first(rows.keySet()));
    }
    List<String> names =
        table.schema().names().stream()
            .filter(n -> !n.equals(unit) && !n.equals(time) && !left.contains(n))
            .toList();
    if (names.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          file + " has no readings\nMaybe only some columns were exported");
    }
    Table readings = table.select(names);
    List<UnitHistory> units = new ArrayList<>();
    rows.forEach(
        (name, chosen) ->
            units.add(
                new UnitHistory(
                    name,
                    readings.rows(inOrder(table, chosen)),
                    ageUnknown ? Double.NaN : 0,
                    running.contains(name) ? UnitHistory.End.RUNNING : UnitHistory.End.FAILED)));
    return units;
  }

  /**
   * Refuses rows that a column numbers in another order, or from the newest to the oldest, where no
   * column was said to order them.
   *
   * @param table all columns
   * @param left columns that are no readings
   */
  void refuseDisorder(Table table, List<String> left) {
    has(table.schema(), unit);
    List<List<Integer>> long3 = rows(table).values().stream().filter(r -> r.size() > 2).toList();
    if (long3.isEmpty()) {
      return;
    }
    List<Column> numbering =
        table.schema().columns().stream()
            .filter(c -> c.type() == ColumnType.TIME || c.type() == ColumnType.NUMBER)
            .filter(c -> !c.name().equals(unit) && !left.contains(c.name()))
            .toList();
    boolean ordered =
        numbering.stream()
            .map(c -> times(table, c.name()))
            .anyMatch(times -> long3.stream().allMatch(rows -> goes(times, rows, 1)));
    for (Column column : numbering) {
      String name = column.name();
      boolean dates = column.type() == ColumnType.TIME;
      double[] times = times(table, name);
      boolean up = long3.stream().allMatch(rows -> goes(times, rows, 1));
      boolean down = !dates && long3.stream().allMatch(rows -> goes(times, rows, -1));
      if (down && newestFirst(times, long3, ordered)) {
        int first = long3.get(0).get(0);
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + ": the rows of each unit are numbered backwards by \""
                + name
                + "\", from "
                + Texts.at(table, name, first)
                + " down to "
                + Texts.at(table, name, long3.get(0).get(long3.get(0).size() - 1))
                + " for unit "
                + Texts.at(table, unit, first)
                + "\nMaybe the newest rows come first: state --time-column "
                + name
                + "; or it counts what is left, which a model must not know: state --ignore "
                + name);
      }
      if (!up && !down && long3.stream().allMatch(rows -> orders(times, rows, dates))) {
        List<Integer> first =
            long3.stream().filter(rows -> !goes(times, rows, 1)).findFirst().orElseThrow();
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + ": the rows of unit "
                + Texts.at(table, unit, first.get(0))
                + " are not in the order of \""
                + name
                + "\", which numbers them\nMaybe state --time-column "
                + name
                + ", or --ignore "
                + name
                + " where the rows are in order");
      }
    }
  }

  /**
   * Whether a column that falls in every unit numbers the rows: in equal steps, or in whole numbers
   * of longer records, to one end. An allowance that runs down begins alike and ends anywhere.
   *
   * @param ordered whether another column rises in every unit
   */
  private static boolean newestFirst(double[] times, List<List<Integer>> units, boolean ordered) {
    boolean counts =
        units.stream()
            .allMatch(
                rows -> orders(times, rows, false) || (rows.size() >= WHOLE && whole(times, rows)));
    double[] first = units.stream().mapToDouble(rows -> times[rows.get(0)]).distinct().toArray();
    double[] last =
        units.stream().mapToDouble(rows -> times[rows.get(rows.size() - 1)]).distinct().toArray();
    double low = Arrays.stream(last).min().orElse(0);
    boolean end = last.length == 1 && (first.length > 1 || (low >= 0 && low <= 1));
    return counts && (end || (first.length > 1 && last.length > 1 && !ordered));
  }

  private static boolean whole(double[] times, List<Integer> rows) {
    return rows.stream().allMatch(row -> times[row] == Math.rint(times[row]));
  }

  private static boolean goes(double[] times, List<Integer> rows, int direction) {
    for (int i = 1; i < rows.size(); i++) {
      if (!(direction * (times[rows.get(i)] - times[rows.get(i - 1)]) > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all differ, and numbers count in equal steps. */
  private static boolean orders(double[] times, List<Integer> rows, boolean dates) {
    double[] sorted = rows.stream().mapToDouble(r -> times[r]).sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      double step = sorted[i] - sorted[i - 1];
      if (!(step > 0) || (!dates && step != sorted[1] - sorted[0])) {
        return false;
      }
    }
    return Double.isFinite(sorted[0]);
  }

  private Map<String, List<Integer>> rows(Table table) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      rows.computeIfAbsent(Texts.at(table, unit, row), n -> new ArrayList<>()).add(row);
    }
    if (rows.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, file + " has no rows\nMaybe only the header was exported");
    }
    return rows;
  }

  private int[] inOrder(Table table, List<Integer> rows) {
    if (time == null) {
      return rows.stream().mapToInt(i -> i).toArray();
    }
    double[] times = times(table, time);
    for (int row : rows) {
      if (Double.isNaN(times[row])) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            file + ", row " + (row + 1) + " has no " + time + "\nMaybe leave the row out");
      }
    }
    int[] order =
        rows.stream()
            .sorted(Comparator.comparingDouble(row -> times[row]))
            .mapToInt(i -> i)
            .toArray();
    for (int i = 1; i < order.length; i++) {
      if (times[order[i]] == times[order[i - 1]]) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + ", rows "
                + (order[i - 1] + 1)
                + " and "
                + (order[i] + 1)
                + ": unit "
                + Texts.at(table, unit, order[i])
                + " has the same "
                + time
                + " twice\nMaybe the column names something else, or rows were exported twice");
      }
    }
    return order;
  }

  private double[] times(Table table, String column) {
    ColumnType type = table.schema().column(column).type();
    if (type == ColumnType.NUMBER) {
      return table.numbers(column);
    }
    if (type == ColumnType.TIME) {
      return Arrays.stream(table.times(column))
          .mapToDouble(at -> at == Table.NO_TIME ? Double.NaN : at)
          .toArray();
    }
    throw new MillwrightException(
        ErrorCode.WRONG_TYPE,
        file
            + ": the times in \""
            + column
            + "\" are of type "
            + type
            + "\nMaybe state how dates are written with --dates, or number the cycles");
  }

  void has(Schema schema, String column) {
    if (!schema.names().contains(column)) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          file
              + " has no column \""
              + column
              + "\"\nMaybe it is one of "
              + first(schema.names())
              + "; name it with "
              + (column.equals(unit) ? "--unit-column" : "--time-column"));
    }
  }

  private static List<String> first(Iterable<String> names) {
    List<String> some = new ArrayList<>();
    for (String name : names) {
      if (some.size() < 12) {
        some.add(name);
      }
    }
    return some;
  }
}
