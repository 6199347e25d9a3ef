package io.millwright.cli;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Maintenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts how long units will still live. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Says for each unit how many cycles it will still live, with a 90 %% interval.",
      "Without --data and file it asks about the units of the simulated press shop."
    },
    footer = {
      "",
      "Examples:",
      "  millwright rul predict --model press-shop.mwb",
      "  millwright rul predict --model turbofan-FD001.mwb --data c-mapss --subset FD001",
      "  millwright rul predict --model press-shop.mwb readings.csv --unit-column press --json"
    })
final class RulPredict extends DeskCommand {

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Mixin RulSource source = new RulSource();

  @Mixin TableOptions tables = new TableOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "CSV",
      description = "Readings with a header, one row a cycle, a unit's rows in the order of time.")
  @Nullable Path csv;

  @Option(
      names = "--unit-column",
      paramLabel = "NAME",
      description = "The column that names the unit. Default: ${DEFAULT-VALUE}.",
      defaultValue = "unit")
  String unitColumn = "unit";

  @Option(
      names = "--age-unknown",
      description = "The records in the file do not begin when their units were new.")
  boolean ageUnknown;

  RulPredict(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  Reply answer(Millwright millwright) {
    if (csv != null && !source.simulated()) {
      throw misused("give either a CSV file or --data, not both");
    }
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> predictions = new ArrayList<>();
    try (Predictor<UnitHistory, Cycles> life = millwright.open(Maintenance.REMAINING_LIFE, model)) {
      List<UnitHistory> units =
          csv == null
              ? source.parts().stream().flatMap(p -> p.running().get().stream()).toList()
              : units(millwright, life.info().inputs(), csv);
      List<Outcome<Cycles>> outcomes = life.predictAll(units);
      for (int i = 0; i < units.size(); i++) {
        UnitHistory unit = units.get(i);
        reply.line(
            unit.unit() + " after " + unit.length() + " cycles: " + Lives.text(outcomes.get(i)));
        predictions.add(Lives.document(unit, outcomes.get(i)));
      }
    }
    return reply.put("model", model).put("predictions", predictions);
  }

  private List<UnitHistory> units(Millwright millwright, Schema inputs, Path file) {
    List<Column> wanted = new ArrayList<>();
    wanted.add(Column.category(unitColumn));
    inputs.columns().stream().filter(c -> c.type() != ColumnType.AGE).forEach(wanted::add);
    Table table = tables.read(millwright.tables(), file, new Schema(wanted), this::say).table();
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    List<@Nullable String> names = table.labels(unitColumn);
    for (int row = 0; row < names.size(); row++) {
      String name = names.get(row);
      if (name == null || name.isBlank()) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            file
                + ", row "
                + (row + 1)
                + ": column \""
                + unitColumn
                + "\" is empty\nMaybe name another column with --unit-column");
      }
      rows.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
    }
    if (rows.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, file + " has no rows\nMaybe only the header was exported");
    }
    Table readings = table.select(wanted.stream().skip(1).map(Column::name).toList());
    List<UnitHistory> units = new ArrayList<>();
    rows.forEach(
        (name, chosen) ->
            units.add(
                new UnitHistory(
                    name,
                    readings.rows(chosen.stream().mapToInt(i -> i).toArray()),
                    ageUnknown ? Double.NaN : 0,
                    UnitHistory.End.RUNNING)));
    return units;
  }
}
