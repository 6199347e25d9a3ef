package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import io.millwright.cli.kit.TableOptions;
import io.millwright.maintenance.FailureData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rows of readings with the column that says what came of them. Filled by picocli. */
final class FailureCsv {
  private static final Set<String> NORMAL =
      Set.of(
          "0",
          "0.0",
          "no",
          "none",
          "false",
          "ok",
          "good",
          "normal",
          "\u6B63\u5E38",
          "\u5408\u683C",
          "\u826F\u597D",
          "\u65E0",
          "\u5426");
  private static final Set<String> FAILED = Set.of("1", "1.0", "yes", "true", "\u662F");
  private static final int MANY_LABELS = 50;

  @Parameters(
      arity = "1",
      paramLabel = "CSV",
      description = "Rows with a header, comma, semicolon or tab separated, plain or gzip.")
  Path file = Path.of("");

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COL",
      description = "The column that says what failed after the row.")
  String label = "";

  @Option(
      names = "--normal",
      paramLabel = "VALUE",
      description =
          "What it says when nothing failed. Default: 0, no, none, false, ok, good or normal, in"
              + " Chinese too. Any other value is a mode of failure.")
  @Nullable String normal;

  @Mixin TableOptions marks = new TableOptions();

  /** What the model learns from. */
  FailureData data(
      TableReader tables, List<String> ignored, @Nullable String group, Consumer<String> say) {
    CsvFormat.Builder format = marks.format().toBuilder().columns(ColumnType.CATEGORY, label);
    if (group != null) {
      format.columns(ColumnType.CATEGORY, group);
    }
    ReadTable read = TableOptions.told(tables.read(file, format.build()), say);
    Table table = read.table();
    Schema all = table.schema();
    Set<String> apart = new HashSet<>(ignored);
    apart.add(label);
    for (String name : apart) {
      all.column(name);
    }
    if (group != null) {
      all.column(group);
      apart.add(group);
    }
    List<String> readings = new ArrayList<>();
    for (Column column : all.columns()) {
      boolean reading = column.type().isNumeric() || column.type() == ColumnType.CATEGORY;
      if (!apart.contains(column.name()) && reading) {
        readings.add(column.name());
      } else if (!apart.contains(column.name())) {
        say.accept(
            "Column \""
                + column.name()
                + "\" holds "
                + (column.type() == ColumnType.TIME ? "times" : "names or texts")
                + ", no readings, and is left out.");
      }
    }
    if (readings.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          file + " has no column of readings left\nMaybe ignore fewer columns");
    }
    List<String> outcomes = outcomes(table);
    List<String> groups = group == null ? List.of() : filled(table, group);
    return new FailureData(table.select(readings), outcomes, groups);
  }

  /** The rows with the columns of a model, and what came of them. */
  FailureData data(TableReader tables, Schema inputs, Consumer<String> say) {
    List<Column> wanted = new ArrayList<>(inputs.columns());
    wanted.add(Column.category(label));
    Table table = marks.read(tables, file, new Schema(wanted), say).table();
    return FailureData.of(table.select(inputs.names()), outcomes(table));
  }

  /** Columns of labels that look like names of single things: they teach nothing and should go. */
  static List<String> looksLikeNames(FailureData data) {
    Table table = data.readings();
    return table.schema().columns().stream()
        .filter(c -> c.type() == ColumnType.CATEGORY)
        .map(Column::name)
        .filter(name -> new HashSet<>(table.labels(name)).size() > MANY_LABELS)
        .toList();
  }

  private List<String> outcomes(Table table) {
    List<String> outcomes = new ArrayList<>();
    for (String said : filled(table, label)) {
      String lower = said.toLowerCase(Locale.ROOT);
      boolean fine = normal == null ? NORMAL.contains(lower) : said.equals(normal);
      outcomes.add(fine ? FailureData.NONE : FAILED.contains(lower) ? "failure" : said);
    }
    return outcomes;
  }

  private List<String> filled(Table table, String column) {
    List<String> values = new ArrayList<>();
    List<@Nullable String> labels = table.labels(column);
    for (int row = 0; row < labels.size(); row++) {
      String value = labels.get(row);
      if (value == null || value.isBlank()) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            file
                + ", row "
                + (row + 1)
                + ": column \""
                + column
                + "\" is empty\nMaybe leave out rows whose outcome is not known yet");
      }
      values.add(value);
    }
    return values;
  }
}
