package io.millwright.connect.arrow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Problems;
import io.millwright.connect.internal.Batch;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import io.millwright.connect.internal.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Which columns are read of a file, and what they become. For one reading. */
final class Plan {

  private static final Set<Byte> VIEWS =
      Set.of(Type.BinaryView, Type.Utf8View, Type.ListView, Type.LargeListView);

  /**
   * A column of the table.
   *
   * @param at its place in the table
   * @param column what it is
   * @param kind how its values lie, those of its dictionary where it has one
   */
  private record Wanted(int at, Column column, Kind kind) {}

  private final Ipc ipc;
  private final List<Field> fields = new ArrayList<>();
  private final List<@Nullable Wanted> wanted = new ArrayList<>(); // as many as fields
  private final Set<String> guessed = new HashSet<>();
  private final List<Column> columns = new ArrayList<>();

  private Plan(Ipc ipc) {
    this.ipc = ipc;
  }

  /** Looks at the schema; refuses columns that become nothing, all at once. */
  static Plan of(
      Ipc ipc, Set<String> chosen, Map<String, ColumnType> types, Map<String, Unit> units) {
    Plan plan = new Plan(ipc);
    Problems problems = new Problems(ipc.path().toString());
    Set<String> names = new LinkedHashSet<>();
    try {
      Map<String, String> meta = ipc.meta();
      for (int i = 0; i < ipc.schema().fieldsLength(); i++) {
        Field field = ipc.schema().fields(i);
        String name = Objects.requireNonNullElse(field.name(), "");
        plan.fields.add(field);
        viewed(field, 0);
        if (!names.add(name)) {
          problems.add(
              ErrorCode.BAD_FILE,
              "column \"" + name + "\"",
              "stands there twice",
              "rename one of them.");
        }
        plan.wanted.add(
            chosen.isEmpty() || chosen.contains(name)
                ? plan.column(name, field, Written.column(meta, name), types, units, problems)
                : null);
      }
    } catch (IOException | RuntimeException e) { // reads beyond the ends of the schema
      throw Ipc.damaged(ipc.path(), e);
    }
    Columns.mustBeThere(chosen, names, problems);
    Columns.mustBeThere(types.keySet(), names, problems);
    Columns.mustBeThere(units.keySet(), names, problems);
    problems.throwIfAny();
    return plan;
  }

  /** Views have as many buffers as each batch says, so that nothing behind them is found. */
  private static void viewed(Field field, int depth) throws IOException {
    if (VIEWS.contains(field.typeType()) || depth > 100) {
      throw new IOException(
          "column \"" + field.name() + "\" holds views: write it with plain strings and lists");
    }
    for (int i = 0; i < field.childrenLength(); i++) {
      viewed(field.children(i), depth + 1);
    }
  }

