package io.millwright.cli.mcp;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.assist.Tool;
import io.millwright.api.assist.ToolSpec;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.text.Entities;
import io.millwright.api.text.TextLearning;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a kept model about one row, or about one text. */
final class ModelTool implements Tool {

  private static final double LEVEL = 0.9;

  private final Millwright millwright;
  private final Path file;
  private final ModelInfo info;
  private final ToolSpec spec;

  ModelTool(Millwright millwright, Path file) {
    this.millwright = millwright;
    this.file = file;
    this.info = millwright.info(file);
    List<ToolSpec.Parameter> parameters = new ArrayList<>();
    for (Column column : info.inputs().columns()) {
      if (column.type() == ColumnType.IMAGE) {
        throw new MillwrightException(
            ErrorCode.UNSUPPORTED,
            file + " takes images\nMaybe ask it by another command: a tool has no pictures");
      }
      boolean number = column.type().isNumeric();
      parameters.add(
          new ToolSpec.Parameter(
              column.name(),
              number ? ToolSpec.Kind.NUMBER : ToolSpec.Kind.TEXT,
              isText(),
              number
                  ? "A number" + (column.unit().symbol().isEmpty() ? "" : " in " + column.unit())
                  : column.type() == ColumnType.TIME ? "A time, ISO 8601" : "A text"));
    }
    String name = file.getFileName().toString().replaceAll("\\.mwb$", "");
    this.spec =
        new ToolSpec(
            "predict_" + name.replaceAll("[^A-Za-z0-9_-]", "_"),
            "Predicts with the model "
                + name
                + " ("
                + info.task()
                + "): one row in, the answer with its interval at 90 % or its probabilities out."
                + (info.classes().isEmpty() ? "" : " Classes: " + info.classes() + ".")
                + " It may abstain, with reasons.",
            ToolSpec.Role.READ,
            parameters);
  }

  private boolean isText() {
    return info.task().startsWith("text.");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Map<String, @Nullable Object> call(
      Map<String, @Nullable Object> arguments, boolean dryRun) {
    Outcome<?> outcome = isText() ? text(arguments) : row(arguments);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    outcome.fold(
        p -> {
          result.put("answered", true);
          value(p.value(), result);
          if (p.uncertainty().at(LEVEL) instanceof Uncertainty.Interval interval) {
            result.put("low", interval.low());
            result.put("high", interval.high());
            result.put("unit", interval.unit().symbol());
          } else if (p.uncertainty().at(LEVEL) instanceof Uncertainty.LabelSet set) {
            result.put("possible", List.copyOf(set.labels()));
          }
          result.put("flags", p.flags().stream().map(Enum::name).toList());
          return true;
        },
        a -> {
          result.put("answered", false);
          result.put(
              "why", a.findings().stream().map(f -> f.place() + ": " + f.message()).toList());
          return false;
        });
    result.put("model", info.digest());
    return result;
  }

  private Outcome<?> text(Map<String, @Nullable Object> arguments) {
    String text = String.valueOf(arguments.get("text"));
    if (info.task().equals(TextLearning.CLASSES.id())) {
      try (Predictor<String, ClassScores> model = millwright.open(TextLearning.CLASSES, file)) {
        return model.predict(text);
      }
    }
    if (info.task().equals(TextLearning.ENTITIES.id())) {
      try (Predictor<String, Entities> model = millwright.open(TextLearning.ENTITIES, file)) {
        return model.predict(text);
      }
    }
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "models of " + info.task() + " are no tools\nMaybe open the model in a program");
  }

  private Outcome<?> row(Map<String, @Nullable Object> arguments) {
    @Nullable Object[] cells = new Object[info.inputs().size()];
    for (int c = 0; c < cells.length; c++) {
      Column column = info.inputs().columns().get(c);
      Object given = arguments.get(column.name());
      cells[c] = column.type() == ColumnType.TIME && given != null ? time(given.toString()) : given;
    }
    Table table = Row.of(info.inputs(), cells).toTable();
    try (Predictor<Table, Object> model = millwright.open(file)) {
      return model.predict(table);
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "\"" + text + "\" is no time\nMaybe write it as 2026-01-31T08:00:00Z",
          e);
    }
  }

  private static void value(Object value, Map<String, @Nullable Object> result) {
    if (value instanceof ClassScores scores) {
      result.put("class", scores.best());
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      for (int k = 0; k < scores.labels().size(); k++) {
        all.put(scores.labels().get(k), scores.probabilities().get(k));
      }
      result.put("probabilities", all);
    } else if (value instanceof Entities entities) {
      List<Map<String, @Nullable Object>> all = new ArrayList<>();
      for (Entities.Entity entity : entities.all()) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("type", entity.span().type());
        one.put("text", entity.text());
        one.put("probability", entity.probability());
        all.add(one);
      }
      result.put("entities", all);
    } else if (value instanceof Number || value instanceof Boolean) {
      result.put("value", value);
    } else {
      result.put("value", String.valueOf(value));
    }
  }
}
