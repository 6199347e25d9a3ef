package io.millwright.production.internal.flow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.production.EventLog;
import io.millwright.production.LogColumns;
import io.millwright.production.LogColumns.Role;
import io.millwright.production.LogFault.Kind;
import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a table into events. */
final class TableLog {

  private final Table table;
  private final LogColumns columns;
  private final Faults faults = new Faults();

  private TableLog(Table table, LogColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  static EventLog read(Table table, LogColumns columns) {
    return new TableLog(table, columns).read();
  }

  private EventLog read() {
    int caseId = need(Role.CASE);
    int activity = need(Role.ACTIVITY);
    int resource = need(Role.RESOURCE);
    int start = need(Role.START);
    int end = need(Role.END);
    int work = at(Role.WORK);
    int rework = at(Role.REWORK);
    int reason = at(Role.REASON);
    List<WorkEvent> events = new ArrayList<>(table.rows());
    for (int r = 0; r < table.rows(); r++) {
      Instant from = time(r, start);
      Instant to = time(r, end);
      String machine = text(r, resource);
      if (from == null || to == null) {
        faults.add(
            Kind.NO_TIME,
            machine,
            0,
            "row " + (r + 1) + " has no " + (from == null ? "start" : "end"));
        continue;
      }
      String again = rework < 0 ? "" : text(r, rework);
      double all = count(r, at(Role.QUANTITY), machine);
      double good = count(r, at(Role.GOOD), machine);
      double rejected = count(r, at(Role.REJECTED), machine);
      double told = (Double.isNaN(good) ? 0 : good) + (Double.isNaN(rejected) ? 0 : rejected);
      if (told > all * (1 + 1e-9)) {
        faults.add(
            Kind.BAD_COUNT,
            machine,
            0,
            "row " + (r + 1) + ": " + told + " pieces are good or rejected, of " + all);
        all = Double.NaN;
      }
      events.add(
          new WorkEvent(
              text(r, caseId),
              text(r, activity),
              machine,
              work < 0 ? Work.RUN : LogColumns.work(text(r, work)),
              from,
              to,
              all,
              good,
              rejected,
              yes(again),
              reason < 0 ? "" : text(r, reason)));
    }
    return new EventLog(events, faults.list());
  }

  private static boolean yes(String word) {
    String w = word.strip().toLowerCase(Locale.ROOT);
    return !w.isEmpty()
        && !w.equals("0")
        && !w.equals("n")
        && !w.equals("no")
        && !w.equals("false");
  }

  private int need(Role role) {
    return at(role);
  }

  private int at(Role role) {
    Optional<String> name = columns.find(role, table.schema().names());
    return name.map(n -> table.schema().names().indexOf(n)).orElse(-1);
  }

  private String text(int row, int column) {
    Column is = table.schema().columns().get(column);
    if (is.type() == ColumnType.NUMBER) {
      double v = table.number(row, column);
      return Double.isNaN(v)
          ? ""
          : v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }
    if (is.type() == ColumnType.TIME) {
      long v = table.time(row, column);
      return v == Table.NO_TIME ? "" : Instant.ofEpochMilli(v).toString();
    }
    String label = table.label(row, column);
    return label == null ? "" : label;
  }

  private double count(int row, int column, String machine) {
    if (column < 0) {
      return Double.NaN;
    }
    if (table.schema().columns().get(column).type() != ColumnType.NUMBER) {
      String name = table.schema().names().get(column);
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          "column "
              + name
              + " counts pieces, but holds texts such as \""
              + text(row, column)
              + "\"\nMaybe name another column, or say that it holds numbers");
    }
    double v = table.number(row, column);
    if (v < 0) {
      faults.add(
          Kind.BAD_COUNT,
          machine,
          0,
          "row " + (row + 1) + ": " + table.schema().names().get(column) + " is " + v);
      return Double.NaN;
    }
    return v;
  }

  private @Nullable Instant time(int row, int column) {
    if (table.schema().columns().get(column).type() == ColumnType.TIME) {
      long v = table.time(row, column);
      return v == Table.NO_TIME ? null : Instant.ofEpochMilli(v);
    }
    String text = text(row, column).strip();
    if (text.isEmpty()) {
      return null;
    }
    try {
      String iso = text.replace(' ', 'T');
      boolean offset = iso.endsWith("Z") || iso.matches(".*T.*[+-][0-9]{2}:?[0-9]{2}$");
      return offset
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "row "
              + (row + 1)
              + ", column "
              + table.schema().names().get(column)
              + ": \""
              + text
              + "\" is no time\nMaybe write it like 2026-07-01T13:45, or state its pattern",
          e);
    }
  }
}
