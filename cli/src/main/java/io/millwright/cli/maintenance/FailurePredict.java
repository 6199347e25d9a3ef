package io.millwright.cli.maintenance;

import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how probable failures are. */
@Command(
    name = "predict",
    sortOptions = false,
    description = "Says for each row how probable a failure is, and whether to act.",
    footer = {
      "",
      "Examples:",
      "  millwright maintenance failure predict --model failure.mwb rows.csv",
      "  millwright maintenance failure predict --model failure.mwb rows.csv --alarms-only --json"
    })
final class FailurePredict extends DeskCommand {

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Parameters(
      arity = "1",
      paramLabel = "CSV",
      description = "Rows with a header and at least the model's columns.")
  Path file = Path.of("");

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--alarms-only", description = "Leave out rows that need no action.")
  boolean alarmsOnly;

  FailurePredict(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> predictions = new ArrayList<>();
    try (Predictor<Row, FailureRisk> failure = millwright.open(Maintenance.FAILURE, model)) {
      ReadTable read = tables.read(millwright.tables(), file, failure.info().inputs(), this::say);
      Table table = read.table();
      ReadingReport report = read.report();
      List<Row> rows = IntStream.range(0, table.rows()).mapToObj(table::row).toList();
      List<Outcome<FailureRisk>> outcomes = failure.predictAll(rows);
      for (int i = 0; i < outcomes.size(); i++) {
        Outcome<FailureRisk> outcome = outcomes.get(i);
        boolean quiet = outcome.fold(p -> !p.value().alarm(), a -> false);
        if (!(alarmsOnly && quiet)) {
          String place = report.skipped() > 0 ? "line " + report.line(i) : "row " + (i + 1);
          reply.line(place + ": " + text(outcome));
          Map<String, @Nullable Object> document = document(i + 1, outcome);
          document.put("line", report.line(i));
          predictions.add(document);
        }
      }
    }
    return reply.put("model", model).put("predictions", predictions);
  }

  private static String text(Outcome<FailureRisk> outcome) {
    return outcome.fold(
        p ->
            String.format(
                    Locale.ROOT,
                    "%5.1f %%%s",
                    100 * p.value().probability(),
                    p.value().alarm() ? "  ALARM" : "")
                + p.value().modes().entrySet().stream()
                    .filter(m -> p.value().alarm() && p.value().modes().size() > 1)
                    .limit(2)
                    .map(
                        m ->
                            String.format(
                                Locale.ROOT, "  %s %.1f %%", m.getKey(), 100 * m.getValue()))
                    .collect(Collectors.joining())
                + Texts.flags(p.flags()),
        a -> Texts.noAnswer(a.findings()));
  }

  private static Map<String, @Nullable Object> document(int row, Outcome<FailureRisk> outcome) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("row", row);
    if (outcome instanceof Outcome.Prediction<FailureRisk> p) {
      document.put("probability", p.value().probability());
      document.put("threshold", p.value().threshold());
      document.put("alarm", p.value().alarm());
      document.put("modes", p.value().modes());
      document.put("flags", p.flags());
    } else if (outcome instanceof Outcome.Abstention<FailureRisk> a) {
      document.put("abstains", a.code());
      document.put("why", a.findings().stream().map(Finding::toString).toList());
    }
    return document;
  }
}
