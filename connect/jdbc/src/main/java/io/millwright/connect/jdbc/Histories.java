package io.millwright.connect.jdbc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.UnitHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Cuts ordered rows into histories, batch by batch. For one result. */
final class Histories {

  private final Query query;
  private final HistoryColumns columns;
  private final Consumer<? super UnitHistory> units;
  private final Set<String> seen = new HashSet<>();
  private final List<Table> parts = new ArrayList<>();

  private String unit = "";
  private double last;
  private boolean failed;
  private long number;

  Histories(Query query, HistoryColumns columns, Consumer<? super UnitHistory> units) {
    this.query = query;
    this.columns = columns;
    this.units = units;
  }

  /** Takes the next rows. */
  void take(Table batch) {
    Table readings = batch.select(readings(batch.schema()));
    int from = 0;
    for (int row = 0; row < batch.rows(); row++) {
      number++;
      String name = text(batch, row, columns.unit());
      double order = order(batch, row);
      if (name.isBlank() || Double.isNaN(order)) {
        String empty = name.isBlank() ? columns.unit() : columns.order();
        throw wrong(ErrorCode.MISSING_VALUE, "has no \"" + empty + "\"", "leave such rows out");
      }
      if (!name.equals(unit)) {
        keep(readings, from, row);
        end();
        from = row;
        if (!seen.add(name)) {
          throw wrong(
              ErrorCode.BAD_VALUE,
              "belongs to unit \"" + name + "\", whose rows ended before",
              "ORDER BY " + columns.unit() + ", " + columns.order());
        }
        unit = name;
      } else if (order <= last) {
        throw wrong(
            ErrorCode.BAD_VALUE,
            "of unit \"" + name + "\" has the " + columns.order() + " " + order + " after " + last,
            "ORDER BY " + columns.unit() + ", " + columns.order() + "; or a row stands twice");
      }
      last = order;
      failed = columns.failed().isPresent() && truth(batch, row, columns.failed().get());
    }
    keep(readings, from, batch.rows());
  }

  private List<String> readings(Schema schema) {
    Set<String> beside = new HashSet<>(List.of(columns.unit(), columns.order()));
    columns.failed().ifPresent(beside::add);
    beside.forEach(name -> has(schema, name));
    List<String> readings = schema.names().stream().filter(n -> !beside.contains(n)).toList();
    if (readings.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "query \"" + query.name() + "\" gives no readings beside " + beside + "\nMaybe select *");
    }
    return readings;
  }

  private void has(Schema schema, String name) {
    if (schema.indexOf(name) < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "query \""
              + query.name()
              + "\" gives no column \""
              + name
              + "\"\nMaybe one of "
              + schema.names()
              + "; databases fold the case of names");
    }
  }

  private void keep(Table readings, int from, int to) {
    if (to > from) {
      parts.add(readings.slice(from, to));
    }
  }

  /** Gives away the unit that is complete. */
  void end() {
    if (parts.isEmpty()) {
      return;
    }
    units.accept(
        new UnitHistory(
            unit, joined(), 0, failed ? UnitHistory.End.FAILED : UnitHistory.End.RUNNING));
    parts.clear();
  }

  private Table joined() {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int rows = parts.stream().mapToInt(Table::rows).sum();
    TableBuilder all = Table.builder(parts.get(0).schema(), rows);
    for (Table part : parts) {
      for (int row = 0; row < part.rows(); row++) {
        all.add(part.row(row).values());
      }
    }
    return all.build();
  }

  private static String text(Table table, int row, String column) {
    int at = table.schema().indexOf(column);
    if (table.schema().columns().get(at).type().isNumeric()) {
      double v = table.number(row, at);
      return Double.isNaN(v) ? "" : v == Math.rint(v) ? Long.toString((long) v) : "" + v;
    }
    return Optional.ofNullable(table.label(row, at)).orElse("");
  }

  private double order(Table table, int row) {
    int at = table.schema().indexOf(columns.order());
    if (table.schema().columns().get(at).type() == ColumnType.TIME) {
      long time = table.time(row, at);
      return time == Table.NO_TIME ? Double.NaN : time;
    }
    return table.number(row, at);
  }

  private static boolean truth(Table table, int row, String column) {
    String said = text(table, row, column);
    return said.equals("1") || said.equals("true");
  }

  private MillwrightException wrong(ErrorCode code, String what, String maybe) {
    return new MillwrightException(
        code, "query \"" + query.name() + "\", row " + number + " " + what + "\nMaybe " + maybe);
  }
}
