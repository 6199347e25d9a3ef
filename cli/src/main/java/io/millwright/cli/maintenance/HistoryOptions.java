package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.TableOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A table of histories and how it is laid out. Filled by picocli; not thread-safe. */
final class HistoryOptions {

  private static final int MOST_NAMES = 12;

  @Parameters(
      arity = "0..1",
      paramLabel = "CSV",
      description = "Readings of several units with a header, one row a cycle.")
  @Nullable Path csv;

  @Option(
      names = "--unit-column",
      paramLabel = "NAME",
      description = "The column that names the unit. Default: ${DEFAULT-VALUE}.",
      defaultValue = "unit")
  String unitColumn = "unit";

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description =
          "The column of cycle numbers or times that orders a unit's rows. Default: the order of"
              + " the rows; every column but the unit is then a reading.")
  @Nullable String timeColumn;

  @Option(
      names = "--running",
      paramLabel = "UNIT",
      split = ",",
      description = "Units that still run; the others failed after their last row.")
  List<String> running = List.of();

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns that are no readings.")
  List<String> ignored = List.of();

  @Option(
      names = "--age-unknown",
      description = "The records in the file do not begin when their units were new.")
  boolean ageUnknown;

  @Mixin TableOptions tables = new TableOptions();

  /** The units with all readings of the file. */
  List<UnitHistory> units(TableReader reader, Consumer<String> say) {
    Path file = Objects.requireNonNull(csv);
    ReadTable read = tables.read(reader, file, say, unitColumn);
    Table table = TableOptions.ordered(read, file, timeColumn).table();
    for (String name : ignored) {
      if (table.schema().indexOf(name) < 0) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file
                + " has no column \""
                + name
                + "\" to ignore\nMaybe one of "
                + table.schema().names().stream().limit(MOST_NAMES).toList());
      }
    }
    if (timeColumn == null) {
      histories(file).refuseDisorder(table, ignored);
    }
    return histories(file).units(table, new HashSet<>(running), ignored);
  }

  /** The units with the readings that a model takes, all of them running. */
  List<UnitHistory> units(TableReader reader, Schema inputs, Consumer<String> say) {
    Path file = Objects.requireNonNull(csv);
    List<Column> wanted = new ArrayList<>();
    wanted.add(Column.category(unitColumn));
    List<Column> readings =
        inputs.columns().stream().filter(c -> c.type() != ColumnType.AGE).toList();
    wanted.addAll(readings);
    String time = timeColumn;
    if (time == null) {
      histories(file).refuseDisorder(reader.read(file, tables.format(unitColumn)).table(), ignored);
    } else if (readings.stream().noneMatch(c -> c.name().equals(time))) {
      ReadTable whole = reader.read(file, tables.format(unitColumn));
      Schema all = TableOptions.ordered(whole, file, time).table().schema();
      histories(file).has(all, time);
      wanted.add(all.column(time));
    }
    Table table = tables.read(reader, file, new Schema(wanted), say).table();
    List<UnitHistory> units = histories(file).units(table, Set.of(), List.of());
    return units.stream()
        .map(u -> new UnitHistory(u.unit(), u.readings(), u.startAge(), UnitHistory.End.RUNNING))
        .toList();
  }

  private HistoryFile histories(Path file) {
    return new HistoryFile(file, unitColumn, timeColumn, ageUnknown);
  }
}