  private @Nullable Wanted column(
      String name,
      Field field,
      @Nullable Column written,
      Map<String, ColumnType> types,
      Map<String, Unit> units,
      Problems problems) {
    Kind kind = Kind.of(field);
    ColumnType stated = types.get(name);
    if (kind == null) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          "column \"" + name + "\"",
          "is of type " + Type.name(field.typeType()) + ", which becomes no column",
          "choose the others with only(...).");
      return null;
    }
    boolean encoded = field.dictionary() != null;
    ColumnType own = encoded && kind.type() == ColumnType.TEXT ? ColumnType.CATEGORY : kind.type();
    ColumnType type = stated != null ? stated : written != null ? written.type() : own;
    boolean fits =
        type == own
            || type.isText()
            || kind.what() == Kind.What.NOTHING
            || (own == ColumnType.NUMBER && type == ColumnType.AGE);
    if (!fits) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          "column \"" + name + "\"",
          "holds " + own + ", but is stated to hold " + type,
          "state another type.");
      return null;
    }
    if (stated == null && written == null && own == ColumnType.TEXT) {
      guessed.add(name);
    }
    Unit unit = units.getOrDefault(name, written == null ? Unit.NONE : written.unit());
    columns.add(
        new Column(
            name,
            type,
            type == ColumnType.AGE ? Unit.CYCLE : type == ColumnType.NUMBER ? unit : Unit.NONE));
    return new Wanted(columns.size() - 1, columns.get(columns.size() - 1), kind);
  }

  Schema schema() {
    return new Schema(columns);
  }

  /** The columns of texts of which nobody said whether they are categories. */
  Set<String> guessed() {
    return guessed;
  }

  /** What the caller's own code threw. */
  private static final class Callers extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RuntimeException own;

    Callers(RuntimeException own) {
      super(own);
      this.own = own;
    }
  }

  /** Reads all rows; says how many. */
  long read(Ipc ipc, LocalTimes times, Batch to, long most) {
    Reading reading = new Reading(times, to, most);
    try {
      ipc.each(reading);
      callers(to::end);
      return reading.rows;
    } catch (Callers e) {
      throw e.own;
    } catch (MillwrightException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // reads beyond the ends of buffers
      throw Ipc.damaged(ipc.path(), e);
    }
  }

  private static void callers(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      throw new Callers(e);
    }
  }

  /** Fills rows from what messages hold. */
  private final class Reading implements Ipc.Parts {
    private final LocalTimes times;
    private final Batch to;
    private final long most;
    private final Map<Long, Values> dictionaries = new HashMap<>();
    private long rows;

    Reading(LocalTimes times, Batch to, long most) {
      this.times = times;
      this.to = to;
      this.most = most;
    }

    @Override
    public void dictionary(long id, boolean delta, Body body) throws IOException {
      for (int i = 0; i < fields.size(); i++) {
        DictionaryEncoding encoding = fields.get(i).dictionary();
        Wanted column = wanted.get(i);
        if (encoding != null && encoding.id() == id && column != null) {
          Values values = Values.of(column.kind, body, times);
          Values before = dictionaries.get(id);
          dictionaries.put(
              id, delta && before != null ? new Values.Joined(before, values) : values);
          return; // another column of the same dictionary finds it there
        }
      }
    }

    @Override
    public void rows(Body body) throws IOException {
      if (rows + body.rows() > most) {
        throw new MillwrightException(
            ErrorCode.OUT_OF_RANGE,
            ipc.path()
                + " holds more than "
                + most
                + " rows\nMaybe read it in batches, or raise the bound");
      }
      Values[] values = new Values[columns.size()];
      for (int i = 0; i < fields.size(); i++) {
        Wanted column = wanted.get(i);
        if (column == null) {
          body.skip(fields.get(i));
        } else {
          values[column.at] = taken(fields.get(i), column, body);
          if (values[column.at].count() != body.rows()) {
            throw new IOException("column \"" + column.column.name() + "\" has another length");
          }
        }
      }
      for (int row = 0; row < body.rows(); row++, rows++) {
        for (int c = 0; c < values.length; c++) {
          put(to.row(), c, values[c], row);
        }
        callers(to::ended);
      }
    }

    private Values taken(Field field, Wanted column, Body body) throws IOException {
      DictionaryEncoding encoding = field.dictionary();
      if (encoding == null) {
        return Values.of(column.kind, body, times);
      }
      Int type = encoding.indexType();
      Kind keys = type == null ? new Kind(Kind.What.WHOLE, 4, true, 0, 1, false) : Kind.of(type);
      Values dictionary = dictionaries.get(encoding.id());
      if (dictionary == null) {
        throw new IOException("the dictionary of column \"" + field.name() + "\" is missing");
      }
      return new Values.Encoded(Values.of(keys, body, times), dictionary);
    }

    private void put(TableBuilder row, int c, Values values, int at) {
      Column column = columns.get(c);
      boolean missing = values.missing(at);
      try {
        if (column.type().isText()) {
          row.text(c, missing ? null : values.text(at));
        } else if (column.type().isNumeric()) {
          row.number(c, missing ? Double.NaN : values.number(at));
        } else {
          row.time(c, missing ? Table.NO_TIME : values.time(at));
        }
      } catch (Values.Unfit e) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            ipc.path()
                + ", row "
                + (rows + 1)
                + ", column \""
                + column.name()
                + "\" holds "
                + e.getMessage(),
            e);
      }
    }
  }
}
