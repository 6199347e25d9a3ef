package io.millwright.connect.jdbc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Problems;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the cells of one result into the columns of a table. For one result. */
final class Cells {

  private enum Kind {
    FLOATING,
    EXACT,
    TRUTH,
    WORDS,
    DATE,
    LOCAL_TIME,
    INSTANT
  }

  private final Query query;
  private final LocalTimes times;
  private final List<Kind> kinds = new ArrayList<>();
  private final Schema schema;
  private final Set<String> guessed = new HashSet<>();
  private long row;

  /** Looks at the columns of a result; refuses all that become nothing at once. */
  Cells(Query query, LocalTimes times, ResultSetMetaData meta) throws SQLException {
    this.query = query;
    this.times = times;
    Problems problems = new Problems("query \"" + query.name() + "\"");
    List<Column> columns = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      String label = meta.getColumnLabel(i);
      String place = "column " + i + " \"" + label + "\"";
      Kind kind = kind(meta.getColumnType(i), meta.getColumnTypeName(i));
      if (label.isBlank() || !labels.add(label)) {
        problems.add(ErrorCode.BAD_OPTION, place, "has no name of its own", "give it one with AS.");
      } else if (kind == null) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            place,
            "is of the type " + meta.getColumnTypeName(i) + ", which becomes no column",
            "leave it out, or CAST it to a text or number.");
      } else {
        add(label, kind, place, columns, problems);
      }
    }
    for (String stated : query.types().keySet()) {
      missing(stated, labels, problems);
    }
    query.units().keySet().forEach(u -> missing(u, labels, problems));
    problems.throwIfAny();
    schema = new Schema(columns);
  }

  private static void missing(String label, Set<String> labels, Problems problems) {
    if (!labels.contains(label)) {
      problems.add(
          ErrorCode.MISSING_COLUMN,
          "column \"" + label + "\"",
          "is missing; there are " + labels.stream().sorted().toList(),
          "write it as the database labels it, or name it with AS \"" + label + "\".");
    }
  }

  private void add(String label, Kind kind, String place, List<Column> to, Problems problems) {
    ColumnType own =
        switch (kind) {
          case FLOATING, EXACT -> ColumnType.NUMBER;
          case TRUTH -> ColumnType.CATEGORY;
          case WORDS -> ColumnType.TEXT;
          case DATE, LOCAL_TIME, INSTANT -> ColumnType.TIME;
        };
    ColumnType type = query.types().getOrDefault(label, own);
    boolean fits =
        type.isText() || type == own || (own == ColumnType.NUMBER && type == ColumnType.AGE);
    if (!fits) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          place,
          "holds " + own + ", but is stated to hold " + type,
          "CAST it in the query.");
      return;
    }
    if (kind == Kind.WORDS && !query.types().containsKey(label)) {
      guessed.add(label);
    }
    kinds.add(type.isText() && kind != Kind.TRUTH ? Kind.WORDS : kind);
    Unit unit = query.units().getOrDefault(label, Unit.NONE);
    to.add(
        new Column(
            label,
            type,
            type == ColumnType.AGE ? Unit.CYCLE : type == ColumnType.NUMBER ? unit : Unit.NONE));
  }

  private static @Nullable Kind kind(int type, String typeName) {
    String name = typeName == null ? "" : typeName.toLowerCase(Locale.ROOT);
    // Names first: drivers report their own types, and PostgreSQL both time stamps, as others.
    if (name.equals("timestamptz") || name.equals("timestamp with time zone")) {
      return Kind.INSTANT;
    }
    if (name.endsWith("[]") || name.startsWith("decimal[") || name.startsWith("struct")) {
      return null;
    }
    if (name.startsWith("enum") || Set.of("uuid", "json", "jsonb", "citext").contains(name)) {
      return Kind.WORDS;
    }
    if (Set.of("hugeint", "uhugeint", "ubigint", "uinteger", "usmallint", "utinyint")
        .contains(name)) {
      return Kind.EXACT;
    }
    return switch (type) {
      case Types.FLOAT, Types.REAL, Types.DOUBLE -> Kind.FLOATING;
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL ->
          Kind.EXACT;
      case Types.BOOLEAN, Types.BIT -> Kind.TRUTH;
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          Types.TIME,
          Types.TIME_WITH_TIMEZONE ->
          Kind.WORDS;
      case Types.DATE -> Kind.DATE;
      case Types.TIMESTAMP -> Kind.LOCAL_TIME;
      case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.INSTANT;
      default -> null;
    };
  }

  Schema schema() {
    return schema;
  }

  /** The columns of texts of which nobody said whether they are categories. */
  Set<String> guessed() {
    return guessed;
  }

  /** Adds the row on which the result stands. */
  void add(ResultSet result, TableBuilder to) throws SQLException {
    row++;
    for (int c = 0; c < kinds.size(); c++) {
      int at = c + 1;
      switch (kinds.get(c)) {
        case FLOATING -> {
          double value = result.getDouble(at);
          to.number(c, result.wasNull() ? Double.NaN : value);
        }
        case EXACT -> to.number(c, number(result.getObject(at), c));
        case TRUTH -> {
          boolean value = result.getBoolean(at);
          to.text(c, result.wasNull() ? null : Boolean.toString(value));
        }
        case WORDS -> to.text(c, result.getString(at));
        case DATE -> {
          LocalDate date = result.getObject(at, LocalDate.class);
          to.time(c, date == null ? Table.NO_TIME : date(date, c));
        }
        case LOCAL_TIME -> {
          LocalDateTime time = result.getObject(at, LocalDateTime.class);
          to.time(c, time == null ? Table.NO_TIME : local(time, c));
        }
        case INSTANT -> {
          OffsetDateTime time = result.getObject(at, OffsetDateTime.class);
          to.time(c, time == null ? Table.NO_TIME : instant(time, c));
        }
      }
    }
    to.endRow();
  }

  long row() {
    return row;
  }

  private double number(@Nullable Object value, int c) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).intValue();
    }
    if (value instanceof Long l && !Columns.exact(l)
        || value instanceof BigInteger i && !Columns.exact(i)
        || value instanceof BigDecimal d && !Columns.exact(d)) {
      throw inexact(value, c);
    }
    if (value instanceof Number n) {
      // PostgreSQL's NUMERIC knows NaN, which its driver gives as a double.
      return n.doubleValue();
    }
    throw bad(c, "a " + value.getClass().getSimpleName() + ", which is no number", "CAST it");
  }

  private MillwrightException inexact(Object value, int c) {
    return bad(
        c,
        value + ", which a number of 64 bits cannot hold to its last digit",
        "it is an identifier: state columns(TEXT, \"" + name(c) + "\"), or CAST it to DOUBLE");
  }

  private long date(LocalDate date, int c) {
    try {
      return Math.multiplyExact(date.toEpochDay(), 86_400_000L);
    } catch (ArithmeticException e) {
      throw outside(date, c);
    }
  }

  private long local(LocalDateTime time, int c) {
    try {
      return times.millis(time);
    } catch (ArithmeticException e) {
      throw outside(time, c);
    } catch (DateTimeException e) {
      throw bad(
          c,
          time + ": " + e.getMessage(),
          "store it WITH TIME ZONE, or state another zone or what the repeated hour means");
    }
  }

  private long instant(OffsetDateTime time, int c) {
    try {
      return time.toInstant().toEpochMilli();
    } catch (ArithmeticException e) {
      throw outside(time, c);
    }
  }

  private MillwrightException outside(Object time, int c) {
    return bad(c, time + ", which is no time of a plant", "it stands for infinity: leave it out");
  }

  private String name(int c) {
    return schema.columns().get(c).name();
  }

  private MillwrightException bad(int c, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        "query \""
            + query.name()
            + "\", row "
            + row
            + ", column \""
            + name(c)
            + "\" holds "
            + what
            + "\nMaybe "
            + maybe);
  }
}
