package io.millwright.cli.model;

import io.millwright.api.Capability;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a model that was learnt from a table. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Answers each row of a CSV file, or the end of each sequence, by a model that was learnt from"
          + " a table.",
      "A model of windows takes the rows of each --group as one sequence, and without it all rows.",
      "Columns are those that the model learnt from, in any order; others are left alone."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model predict strength.mwb parts.csv",
      "  millwright model predict wear.mwb readings.csv --group machine --level 0.8 --json"
    })
final class PredictCommand extends DeskCommand {

  private static final int MOST_NAMED = 10;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's file.")
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "CSV", description = "The table, with a heading.")
  Path csv = Path.of("");

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "The rows of each value are one sequence, in order: one answer for each.")
  @Nullable String group;

  @Option(
      names = "--level",
      paramLabel = "P",
      defaultValue = "0.9",
      description = "The level of intervals. Default: ${DEFAULT-VALUE}.")
  double level;

  @Mixin TableOptions tables = new TableOptions();

  PredictCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (!(level > 0 && level < 1)) {
      throw misused("--level is " + level + ", but must lie between 0 and 1");
    }
    Reply reply = new Reply(name());
    List<Map<String, Object>> answers = new ArrayList<>();
    int abstained = 0;
    int shortOnes = 0;
    int count = 0;
    try (Predictor<Table, Object> predictor = millwright.open(model)) {
      ModelInfo info = predictor.info();
      Table table = tables.readFor(info.inputs(), millwright.tables(), csv, this::say).table();
      infinite(table, info, reply);
      Map<String, Table> asked = asked(table, info.capabilities().contains(Capability.STREAM));
      count = asked.size();
      List<Outcome<Object>> outcomes = predictor.predictAll(List.copyOf(asked.values()));
      int at = 0;
      for (String name : asked.keySet()) {
        Outcome<Object> outcome = outcomes.get(at++);
        abstained += outcome instanceof Outcome.Abstention ? 1 : 0;
        shortOnes += outcome.fold(p -> p.flags().contains(Flag.SHORT_HISTORY) ? 1 : 0, a -> 0);
        answers.add(said(name, outcome, reply));
      }
    }
    reply.put("answers", answers).put("abstained", abstained);
    if (shortOnes > 0 && shortOnes == count - abstained) {
      reply.line(
          "Beware",
          "each answer comes from fewer rows than the model looks at, and its interval does not"
              + " know"
              + (group == null ? "; name the column of the sequences with --group" : ""));
    }
    return reply.line(
        "Answers",
        outcomesOf(count - abstained) + (abstained == 0 ? "" : ", " + abstained + " without"));
  }

  /** Says where readings that the model uses are infinite. */
  private static void infinite(Table table, ModelInfo info, Reply reply) {
    for (Column column : info.inputs().columns()) {
      int c = table.schema().indexOf(column.name());
      if (c < 0 || column.type() != ColumnType.NUMBER) {
        continue;
      }
      List<String> rows = new ArrayList<>();
      for (int r = 0; r < table.rows(); r++) {
        if (Double.isInfinite(table.number(r, c))) {
          rows.add(Integer.toString(r + 1));
        }
      }
      if (!rows.isEmpty()) {
        reply.line(
            "Beware",
            column.name()
                + " is infinite in row "
                + String.join(", ", rows.subList(0, Math.min(MOST_NAMED, rows.size())))
                + (rows.size() > MOST_NAMED ? " and " + (rows.size() - MOST_NAMED) + " more" : "")
                + ", and the usual value was taken in its place; correct the cell, or leave it"
                + " empty where the value is not known");
      }
    }
  }

  private static String outcomesOf(int count) {
    return count + (count == 1 ? " answer" : " answers");
  }

  /**
   * What is asked, by the name that it is answered under: each row by itself, or for a model of
   * histories the rows of each group in their order, and without groups all rows, as they were
   * learnt and as a program asks.
   */
  private Map<String, Table> asked(Table table, boolean histories) {
    Map<String, Table> asked = new LinkedHashMap<>();
    if (group == null && histories && table.rows() > 0) {
      asked.put("the history of " + table.rows() + " rows", table);
      return asked;
    }
    if (group == null) {
      for (int r = 0; r < table.rows(); r++) {
        asked.put("row " + (r + 1), table.slice(r, r + 1));
      }
      return asked;
    }
    int column = table.schema().names().indexOf(group);
    if (column < 0) {
      throw misused("--group is " + group + ", but the columns are " + table.schema().names());
    }
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int r = 0; r < table.rows(); r++) {
      rows.computeIfAbsent(text(table, r, column), k -> new ArrayList<>()).add(r);
    }
    rows.forEach((name, of) -> asked.put(name, table.rows(of.stream().mapToInt(i -> i).toArray())));
    return asked;
  }

  private static String text(Table table, int row, int at) {
    Column column = table.schema().columns().get(at);
    return column.type() == ColumnType.NUMBER
        ? Figure.of(table.number(row, at))
        : String.valueOf(table.label(row, at));
  }

  private Map<String, Object> said(String name, Outcome<Object> outcome, Reply reply) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("of", name);
    String words = outcome.fold(p -> predicted(p, document), a -> abstained(a, document));
    reply.line("  " + name, words);
    return document;
  }

  private String predicted(Outcome.Prediction<Object> p, Map<String, Object> document) {
    Uncertainty uncertainty = p.uncertainty().at(level);
    String flags =
        p.flags().stream()
            .map(Flag::name)
            .map(f -> f.toLowerCase(java.util.Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(", "));
    document.put("flags", p.flags().stream().map(Flag::name).sorted().toList());
    String value;
    if (p.value() instanceof ClassScores scores) {
      value = scores.best() + " (" + Figure.of(scores.of(scores.best())) + ")";
      document.put("label", scores.best());
      Map<String, Double> all = new LinkedHashMap<>();
      scores.labels().forEach(l -> all.put(l, scores.of(l)));
      document.put("probabilities", all);
    } else if (p.value() instanceof Number number) {
      value = Figure.of(number.doubleValue());
      document.put("value", number);
    } else {
      value = String.valueOf(p.value());
      document.put("value", value);
    }
    if (uncertainty instanceof Uncertainty.Interval i) {
      document.put("low", i.low());
      document.put("high", i.high());
    } else if (uncertainty instanceof Uncertainty.LabelSet l) {
      document.put("possible", l.labels());
    }
    return value
        + "   "
        + Math.round(100 * level)
        + " %: "
        + uncertainty
        + (flags.isEmpty() ? "" : "   [" + flags + "]");
  }

  private static String abstained(Outcome.Abstention<Object> a, Map<String, Object> document) {
    document.put("code", a.code().id());
    document.put("reasons", a.findings().stream().map(f -> f.place() + " " + f.message()).toList());
    return Texts.noAnswer(a.findings());
  }
}
